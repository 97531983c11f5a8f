import type { SourceDefinition } from '../schema/index.ts';
import type { StoredSource } from './catalogue.ts';

/**
 * Whether a source of the files is harvested by its schedule. What the operator has said (`switched`) wins over the file; in a
 * demonstration, where the example providers are on, nothing else is read unless the operator says so.
 */
export const isOn = (
  { enabled }: Pick<SourceDefinition, 'enabled'>,
  switched: boolean | undefined,
  demonstration: boolean,
): boolean => switched ?? (enabled !== false && !demonstration);

/** Why a source is not harvested by itself, in plain words; undefined when it is. `ofFiles`: a file of the sources folder states it. */
export function whyOff(
  { definition, switched, retired, vanished, paused, fileGoneSince }: StoredSource,
  { ofFiles, demonstration }: { ofFiles: boolean; demonstration: boolean },
): string | undefined {
  const { enabled, disabledBecause, schedule, example, manifest } = definition;
  if (retired) return because('retired', retired.reason);
  if (vanished) return because('its manifest no longer names it', vanished.reason);
  if (paused) return because(paused.until ? `paused until ${paused.until.slice(0, 10)}` : 'paused', paused.reason);
  if (example) return demonstration ? undefined : 'the examples are off';
  if (!ofFiles) {
    if (manifest && schedule) return undefined;
    return fileGoneSince ? 'its file is gone' : 'harvested when it is asked for';
  }
  if (isOn({ enabled }, switched, demonstration))
    return schedule || switched ? undefined : 'it has no schedule until it is switched on';
  if (switched === false) return 'switched off';
  return enabled === false ? (disabledBecause ?? 'its file says so') : 'not switched on';
}

const because = (what: string, reason: string | undefined): string => (reason ? `${what}: ${reason}` : what);

import type { SourceDefinition } from '../schema/index.ts';
import type { StoredSource } from './catalogue.ts';

/** A source of the sources folder. */
export interface SourceFile {
  definition: SourceDefinition;
  /** The folder it stands in, upper case: the country that the system is at home in (ISO 3166-1), EU for those of the Union. */
  country: string;
}

/** A source of the store, or one that comes with Credatlas and was never harvested. */
export interface ListedSource extends StoredSource {
  /** Where the system is at home, or the country of all its records; absent when nobody says. */
  country?: string;
  /** Whether it is harvested by itself. */
  on: boolean;
  /** Why not, in plain words. */
  offBecause?: string;
}

/** Sources of store and files, in the order of their ids, each with whether it is on. */
export function listedSources(
  stored: readonly StoredSource[],
  files: readonly SourceFile[],
  demonstration: boolean,
): ListedSource[] {
  const byId = new Map(files.map((file) => [file.definition.id, file]));
  const known = new Set(stored.map(({ definition }) => definition.id));
  const fresh = files
    .filter(({ definition }) => !known.has(definition.id))
    .map(({ definition }): StoredSource => ({ definition, records: 0, state: 'new' }));
  return [...stored, ...fresh]
    .map((source): ListedSource => {
      const file = byId.get(source.definition.id);
      const offBecause = whyOff(source, { ofFiles: file !== undefined, demonstration });
      const country = file?.country || source.definition.defaults?.country;
      return {
        ...source,
        ...(country ? { country } : {}),
        on: offBecause === undefined,
        ...(offBecause === undefined ? {} : { offBecause }),
      };
    })
    .sort((a, b) => (a.definition.id < b.definition.id ? -1 : 1));
}

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
function whyOff(
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
    return fileGoneSince ? 'its file is gone' : 'no schedule, harvested when asked for by name';
  }
  if (isOn({ enabled }, switched, demonstration))
    return schedule || switched ? undefined : 'it has no schedule until it is switched on';
  if (switched === false) return 'switched off';
  return enabled === false ? (disabledBecause ?? 'its file says so') : 'not switched on';
}

const because = (what: string, reason: string | undefined): string => (reason ? `${what}: ${reason}` : what);

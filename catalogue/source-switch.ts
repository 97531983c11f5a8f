import type { SourceDefinition } from '../schema/index.ts';

/**
 * Whether a source of the files is harvested by its schedule. What the operator has said (`switched`) wins over the file; in a
 * demonstration, where the example providers are on, nothing else is read unless the operator says so.
 */
export const isOn = (
  { enabled }: Pick<SourceDefinition, 'enabled'>,
  switched: boolean | undefined,
  demonstration: boolean,
): boolean => switched ?? (enabled !== false && !demonstration);

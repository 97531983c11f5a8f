import type { ManifestSource } from '../../catalogue/store/manifests.ts';
import type { Problem, SourceDefinition } from '../../schema/index.ts';
import type { FoundManifest } from './find-manifest.ts';
import { type ManifestEntry, problem } from './manifest.ts';
import { entryKey, sourceOfEntry } from './manifest-source.ts';
import { ownerOf } from './search-domains.ts';

/** What a discovery means for one source. `kept`: not harvested otherwise than before, because the manifest is doubtful about it. */
export type SourceChange = 'new' | 'changed' | 'unchanged' | 'back' | 'vanished' | 'kept' | 'rejected' | 'unsupported';

export interface SourceReport {
  change: SourceChange;
  /** Id of the source in the catalogue; absent when there is none. */
  id?: string;
  /** What names it in the manifest. */
  entry?: string;
  type?: string;
  url?: string;
  /** Why it vanished or is kept. */
  reason?: string;
  problems: Problem[];
  /** What is to be stored. */
  definition?: SourceDefinition;
}

/**
 * Compares a manifest with the sources it made before. A source that it no longer names vanishes; but as long as
 * anything in the manifest cannot be read nothing does, because that may be the very source.
 */
export function compare(
  found: FoundManifest,
  stored: readonly ManifestSource[],
  options: { allowLoopback: boolean; heldElsewhere: ReadonlySet<string> },
): SourceReport[] {
  const owner = ownerOf(found.domain);
  const known = new Map(stored.map((source) => [source.definition.id, source]));
  const reports = found.manifest.entries.map((checked): SourceReport => {
    if ('problems' in checked) {
      const { id, type, problems } = checked;
      return { change: 'rejected', ...(id && { entry: id }), ...(type && { type }), problems };
    }
    const { entry, index } = checked;
    const named = { entry: entryKey(entry), type: entry.type };
    if (secretsOf(entry).some((secret) => options.heldElsewhere.has(secret))) {
      const path = `sources[${index}].auth`;
      const remedy = 'Encrypt the secret anew; a copy from the manifest of another domain is not used.';
      return {
        change: 'rejected',
        ...named,
        problems: [problem(path, 'manifest-secret-copied', '(not shown)', remedy)],
      };
    }
    const place = { owner, url: found.url, index, allowLoopback: options.allowLoopback };
    const made = sourceOfEntry(entry, place);
    if (made.kind !== 'source') return { change: made.kind, ...named, problems: made.problems };
    const { definition, problems } = made;
    return { ...reportOf(definition, known.get(definition.id)), ...named, problems };
  });
  const twice = new Set<string>();
  for (const report of reports) {
    if (!report.id) continue;
    if (twice.has(report.id)) {
      const remedy = 'Give each source of a manifest an id; two with one type and path cannot be told apart.';
      report.problems = [problem('sources', 'manifest-id-used-twice', report.entry, remedy)];
      report.change = 'rejected';
      delete report.definition;
    }
    twice.add(report.id);
  }
  const doubtful = reports.some(({ change }) => change === 'rejected') || found.manifest.problems.length > 0;
  const unnamed = stored.filter(({ definition, vanished }) => !twice.has(definition.id) && vanished === null);
  return [
    ...reports,
    ...unnamed.map(({ definition }) =>
      doubtful
        ? gone(definition, 'kept', 'a part of the manifest cannot be read, so nothing of it vanishes')
        : gone(definition, 'vanished', `the manifest ${found.url} no longer names it`),
    ),
  ];
}

/** What is left of a source whose manifest does not name it, or whose manifest is not there. */
export const gone = (definition: SourceDefinition, change: 'vanished' | 'kept', reason: string): SourceReport => ({
  change,
  id: definition.id,
  entry: definition.manifest?.entry,
  type: definition.format,
  url: definition.url,
  reason,
  problems: [],
});

/** The encrypted values of an entry. */
export function secretsOf({ auth }: ManifestEntry): string[] {
  if (auth?.type === 'httpheader' && auth.value) return [auth.value];
  if (auth?.type === 'oauth2.0' && auth.clientSecret) return [auth.clientSecret];
  return [];
}

function reportOf(fresh: SourceDefinition, before: ManifestSource | undefined) {
  const report = { id: fresh.id, url: fresh.url };
  if (!before) return { ...report, change: 'new' as const, definition: fresh };
  // What the operator added stays: terms, pace, defaults, look-ups.
  const { title, format, url, schedule, allowLoopback, options, headers, auth, manifest } = fresh;
  const definition = {
    ...before.definition,
    title,
    format,
    url,
    schedule,
    allowLoopback,
    options,
    headers,
    auth,
    manifest,
  };
  const same = canonical(definition) === canonical(before.definition);
  const change = before.vanished !== null ? 'back' : same ? 'unchanged' : 'changed';
  return { ...report, change: change as SourceChange, definition };
}

/** JSON with sorted keys: the store gives keys back in its own order. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

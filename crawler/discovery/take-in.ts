import type { ManifestSource } from '../../catalogue/store/manifests.ts';
import { isHeldBy, type SecretClaim, type SecretHolder } from '../../catalogue/store/stated-secrets.ts';
import type { Problem, SourceDefinition } from '../../schema/index.ts';
import { secretClaim } from '../fetch/authorisation/secret-claim.ts';
import type { FoundManifest } from './find-manifest.ts';
import { type CheckedEntry, problem } from './manifest.ts';
import { type EntrySource, entryKey, sourceOfEntry } from './manifest-source.ts';
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

/** An entry of a manifest; if it can be used, with the source it would make and the encrypted value that would use. */
export type ReadEntry =
  | (Extract<CheckedEntry, { entry: unknown }> & { made: EntrySource; claim?: SecretClaim })
  | (Extract<CheckedEntry, { problems: unknown }> & { claim?: undefined });

/** What the entries of a manifest come to by themselves. */
export function readEntries(found: FoundManifest, allowLoopback: boolean): ReadEntry[] {
  const owner = ownerOf(found.domain);
  return found.manifest.entries.map((checked) => {
    if ('problems' in checked) return checked;
    const made = sourceOfEntry(checked.entry, { owner, url: found.url, index: checked.index, allowLoopback });
    return { ...checked, made, claim: made.kind === 'source' ? secretClaim(made.definition) : undefined };
  });
}

/**
 * Compares a manifest with the sources it made before. A source that it no longer names vanishes; but as long as
 * anything in the manifest cannot be read nothing does, because that may be the very source. `holders`: who stated each encrypted
 * value first.
 */
export function compare(
  found: FoundManifest,
  entries: readonly ReadEntry[],
  stored: readonly ManifestSource[],
  holders: ReadonlyMap<SecretClaim, SecretHolder | undefined>,
): SourceReport[] {
  const known = new Map(stored.map((source) => [source.definition.id, source]));
  const reports = entries.map((read): SourceReport => {
    if ('problems' in read) {
      const { id, type, problems } = read;
      return { change: 'rejected', ...(id && { entry: id }), ...(type && { type }), problems };
    }
    const { entry, index, made, claim } = read;
    const named = { entry: entryKey(entry), type: entry.type };
    if (made.kind !== 'source') return { change: made.kind, ...named, problems: made.problems };
    const { definition, problems } = made;
    const holder = claim && holders.get(claim);
    if (claim && !isHeldBy(holder, claim)) {
      return { change: 'rejected', ...named, problems: [notItsOwn(index, claim, holder)] };
    }
    if (holder?.copiedBy) problems.push(copiedElsewhere(index, holder.copiedBy));
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

function notItsOwn(index: number, { domain }: SecretClaim, holder: SecretHolder | undefined): Problem {
  const whose = holder?.domain === domain ? 'for another origin' : `by ${holder?.domain || 'a source given by hand'}`;
  const remedy = `It was first stated ${whose} and is not used here. Encrypt the secret anew for each domain and origin.`;
  return problem(`sources[${index}].auth`, 'manifest-secret-copied', '(not shown)', remedy);
}

function copiedElsewhere(index: number, by: string): Problem {
  const remedy = `The manifest of ${by} states a copy of it, which is not used there. Nothing to do; you may encrypt it anew.`;
  return problem(`sources[${index}].auth`, 'manifest-secret-copied', '(not shown)', remedy, 'warning');
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

import { createHash } from 'node:crypto';
import { type Problem, SourceDefinition, table } from '../../schema/index.ts';
import { AddressRefused, ConfigError } from '../errors.ts';
import { checkUrl } from '../fetch/check-url.ts';
import { requestHeaders } from '../fetch/request-headers.ts';
import { type ManifestEntry, problem } from './manifest.ts';
import { addQuery, ooapiAddress, pageSizeFor } from './ooapi-address.ts';
import { refreshSchedule } from './refresh-schedule.ts';

/** Where an entry stands. */
export interface EntryPlace {
  /** Whom the manifest belongs to. */
  owner: string;
  /** The manifest itself. */
  url: string;
  index: number;
  allowLoopback: boolean;
}

export type EntrySource =
  | { kind: 'source'; definition: SourceDefinition; problems: Problem[] }
  | { kind: 'unsupported'; problems: Problem[] }
  | { kind: 'rejected'; problems: Problem[] };

/** Source types that are read; a further one is a line here and a format. */
const READ = table<(entry: ManifestEntry) => Pick<SourceDefinition, 'format' | 'url' | 'options' | 'headers'>>({
  ooapi: (entry) => ({
    format: 'ooapi',
    url: ooapiAddress(entry.path, entry.queryParameters, entry.pageSize),
    options: { offerings: true },
    headers: ooapiVersionHeader(entry),
  }),
  // "The URL of the Edu-API root", and a page of 500 unless told (ibid., "Edu-API", "Metadata").
  'edu-api': (entry) => {
    const url = addQuery(new URL(entry.path), { limit: String(entry.pageSize ?? 500), ...entry.queryParameters });
    if (!/\/\w+Templates\/?$/.test(url.pathname)) url.pathname = `${url.pathname.replace(/\/+$/, '')}/courseTemplates`;
    return { format: 'edu-api', url: url.href, options: {}, headers: {} };
  },
  // "The URL of the OCCAPI path for a given HEI" (QualityLink Data Exchange, "OCCAPI", "Metadata"): it links to its collections.
  occapi: (entry) => ({
    format: 'occapi',
    url: addQuery(new URL(entry.path), entry.queryParameters).href,
    options: {},
    headers: {},
  }),
});

/** What names a source inside its manifest: its id; without one its type and address. */
export const entryKey = ({ id, type, path }: Pick<ManifestEntry, 'id' | 'type' | 'path'>): string =>
  id ?? `${type} ${path.replace(/[?#].*$/s, '')}`;

/** The source an entry of a manifest describes. */
export function sourceOfEntry(entry: ManifestEntry, place: EntryPlace): EntrySource {
  const at = (field: string) => `sources[${place.index}]${field && `.${field}`}`;
  const read = READ.get(entry.type);
  if (!read) {
    const remedy = `Nothing to mend: sources of this type are not read yet (read are: ${[...READ.keys()].join(', ')}).`;
    return {
      kind: 'unsupported',
      problems: [problem(at('type'), 'manifest-type-not-read', entry.type, remedy, 'info')],
    };
  }
  const refused = refusals(entry, place, at);
  if (refused.length) return { kind: 'rejected', problems: refused };
  const key = entryKey(entry);
  const id = sourceId(place.owner, key);
  const made = read(entry);
  const parsed = SourceDefinition.safeParse({
    id,
    title: entry.name ?? `${place.owner}: ${entry.id ?? entry.type}`,
    publisher: place.owner,
    licence: 'not stated',
    ...made,
    headers: { ...made.headers, ...entry.headers },
    schedule: refreshSchedule(id, entry.refresh),
    allowLoopback: place.allowLoopback,
    auth: entry.auth,
    manifest: { domain: place.owner, url: place.url, entry: key },
  });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const remedy = `Mend it: ${issue?.path.join('.')} ${issue?.message}.`;
    return { kind: 'rejected', problems: [problem(at(''), 'manifest-field', undefined, remedy)] };
  }
  return { kind: 'source', definition: parsed.data, problems: doubts(entry, at) };
}

/** Stable and unique: readable words, and a hash of what exactly is meant. */
export function sourceId(owner: string, key: string): string {
  const slug = (text: string) =>
    text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '');
  const hash = createHash('sha256')
    .update(JSON.stringify([owner, key]))
    .digest('hex')
    .slice(0, 8);
  const words = [slug(owner).slice(0, 27), slug(key.replace(/https?:\/\/[^/]*\/?/, '')).slice(0, 22)];
  return ['ql', ...words, hash]
    .map((word) => word.replace(/^-|-$/g, ''))
    .filter(Boolean)
    .join('-');
}

/** Addresses and headers that the gate would refuse at every request are refused at once, with the field's name. */
function refusals(entry: ManifestEntry, place: EntryPlace, at: (field: string) => string): Problem[] {
  const problems: Problem[] = [];
  const attempt = (field: string, value: string, check: () => unknown) => {
    try {
      check();
    } catch (error) {
      if (!(error instanceof AddressRefused || error instanceof ConfigError)) throw error;
      problems.push(problem(at(field), 'manifest-refused', value, `${error.message}. ${error.remedy}`));
    }
  };
  const { allowLoopback } = place;
  attempt('path', entry.path, () => checkUrl(entry.path, { allowLoopback }));
  const url = new URL('https://headers.invalid/');
  for (const [name, value] of Object.entries(entry.headers ?? {})) {
    const request = { url: url.href, headers: { [name]: value }, politeness: { requestsPerSecond: 1, concurrency: 1 } };
    attempt(`headers.${name}`, name, () => requestHeaders(request, '', url, true));
  }
  const { auth } = entry;
  if (auth?.type === 'oauth2.0') {
    attempt('auth.token_endpoint', auth.tokenEndpoint, () => checkUrl(auth.tokenEndpoint, { allowLoopback }));
  }
  if (auth?.type === 'httpheader' && auth.field) {
    const headers = { [auth.field]: 'x' };
    const request = { url: url.href, headers, politeness: { requestsPerSecond: 1, concurrency: 1 } };
    attempt('auth.field', auth.field, () => requestHeaders(request, '', url, true));
  }
  return problems;
}

/** What was repaired or will not work without the operator. */
function doubts(entry: ManifestEntry, at: (field: string) => string): Problem[] {
  const problems: Problem[] = [];
  const ofOoapi = entry.type === 'ooapi';
  const size = pageSizeFor(entry.pageSize);
  if (ofOoapi && entry.pageSize !== undefined && size !== entry.pageSize) {
    const remedy = `Give 10, 20, 50, 100 or 250; pages of ${size} are asked for.`;
    problems.push(problem(at('pageSize'), 'manifest-page-size', entry.pageSize, remedy, 'warning'));
  }
  if (ofOoapi && entry.version && !/^v?[56](\.|$)/.test(entry.version)) {
    const remedy = 'Versions 5 and 6 are read; others are tried as they are.';
    problems.push(problem(at('version'), 'manifest-version', entry.version, remedy, 'warning'));
  }
  const { auth } = entry;
  const agreed = 'Put it into the manifest, or agree with the aggregator outside of it.';
  if (auth?.type === 'httpheader' && !auth.value)
    problems.push(problem(at('auth.value'), 'manifest-credentials-missing', undefined, agreed, 'warning'));
  if (auth?.type === 'oauth2.0' && !(auth.clientId && auth.clientSecret))
    problems.push(problem(at('auth.client_secret'), 'manifest-credentials-missing', undefined, agreed, 'warning'));
  return problems;
}

/** OEAPI 6 chooses its version by media type; without it a server may answer with another. */
function ooapiVersionHeader({ version, headers }: ManifestEntry): Record<string, string> {
  const six = /^v?(6(?:\.\d+)?)/.exec(version ?? '')?.[1];
  if (!six || Object.keys(headers ?? {}).some((name) => name.toLowerCase() === 'accept')) return {};
  return { accept: `application/vnd.oeapi+json;version=${six}, application/json;q=0.9` };
}

import { z } from 'zod';
import type { Problem, SourceAuth } from '../../schema/index.ts';
import { quoted } from '../persons/quoted.ts';

const MOST_SOURCES = 500;

/** YAML reads `version: 5` as a number; it is meant as text. */
const Text = z
  .union([z.string(), z.number(), z.boolean()], { error: 'must be text' })
  .transform((value) => String(value).trim());
const Name = Text.refine((text) => text !== '', { error: 'must not be empty' });
const WebAddress = z.url({ protocol: /^https?$/, error: 'must be a URL starting with https:// or http://' });
const Base64 = z
  .string()
  .transform((text) => text.replace(/\s+/g, ''))
  .refine((text) => /^[A-Za-z0-9+/]+={0,2}$/.test(text), { error: 'must be base64' });
const HeaderName = z.string().regex(/^[\w!#$%&'*+.^`|~-]+$/, { error: 'must be the name of a request header' });

/** QualityLink Data Exchange, "Access Control", with the names of the specification. */
const Auth = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('none') }),
    z
      .object({ type: z.literal('httpheader'), field: HeaderName.optional(), value: Base64.optional() })
      .refine(({ field, value }) => field || !value, {
        path: ['field'],
        error: 'must be given together with the value',
      }),
    z
      .object({
        type: z.literal('oauth2.0'),
        token_endpoint: WebAddress,
        scope: Name.optional(),
        client_id: Name.optional(),
        client_secret: Base64.optional(),
      })
      .transform(
        (auth): SourceAuth => ({
          type: auth.type,
          tokenEndpoint: auth.token_endpoint,
          ...(auth.scope && { scope: auth.scope }),
          ...(auth.client_id && { clientId: auth.client_id }),
          ...(auth.client_secret && { clientSecret: auth.client_secret }),
        }),
      ),
    z.object({ type: z.literal('httpsig'), alg: Name.optional() }),
  ],
  { error: 'must be an object with a type: none, httpheader, oauth2.0 or httpsig' },
);

/** One source of a manifest (QualityLink Discovery, "Data sources"; further keys in Data Exchange, "Metadata"). */
const Entry = z.object({
  type: Name,
  path: WebAddress,
  version: Name.optional(),
  id: Name.optional(),
  name: Name.optional(),
  auth: Auth.optional(),
  refresh: z.coerce.number({ error: 'must be a number of hours' }).positive().optional(),
  headers: z.record(HeaderName, Text).optional(),
  queryParameters: z.record(Name, z.union([Text, z.array(Text)])).optional(),
  pageSize: z.coerce.number({ error: 'must be a number' }).int().positive().optional(),
  contentType: Name.optional(),
});
export type ManifestEntry = z.infer<typeof Entry>;

const Meta = z.object({ schac: Text, eterid: Text, deqarid: Text, did: Text }).partial().catch({});

/** What a source of the manifest came to: an entry that can be used, or what is wrong with it. */
export type CheckedEntry =
  | { index: number; entry: ManifestEntry }
  | { index: number; id?: string; type?: string; problems: Problem[] };

export interface Manifest {
  meta: z.infer<typeof Meta>;
  entries: CheckedEntry[];
  problems: Problem[];
}

/** Holds a parsed file to the specification, source by source: one that is wrong does not take the others with it. */
export function checkManifest(value: unknown): Manifest | { fault: Problem } {
  const file = withoutNulls(value) as { sources?: unknown; meta?: unknown } | null;
  if (typeof file !== 'object' || file === null || Array.isArray(file)) {
    return fault('', value, 'Make the file one object with the key "sources".');
  }
  const { sources } = file;
  if (!Array.isArray(sources) || sources.length === 0) {
    return fault('sources', sources, 'Make "sources" a list with at least one source.');
  }
  const problems: Problem[] = [];
  if (sources.length > MOST_SOURCES) {
    const remedy = `Name at most ${MOST_SOURCES} sources in one manifest; those after it were not looked at.`;
    problems.push(problem('sources', 'manifest-too-long', sources.length, remedy));
  }
  const ids = new Set<string>();
  const entries = sources.slice(0, MOST_SOURCES).map((source, index): CheckedEntry => {
    const given = (typeof source === 'object' && source !== null ? source : {}) as Record<string, unknown>;
    const id = Text.optional().safeParse(given.id).data;
    const known = { index, ...(id && { id }), ...(typeof given.type === 'string' && { type: given.type }) };
    const parsed = Entry.safeParse(withoutNulls(source));
    if (!parsed.success) return { ...known, problems: parsed.error.issues.map((i) => issueOf(index, i, source)) };
    const { id: own } = parsed.data;
    if (own && ids.has(own)) {
      const remedy = 'Give each source of a manifest an id of its own.';
      return { ...known, problems: [problem(`sources[${index}].id`, 'manifest-id-used-twice', own, remedy)] };
    }
    if (own) ids.add(own);
    return { index, entry: parsed.data };
  });
  return { meta: Meta.parse(file.meta ?? {}), entries, problems };
}

function issueOf(index: number, issue: z.core.$ZodIssue, source: unknown): Problem {
  const value = issue.path.reduce<unknown>(
    (at, key) => (at as Record<PropertyKey, unknown> | null | undefined)?.[key],
    source,
  );
  const path = [`sources[${index}]`, ...issue.path.map(String)].join('.');
  // Encrypted or not, what stands where a secret belongs is not repeated.
  const shown = /\.auth\.(value|client_secret)$/.test(path) ? '(not shown)' : value;
  const needed = value === undefined ? 'is needed' : issue.message.replace(/^Invalid input: /, '');
  return problem(path, 'manifest-field', shown, `"${issue.path.join('.') || 'the source'}" ${needed}.`);
}

/** A problem of a manifest; `error`: what stands there is not used. */
export const problem = (
  path: string,
  rule: string,
  value: unknown,
  remedy: string,
  severity: Problem['severity'] = 'error',
): Problem => ({ path, rule, severity, found: value === undefined ? 'nothing' : quoted(value, rule), remedy });

const fault = (path: string, value: unknown, remedy: string) => ({
  fault: problem(path, 'manifest-invalid', value, remedy),
});

/** `key:` without a value is the same as no key. One level is enough for the file, its sources and their auth. */
function withoutNulls(value: unknown, depth = 2): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const given = Object.entries(value).filter(([key, member]) => member !== null && key !== '__proto__');
  return Object.fromEntries(given.map(([key, member]) => [key, depth > 0 ? withoutNulls(member, depth - 1) : member]));
}

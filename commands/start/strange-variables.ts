import { VARIABLES } from '../../config.ts';

/** What others call it, and what people write from memory. */
const ALSO: ReadonlyMap<string, string> = new Map(
  Object.entries({
    DATABASE_URL: ['POSTGRES_URL', 'POSTGRESQL_URL', 'PG_URL', 'PGURL', 'DB_URL', 'DATABASE_URI', 'DATABASE', 'DSN'],
    REDIS_URL: ['REDIS_HOST', 'REDIS_URI', 'REDIS', 'QUEUE_URL'],
    MEILI_URL: ['MEILI_HOST', 'MEILISEARCH_URL', 'MEILISEARCH_HOST', 'MEILI_HTTP_ADDR'],
    MEILI_API_KEY: ['MEILI_KEY', 'MEILISEARCH_API_KEY', 'MEILISEARCH_KEY', 'MEILI_MASTER_KEY'],
    SMTP_URL: ['SMTP_HOST', 'SMTP_SERVER', 'MAIL_HOST', 'MAIL_URL'],
    DATA_DIR: ['DATADIR', 'DATA_DIRECTORY', 'DATA_PATH'],
    LOG_LEVEL: ['LOGLEVEL'],
    TRUSTED_PROXIES: ['TRUSTED_PROXY', 'TRUST_PROXY'],
  }).flatMap(([name, others]) => others.map((other) => [other, name] as const)),
);

const NAMES = VARIABLES.map(({ name }) => name).filter((name) => !name.includes('<'));

/** A line for each variable that looks like one of ours and is none, so that nobody wonders why it does nothing. */
export function strangeVariables(env: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(env)
    .filter((name) => env[name] && !NAMES.includes(name))
    .flatMap((name) => {
      const meant = likely(name);
      return meant && !env[meant] ? [`${name} is no variable of Credatlas and does nothing. ${meant} is one.`] : [];
    });
}

function likely(name: string): string | undefined {
  const known = ALSO.get(name);
  if (known) return known;
  if (/^SUB_?GRAPHS?_/.test(name)) return /^SUBGRAPH_.+_URL$/.test(name) ? undefined : 'SUBGRAPH_<NAME>_URL';
  const upper = name.toUpperCase().replaceAll('-', '_');
  // Short names have neighbours that mean something else.
  const most = upper.length < 7 ? 0 : upper.length < 9 ? 1 : 2;
  return NAMES.find((one) => distance(one, upper) <= most);
}

/** Letters to add, leave out, change or swap (optimal string alignment). */
function distance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, j) => j)];
  const at = (i: number, j: number) => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      row.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + change,
          swapped ? at(i - 2, j - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
  }
  return at(a.length, b.length);
}

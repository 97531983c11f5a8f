import pg from 'pg';
import { type Check, unusable } from './check.ts';
import { firstWords, kindOf } from './first-words.ts';
import { codeOf, networkWords, orNotYet } from './network-words.ts';
import { NotYet, patiently } from './patiently.ts';

const VARIABLE = 'DATABASE_URL';
const OLDEST = 15;
/** "Do you speak TLS?": PostgreSQL answers one letter, S or N. */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 210, 22, 47]);

/** What it must be able to do for us: be new enough, take writes, and let this user make tables. */
const FACTS = `select current_setting('server_version_num')::int as version, current_setting('server_version') as shown,
  current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby,
  current_setting('default_transaction_read_only') = 'on' as readonly, current_schema() is not null as schema,
  coalesce(has_schema_privilege(current_schema(), 'create'), false) as tables,
  to_regnamespace('bullmq') is not null or has_database_privilege(current_database(), 'create') as schemas`;

/** A PostgreSQL that can be the store of record. */
export const checkDatabase = (url: string, patienceMs: number): Check => ({
  variable: VARIABLE,
  look: () =>
    patiently(patienceMs, (limitMs) => attempt(url, limitMs)).catch((error) => {
      throw error instanceof NotYet
        ? unusable(VARIABLE, error.message, 'Start PostgreSQL, or correct the address.')
        : error;
    }),
});

async function attempt(url: string, limitMs: number): Promise<void> {
  let client: pg.Client;
  try {
    client = new pg.Client({ connectionString: url, connectionTimeoutMillis: limitMs, application_name: 'credatlas' });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const why = code ? `a file it names cannot be read (${code})` : message.replaceAll(url, 'the URL');
    throw unusable(VARIABLE, why, 'Write postgres://user:password@host:5432/database.');
  }
  const { host, port, user, database } = client;
  const socket = host.startsWith('/');
  const at = socket ? `${host} (socket)` : `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const tried = `PostgreSQL at ${at} was asked`;
  const fail = (words: string, remedy: string) => unusable(VARIABLE, `${tried}: ${words}`, remedy);
  const wayFailed = (error: unknown) => {
    const words = networkWords(error);
    if (!words) return undefined;
    orNotYet(error, `${tried}: ${words}`);
    return words.includes('certificate')
      ? fail(words, 'Name who signed it: ?sslmode=verify-full&sslrootcert=/path/to/ca.pem.')
      : fail(words, 'Start PostgreSQL, or correct the address.');
  };

  const to = socket ? { path: `${host}/.s.PGSQL.${port}` } : { host, port };
  const said = await firstWords(to, SSL_REQUEST, limitMs / 2).catch(async (error) => {
    // A Redis waits for the end of a line that never comes.
    const other =
      codeOf(error) === 'ETIMEDOUT' && (await firstWords(to, 'PING\r\n', limitMs / 4).catch(() => undefined));
    if (other) return other;
    throw wayFailed(error) ?? error;
  });
  if (!('said' in said) || !/^[SNE]/.test(said.said.toString('latin1')) || said.said.length > 1) {
    throw fail(`${kindOf(said)}, no PostgreSQL`, 'Name the host and port of a PostgreSQL.');
  }

  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query(FACTS);
    judge(rows[0], fail, `${user}`);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === '57P03' || code === '53300') throw new NotYet(`${tried}: it is not ready: ${message}`);
    if (code === '28P01') {
      throw fail(`it refuses the password of user "${user}"`, 'Correct user and password.');
    }
    if (code === '28000' && /does not exist/.test(message)) {
      throw fail(`it has no user "${user}"`, 'Make the user, or correct the name.');
    }
    if (code === '28000')
      throw fail(`it does not let user "${user}" in: ${message}`, 'See its pg_hba.conf, or add ?sslmode=require.');
    if (code === '3D000') {
      throw fail(`it has no database "${database}"`, `Make it (createdb ${database}), or correct the name.`);
    }
    if (/does not support SSL/.test(message))
      throw fail('it does not speak TLS', 'Leave out sslmode, or turn TLS on there.');
    if (/password must be a string|no password supplied/i.test(message)) {
      throw fail(`it wants a password for user "${user}"`, 'Write it into the URL: postgres://user:password@….');
    }
    if (/timeout/i.test(message)) throw fail('it accepts the connection and does not answer', 'Look at that server.');
    if (error instanceof Error && error.name === 'ConfigError') throw error;
    throw wayFailed(error) ?? fail(message, 'Correct the URL, or look at that server.');
  } finally {
    void client.end().catch(() => {});
  }
}

interface Facts {
  version: number;
  shown: string;
  encoding: string;
  standby: boolean;
  readonly: boolean;
  schema: boolean;
  tables: boolean;
  schemas: boolean;
}

function judge(facts: Facts | undefined, fail: (words: string, remedy: string) => Error, user: string): void {
  if (!facts) throw fail('it does not answer as PostgreSQL does', 'Name a PostgreSQL.');
  const { version, shown, encoding, standby, readonly, schema, tables, schemas } = facts;
  if (Number(version) < OLDEST * 10_000) {
    throw fail(`it is version ${shown}`, `Upgrade it to ${OLDEST} or newer.`);
  }
  if (standby || readonly) throw fail('it is read-only', 'Name the primary server, which takes writes.');
  if (encoding !== 'UTF8') throw fail(`the encoding of the database is ${encoding}`, 'Make one with UTF8.');
  if (!schema || !tables || !schemas) {
    throw fail(
      `user "${user}" may not make tables and schemas`,
      `Give it the right: alter database … owner to ${user}.`,
    );
  }
}

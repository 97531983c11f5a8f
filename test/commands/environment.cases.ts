import type { LittleServers } from './little-servers.ts';

/** What the cases stand on: little servers, real ones where they are installed, and a folder. */
export interface Scene {
  little: LittleServers;
  /** A file or folder of the scene's own. */
  path(name: string): string;
  /** A real PostgreSQL: its URL for a user, password and database. User `guarded` needs the password. */
  postgres?: (user: string, password?: string, database?: string) => string;
  /** Real Redis servers: plain; with a password; a replica; with no memory left; of which one user may do nothing. */
  redis?: { plain: number; guarded: number; replica: number; full: number };
}

export type Env = Record<string, string>;

export interface Case {
  name: string;
  command: string[];
  env(scene: Scene): Promise<Env> | Env;
  /** Of the one line on stderr; it begins with "credatlas: ". */
  line: RegExp;
  lacks?: (scene: Scene) => string | false;
}

/** Stands in every URL that can carry one; must never be seen. */
export const SECRET = 'hunter2-s3cr3t';
export const MAIL = { MAIL_TO: 'ops@example.org', MAIL_FROM: 'catalogue@example.org' };

const noPostgres = ({ postgres }: Scene) => !postgres && 'PostgreSQL';
const noRedis = ({ redis }: Scene) => !redis && 'Redis';
const SERVE = ['serve'];
const STATUS = ['status'];

const database = (
  name: string,
  line: RegExp,
  port: (little: LittleServers) => Promise<number>,
  command = STATUS,
): Case => ({
  name: `DATABASE_URL ${name}`,
  command,
  env: async ({ little }) => ({
    DATABASE_URL: `postgres://someone:${SECRET}@127.0.0.1:${await port(little)}/catalogue`,
  }),
  line,
});
const realDatabase = (
  name: string,
  line: RegExp,
  url: (of: NonNullable<Scene['postgres']>) => string,
  command = STATUS,
): Case => ({
  name: `DATABASE_URL ${name}`,
  command,
  env: ({ postgres }) => ({ DATABASE_URL: postgres ? url(postgres) : '' }),
  line,
  lacks: noPostgres,
});
const queue = (
  name: string,
  line: RegExp,
  port: (little: LittleServers) => Promise<number>,
  scheme = 'redis',
): Case => ({
  name: `REDIS_URL ${name}`,
  command: SERVE,
  env: async ({ little }) => ({ REDIS_URL: `${scheme}://:${SECRET}@127.0.0.1:${await port(little)}` }),
  line,
});
const realQueue = (name: string, line: RegExp, url: (of: NonNullable<Scene['redis']>) => string): Case => ({
  name: `REDIS_URL ${name}`,
  command: SERVE,
  env: ({ redis }) => ({ REDIS_URL: redis ? url(redis) : '' }),
  line,
  lacks: noRedis,
});
const search = (
  name: string,
  line: RegExp,
  port: (little: LittleServers) => Promise<number>,
  command = STATUS,
): Case => ({
  name: `MEILI_URL ${name}`,
  command,
  env: async ({ little }) => ({ MEILI_URL: `http://127.0.0.1:${await port(little)}`, MEILI_API_KEY: SECRET }),
  line,
});
const meilisearch =
  (version: unknown, status = 200) =>
  (little: LittleServers) =>
    little.http((req, res) => {
      const health = req.url === '/health';
      res.writeHead(health ? 200 : status, { 'content-type': 'application/json' });
      res.end(JSON.stringify(health ? { status: 'available' } : { pkgVersion: version }));
    });
const subgraph = (name: string, line: RegExp, port: (little: LittleServers) => Promise<number>): Case => ({
  name: `SUBGRAPH_SEARCH_URL ${name}`,
  command: SERVE,
  env: async ({ little }) => ({
    SUBGRAPH_SEARCH_URL: `http://127.0.0.1:${await port(little)}/graphql?token=${SECRET}`,
  }),
  line,
});
const plain = (
  name: string,
  line: RegExp,
  env: Env | ((scene: Scene) => Env | Promise<Env>),
  command = SERVE,
): Case => ({
  name,
  command,
  env: typeof env === 'function' ? env : () => env,
  line,
});
const mail = (name: string, line: RegExp, port: (little: LittleServers) => Promise<number>, scheme = 'smtp'): Case => ({
  name: `SMTP_URL ${name}`,
  command: SERVE,
  env: async ({ little }) => ({ ...MAIL, SMTP_URL: `${scheme}://someone:${SECRET}@127.0.0.1:${await port(little)}` }),
  line,
});

export const cases: Case[] = [
  database('refused', /^DATABASE_URL: PostgreSQL at 127\.0\.0\.1:\d+ .*refuses the connection.*Start PostgreSQL/, (s) =>
    s.refusing(),
  ),
  database('refused, serve', /^DATABASE_URL: .*refuses the connection/, (s) => s.refusing(), SERVE),
  database('refused, worker', /^DATABASE_URL: .*refuses the connection/, (s) => s.refusing(), ['worker']),
  database('refused, subgraph', /^DATABASE_URL: .*refuses the connection/, (s) => s.refusing(), ['subgraph', 'search']),
  database('refused, harvest', /^DATABASE_URL: .*refuses the connection/, (s) => s.refusing(), ['harvest', 'x.csv']),
  database('takes connections and is silent', /^DATABASE_URL: .*does not answer/, (s) => s.silent(), SERVE),
  database('closes at once', /^DATABASE_URL: .*closes the connection at once, no PostgreSQL/, (s) => s.closing()),
  database('is a web server', /^DATABASE_URL: .*a web server answers there, no PostgreSQL/, (s) => s.page()),
  database('is a MySQL', /^DATABASE_URL: .*something else answers there, no PostgreSQL/, (s) =>
    s.greeting('J\0\0\0\n8.0.36\0'),
  ),
  database('is too old', /^DATABASE_URL: .*it is version 13\.14.*Upgrade it to 15/, (s) =>
    s.postgres({
      row: {
        version: '130014',
        shown: '13.14',
        encoding: 'UTF8',
        standby: 'f',
        readonly: 'f',
        schema: 't',
        tables: 't',
        schemas: 't',
      },
    }),
  ),
  database('is starting for ever', /^DATABASE_URL: .*not ready: the database system is starting up/, (s) =>
    s.postgres({ refuse: ['57P03', 'the database system is starting up'] }),
  ),
  database('wants another password', /^DATABASE_URL: .*refuses the password of user "someone"/, (s) =>
    s.postgres({ refuse: ['28P01', 'password authentication failed for user "someone"'] }),
  ),
  plain(
    'DATABASE_URL of an unknown host',
    /^DATABASE_URL: .*no-such-host\.invalid:5432.*(no host of that name|cannot be looked up)/,
    {
      DATABASE_URL: `postgres://someone:${SECRET}@no-such-host.invalid/x`,
    },
    STATUS,
  ),
  plain(
    'DATABASE_URL of another scheme',
    /^the environment is not usable: DATABASE_URL: must be a URL starting with postgres:/,
    {
      DATABASE_URL: `mysql://someone:${SECRET}@127.0.0.1/x`,
    },
    STATUS,
  ),
  plain(
    'DATABASE_URL malformed',
    /^the environment is not usable: DATABASE_URL: must be a URL/,
    {
      DATABASE_URL: `postgres://someone:${SECRET}#x@127.0.0.1:1/x`,
    },
    STATUS,
  ),
  plain(
    'DATABASE_URL is a socket that is not there',
    /^DATABASE_URL: .*\(socket\).*there is no such socket/,
    ({ path }) => ({
      DATABASE_URL: `postgres:///catalogue?host=${path('nowhere')}&user=someone&password=${SECRET}`,
    }),
    STATUS,
  ),
  plain(
    'DATABASE_URL names a certificate that is not there',
    /^DATABASE_URL: a file it names cannot be read \(ENOENT\)/,
    {
      DATABASE_URL: `postgres://someone:${SECRET}@127.0.0.1:1/x?sslmode=verify-full&sslrootcert=/no/such/ca.pem`,
    },
    STATUS,
  ),
  realDatabase('has no such database', /^DATABASE_URL: .*has no database "nope".*createdb nope/, (of) =>
    of('postgres', SECRET, 'nope'),
  ),
  realDatabase('refuses the password', /^DATABASE_URL: .*refuses the password of user "guarded"/, (of) =>
    of('guarded', SECRET),
  ),
  realDatabase('wants a password', /^DATABASE_URL: .*wants a password for user "guarded"/, (of) => of('guarded')),
  realDatabase('has no such user', /^DATABASE_URL: .*has no user "nobody"/, (of) => of('nobody', SECRET)),
  realDatabase('gives no right to make tables', /^DATABASE_URL: .*user "reader" may not make tables/, (of) =>
    of('reader', SECRET),
  ),
  realDatabase('is read-only', /^DATABASE_URL: .*it is read-only/, (of) => of('frozen', SECRET)),
  realDatabase(
    'does not speak TLS',
    /^DATABASE_URL: .*does not speak TLS/,
    (of) => `${of('postgres', SECRET)}?sslmode=require`,
  ),
  realDatabase(
    'has a newer catalogue',
    /^the catalogue was written by a newer Credatlas \(it has 9999_later\.sql\).*Nothing was changed/,
    (of) => of('postgres', SECRET, 'newer'),
  ),

  queue('refused', /^REDIS_URL: Redis at 127\.0\.0\.1:\d+ .*refuses the connection.*Start Redis/, (s) => s.refusing()),
  queue('is silent', /^REDIS_URL: .*does not answer/, (s) => s.silent()),
  queue('is a web server', /^REDIS_URL: .*a web server answers there, no Redis/, (s) => s.page()),
  queue('is a PostgreSQL', /^REDIS_URL: .*closes the connection at once, no Redis/, (s) => s.closing()),
  queue('speaks TLS only', /^REDIS_URL: .*it speaks TLS only.*rediss:/, (s) =>
    s.saying(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])),
  ),
  queue('is too old', /^REDIS_URL: .*it is version 5\.0\.14.*Upgrade it to 6\.2/, (s) =>
    s.redis('redis_version:5.0.14\r\nrole:master\r\n'),
  ),
  queue('loads for ever', /^REDIS_URL: .*it is not ready.*LOADING/, (s) =>
    s.saying('-LOADING Redis is loading the dataset in memory\r\n'),
  ),
  queue('cannot save', /^REDIS_URL: .*takes no writes because it cannot save/, (s) =>
    s.redis('redis_version:7.2.0\r\nrole:master\r\n', '-MISCONF Redis is configured to save RDB snapshots'),
  ),
  realQueue(
    'refuses the password',
    /^REDIS_URL: .*refuses the user or password/,
    ({ guarded }) => `redis://:${SECRET}@127.0.0.1:${guarded}`,
  ),
  realQueue('wants a password', /^REDIS_URL: .*it wants a password/, ({ guarded }) => `redis://127.0.0.1:${guarded}`),
  realQueue('is a replica', /^REDIS_URL: .*read-only replica/, ({ replica }) => `redis://127.0.0.1:${replica}`),
  realQueue('has no memory left', /^REDIS_URL: .*its memory is full/, ({ full }) => `redis://127.0.0.1:${full}`),
  realQueue(
    'has no such database',
    /^REDIS_URL: .*no database of that number/,
    ({ plain: port }) => `redis://127.0.0.1:${port}/99`,
  ),
  realQueue(
    'does not speak TLS',
    /^REDIS_URL: .*does not speak TLS.*redis:/,
    ({ plain: port }) => `rediss://:${SECRET}@127.0.0.1:${port}`,
  ),

  search('refused', /^MEILI_URL: Meilisearch at 127\.0\.0\.1:\d+ .*refuses the connection/, (s) => s.refusing()),
  search('refused, serve', /^MEILI_URL: .*refuses the connection/, (s) => s.refusing(), SERVE),
  search('is silent', /^MEILI_URL: .*does not answer/, (s) => s.silent()),
  search('is a web page', /^MEILI_URL: .*is no Meilisearch \(status 200, text\/html\)/, (s) => s.page()),
  search('is a Redis', /^MEILI_URL: .*does not speak HTTP/, (s) => s.saying("-ERR unknown command 'GET'\r\n")),
  search('is too old', /^MEILI_URL: .*it is version 1\.3\.0.*1\.50/, meilisearch('1.3.0')),
  search('refuses the key', /^MEILI_URL: .*refuses the key of MEILI_API_KEY/, meilisearch('', 403)),
  plain(
    'MEILI_URL malformed',
    /^the environment is not usable: MEILI_URL: must be a URL/,
    { MEILI_URL: '127.0.0.1:7700' },
    STATUS,
  ),

  subgraph(
    'refused',
    /^SUBGRAPH_SEARCH_URL: the subgraph "search" at 127\.0\.0\.1:\d+\/graphql .*refuses the connection/,
    (s) => s.refusing(),
  ),
  subgraph('is silent', /^SUBGRAPH_SEARCH_URL: .*does not answer/, (s) => s.silent()),
  subgraph('is a web page', /^SUBGRAPH_SEARCH_URL: .*is no GraphQL service \(status 200, text\/html\)/, (s) =>
    s.page(),
  ),
  subgraph('is no subgraph', /^SUBGRAPH_SEARCH_URL: .*no subgraph of a federation/, (s) =>
    s.json(200, { errors: [{ message: 'no _service' }] }),
  ),
  subgraph('is another one', /^SUBGRAPH_SEARCH_URL: .*serves another subgraph, without .*search/, (s) =>
    s.json(200, { data: { _service: { sdl: 'type Query { credential(id: ID!): String }' } } }),
  ),
  plain(
    'SUBGRAPH_MY_AGENCY_URL fits no subgraph',
    /^SUBGRAPH_MY_AGENCY_URL: there is no subgraph "my_agency".*It has credential, provider, search, source/,
    {
      SUBGRAPH_MY_AGENCY_URL: 'http://127.0.0.1:1/graphql',
    },
  ),
  plain('SUBGRAPH___PROTO___URL fits no subgraph', /^SUBGRAPH___PROTO___URL: there is no subgraph/, {
    SUBGRAPH___PROTO___URL: 'http://127.0.0.1:1/',
  }),
  plain('SUBGRAPH_SEARCH_URL malformed', /^the environment is not usable: SUBGRAPH_SEARCH_URL: must be a URL/, {
    SUBGRAPH_SEARCH_URL: 'search:4001',
  }),

  mail('refused', /^SMTP_URL: the mail server 127\.0\.0\.1:\d+ .*refuses the connection/, (s) => s.refusing()),
  mail('is silent', /^SMTP_URL: .*does not answer/, (s) => s.silent()),
  mail('is a web server', /^SMTP_URL: .*(no mail server|does not answer)/, (s) =>
    s.greeting('HTTP/1.1 400 Bad Request\r\n\r\n'),
  ),
  plain('SMTP_URL without MAIL_TO', /^the environment is not usable: SMTP_URL: needs MAIL_TO and MAIL_FROM/, {
    SMTP_URL: `smtp://x:${SECRET}@127.0.0.1:25`,
  }),
  plain(
    'WEBHOOK_URL refused',
    /^WEBHOOK_URL: 127\.0\.0\.1:\d+ was tried: it refuses the connection/,
    async ({ little }) => ({
      WEBHOOK_URL: `http://127.0.0.1:${await little.refusing()}/hook?token=${SECRET}`,
      WEBHOOK_SECRET: `${SECRET}-and-longer`,
    }),
  ),
  plain('WEBHOOK_URL in a private network', /^WEBHOOK_URL: 10\.0\.0\.1 was tried: the address is not one we post to/, {
    WEBHOOK_URL: 'http://10.0.0.1/hook',
  }),

  plain('PORT in use', /^PORT: port \d+ on 127\.0\.0\.1 is in use.*Set PORT/, async ({ little }) => ({
    PORT: String(await little.silent()),
  })),
  plain('PORT no number', /^the environment is not usable: PORT: must be a number from 0 to 65535/, { PORT: 'many' }),
  plain('PORT too large', /^the environment is not usable: PORT: must be a number/, { PORT: '70000' }),
  plain('HOST of another machine', /^HOST: 192\.0\.2\.1 is no address of this machine/, { HOST: '192.0.2.1' }),
  plain('HOST of no machine', /^HOST: there is no host named no-such-host\.invalid/, { HOST: 'no-such-host.invalid' }),

  plain('DATA_DIR in /proc', /^DATA_DIR: \/proc\/x cannot be made there/, { DATA_DIR: '/proc/x' }),
  plain(
    'DATA_DIR in /proc, harvest',
    /^DATA_DIR: \/proc\/x\/y\/z cannot be made there/,
    { DATA_DIR: '/proc/x/y/z' },
    STATUS,
  ),
  plain('DATA_DIR is a file', /^DATA_DIR: .*a-file is a file/, ({ path }) => ({ DATA_DIR: path('a-file') })),
  plain('DATA_DIR below a file', /^DATA_DIR: .*a-file\/data is, or leads through, a file/, ({ path }) => ({
    DATA_DIR: path('a-file/data'),
  })),
  plain('DATA_DIR goes round in a circle', /^DATA_DIR: .*circle/, ({ path }) => ({ DATA_DIR: path('loop/data') })),
  plain('DATA_DIR too long', /^DATA_DIR: .*too long a path/, ({ path }) => ({ DATA_DIR: path('x'.repeat(300)) })),
  plain(
    'DATA_DIR of a newer version',
    /^DATA_DIR: .*written by a newer Credatlas \(PostgreSQL 99.*Nothing was changed/,
    ({ path }) => ({ DATA_DIR: path('newer') }),
  ),
  plain(
    'DATA_DIR damaged',
    /^DATA_DIR: .*cannot be opened.*may be damaged.*keep it aside/,
    ({ path }) => ({
      DATA_DIR: path('damaged'),
    }),
    STATUS,
  ),
  plain(
    'DATA_DIR in use by another process',
    /^DATA_DIR: .*in use by process \d+\. Stop that process, or set DATA_DIR/,
    ({ path }) => ({ DATA_DIR: path('held') }),
  ),

  plain('QUALITYLINK_KEY_FILE not there', /^QUALITYLINK_KEY_FILE: .*cannot be read \(ENOENT\)/, {
    QUALITYLINK_KEY_FILE: '/no/such/key.pem',
  }),
  plain(
    'QUALITYLINK_KEY_FILE is a folder',
    /^QUALITYLINK_KEY_FILE: .*is a folder/,
    ({ path }) => ({ QUALITYLINK_KEY_FILE: path('') }),
    ['harvest', 'x.csv'],
  ),
  plain('QUALITYLINK_KEY_FILE is a certificate', /^QUALITYLINK_KEY_FILE: .*holds no private key/, ({ path }) => ({
    QUALITYLINK_KEY_FILE: path('certificate.pem'),
  })),
  plain('QUALITYLINK_SIGNING_KEY_FILE never ends', /^QUALITYLINK_SIGNING_KEY_FILE: \/dev\/zero is no plain file/, {
    QUALITYLINK_SIGNING_KEY_FILE: '/dev/zero',
  }),
  plain('QUALITYLINK_CREDENTIALS_FILE is no JSON', /^QUALITYLINK_CREDENTIALS_FILE: .*is not JSON/, ({ path }) => ({
    QUALITYLINK_CREDENTIALS_FILE: path('a-file'),
  })),
  plain('CLIENT_KEYS_FILE not there', /^CLIENT_KEYS_FILE: .*cannot be read \(ENOENT\)/, {
    CLIENT_KEYS_FILE: '/no/such/clients.json',
  }),
  plain('TRUSTED_PROXIES no addresses', /^the environment is not usable: TRUSTED_PROXIES: must be addresses/, {
    TRUSTED_PROXIES: '10.0.0.0/8, proxy',
  }),
  plain('LOG_LEVEL of no kind', /^the environment is not usable: LOG_LEVEL: must be one of trace, debug/, {
    LOG_LEVEL: 'loud',
  }),
];

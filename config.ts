import { isIP } from 'node:net';
import { z } from 'zod';

const url = (protocols: string[]) =>
  z
    .string()
    .trim()
    .refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
      error: `must be a URL starting with ${protocols.map((p) => `${p}//`).join(' or ')}`,
    });

const blankIsUnset = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? undefined : value);
const text = () => z.string();
const choice = (values: readonly [string, ...string[]]) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

/** A variable with what it means. Without a default in its model, `otherwise` says what holds when it is not set. */
function variable<T extends z.ZodType>(model: T, meaning: string, otherwise = 'not set') {
  const fallback = model.safeParse(undefined).data;
  const description = meaning;
  const byDefault = fallback === undefined ? otherwise : Array.isArray(fallback) ? fallback.join(',') : `${fallback}`;
  return z.preprocess(blankIsUnset, model).meta({ description, byDefault });
}

const PORTS = 'must be a number from 0 to 65535';
const LOOPBACK = ['127.0.0.0/8', '::1'];

/** An address, or a network of them as `address/bits`. */
function isNetwork(given: string): boolean {
  const [address = '', bits, ...more] = given.split('/');
  const family = isIP(address);
  if (!family || more.length) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

const networks = z
  .string()
  .transform((list) =>
    list
      .split(',')
      .map((entry) => entry.trim())
      .filter(Boolean),
  )
  .refine((list) => list.every(isNetwork), {
    error: 'must be addresses or networks such as 10.0.0.0/8, separated by commas',
  });

const Environment = z.object({
  PORT: variable(
    text()
      .regex(/^\d{1,5}$/, { error: PORTS })
      .transform(Number)
      .refine((port) => port <= 65_535, { error: PORTS })
      .default(4000),
    'port to serve on; 0 takes a free one',
  ),
  HOST: variable(text().default('127.0.0.1'), 'address to serve on; 0.0.0.0 for all'),
  DATA_DIR: variable(text().default('./data'), 'folder of the embedded store; one process at a time'),
  DATABASE_URL: variable(
    url(['postgres:', 'postgresql:']).optional(),
    'PostgreSQL 15 or newer, postgres://user:password@host/database',
    'the embedded store',
  ),
  REDIS_URL: variable(
    url(['redis:', 'rediss:']).optional(),
    'Redis 6.2 or newer for the queue, redis://host:6379',
    'the queue is in the store',
  ),
  MEILI_URL: variable(
    url(['http:', 'https:']).optional(),
    'Meilisearch 1.50 or newer, http://host:7700',
    'search is in the store',
  ),
  MEILI_API_KEY: variable(text().optional(), 'its key'),
  EXAMPLES: variable(
    choice(['on', 'off']).optional(),
    'on or off: example providers with made-up data',
    'on with the embedded store, else off',
  ),
  CONTACT: variable(
    text().max(200, { error: 'must have at most 200 characters' }).optional(),
    'URL or address for providers to reach you, in the User-Agent',
  ),
  CLIENT_KEYS_FILE: variable(text().optional(), 'file with the clients that have budgets of their own', 'none have'),
  TRUSTED_PROXIES: variable(
    networks.default(LOOPBACK),
    'addresses and networks of proxies whose X-Forwarded-For is believed, separated by commas',
  ),
  WEBHOOK_URL: variable(
    url(['http:', 'https:']).optional(),
    'where changes of state are posted; a public or loopback address',
  ),
  WEBHOOK_SECRET: variable(
    text().min(16, { error: 'must have at least 16 characters' }).optional(),
    'what they are signed with (Standard Webhooks)',
  ),
  SMTP_URL: variable(
    url(['smtp:', 'smtps:']).optional(),
    'mail server for the same, smtp://user:password@host:587; needs MAIL_TO and MAIL_FROM',
  ),
  MAIL_TO: variable(text().optional(), 'whom mail goes to'),
  MAIL_FROM: variable(text().optional(), 'whom mail comes from'),
  BOARD_PASSWORD: variable(
    text().min(8, { error: 'must have at least 8 characters' }).optional(),
    'shows the queue at /queues, with REDIS_URL',
  ),
  QUALITYLINK_KEY_FILE: variable(
    text().optional(),
    'RSA private keys (PEM) for what providers encrypt in their manifests',
  ),
  QUALITYLINK_SIGNING_KEY_FILE: variable(
    text().optional(),
    'private keys (PEM) that requests to providers are signed with',
  ),
  QUALITYLINK_CREDENTIALS_FILE: variable(text().optional(), 'credentials agreed with providers (JSON)'),
  LOG_LEVEL: variable(
    choice(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info'),
    'least that is logged: trace, debug, info, warn, error or fatal',
  ),
  LOG_FORMAT: variable(
    choice(['json', 'text']).optional(),
    'json or text',
    'text on a terminal, else json; json with NODE_ENV=production',
  ),
});

const SUBGRAPH = /^SUBGRAPH_([A-Za-z0-9_]+)_URL$/;

/** Every variable there is, in the order of the help: its meaning, and what holds when it is not set. */
export const VARIABLES: readonly { name: string; meaning: string; byDefault: string }[] = [
  ...Object.entries(Environment.shape).map(([name, model]) => {
    const { description = '', byDefault } = model.meta() as { description?: string; byDefault: string };
    return { name, meaning: description, byDefault };
  }),
  {
    name: 'SUBGRAPH_<NAME>_URL',
    meaning: 'a subgraph served elsewhere: SEARCH, CREDENTIAL, PROVIDER, SOURCE',
    byDefault: 'in this process',
  },
];

/** The settings of a process, read once from the environment. Names are those of design.md, "The outside". */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl?: string;
  redisUrl?: string;
  meiliUrl?: string;
  meiliApiKey?: string;
  /** Subgraphs served elsewhere: name of the variable (`SUBGRAPH_<NAME>_URL`) → URL. */
  subgraphUrls: Readonly<Record<string, string>>;
  /** Whether the example providers are served and harvested. On by default only with the embedded store. */
  examples: boolean;
  /** Goes into the User-Agent, so that a provider can reach whoever runs this crawler. */
  contact: string;
  /** What this crawler proves to providers who it is with: PEM private keys (RSA, for what they encrypt; for signing), agreed credentials. */
  keyFiles: { keyFile?: string; signingKeyFile?: string; credentialsFile?: string };
  /** The clients of the graph that have budgets of their own. */
  clientKeysFile?: string;
  /** Addresses and networks (CIDR) of proxies that are believed about whom they speak for. */
  trustedProxies: string[];
  /** Where a change of state of a source is posted, and the secret it is signed with. */
  webhook?: { url: string; secret?: string };
  /** Where a change of state of a source is mailed. */
  mail?: { smtpUrl: string; to: string; from: string };
  /** Password of the queue board at /queues; without it (or without Redis) there is no board. */
  boardPassword?: string;
  logLevel: string;
  logFormat: 'json' | 'text';
  /** npm started this very process and ends on signals without waiting for it. */
  underNpm: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads and checks the environment; throws one line for all wrong settings, naming each variable and never its value. */
export function readConfig(env: Env, { terminal = false }: { terminal?: boolean } = {}): Config {
  const parsed = Environment.safeParse(env);
  const wrong = parsed.success ? [] : parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`);
  const subgraphUrls: Record<string, string> = Object.create(null);
  for (const [name, value] of Object.entries(env)) {
    if (!SUBGRAPH.test(name) || !value?.trim()) continue;
    if (!/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : ''))
      wrong.push(`${name}: must be a URL starting with http:// or https://`);
    subgraphUrls[name] = value.trim();
  }
  if (parsed.success && parsed.data.SMTP_URL && !(parsed.data.MAIL_TO && parsed.data.MAIL_FROM)) {
    wrong.push('SMTP_URL: needs MAIL_TO and MAIL_FROM');
  }
  if (!parsed.success || wrong.length) {
    throw new Error(`the environment is not usable: ${wrong.join('; ')}. Correct or unset the variable.`);
  }
  const e = parsed.data;
  const format = env.NODE_ENV === 'production' || !terminal ? 'json' : 'text';
  return {
    port: e.PORT,
    host: e.HOST.replace(/^\[(.*)\]$/, '$1'),
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL && withPlainTls(e.DATABASE_URL),
    redisUrl: e.REDIS_URL,
    meiliUrl: e.MEILI_URL,
    meiliApiKey: e.MEILI_API_KEY,
    subgraphUrls,
    examples: e.EXAMPLES ? e.EXAMPLES === 'on' : !e.DATABASE_URL,
    contact: e.CONTACT ?? 'operator not named; set CONTACT',
    keyFiles: {
      keyFile: e.QUALITYLINK_KEY_FILE,
      signingKeyFile: e.QUALITYLINK_SIGNING_KEY_FILE,
      credentialsFile: e.QUALITYLINK_CREDENTIALS_FILE,
    },
    clientKeysFile: e.CLIENT_KEYS_FILE,
    trustedProxies: e.TRUSTED_PROXIES,
    webhook: e.WEBHOOK_URL ? { url: e.WEBHOOK_URL, secret: e.WEBHOOK_SECRET } : undefined,
    mail:
      e.SMTP_URL && e.MAIL_TO && e.MAIL_FROM ? { smtpUrl: e.SMTP_URL, to: e.MAIL_TO, from: e.MAIL_FROM } : undefined,
    boardPassword: e.BOARD_PASSWORD,
    logLevel: e.LOG_LEVEL,
    logFormat: (e.LOG_FORMAT as Config['logFormat'] | undefined) ?? format,
    underNpm: startedByNpm(env.npm_lifecycle_script),
  };
}

/** What pg takes `prefer`, `require` and `verify-ca` for, said outright: it warns of them with ten lines otherwise. */
const withPlainTls = (url: string): string =>
  url.includes('uselibpqcompat')
    ? url
    : url.replace(/([?&]sslmode=)(?:prefer|require|verify-ca)(?=&|$)/, '$1verify-full');

/** npm says what it was asked to run: `node cli.ts serve` of `npm start`, `credatlas` of npx; not something that runs us in turn or in the background. */
function startedByNpm(script = ''): boolean {
  return /(^|[\s/'"])(credatlas|cli\.ts)(['"\s]|$)/.test(script) && !/(^|[^&])&($|[^&])/.test(script);
}

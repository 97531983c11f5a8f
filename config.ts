import { z } from 'zod';

const url = (protocols: string[]) =>
  z.string().refine((text) => URL.canParse(text) && protocols.includes(new URL(text).protocol), {
    error: `must be a URL starting with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  });

const blankIsUnset = (value: unknown) => (value === '' ? undefined : value);
const optional = <T extends z.ZodType>(model: T) => z.preprocess(blankIsUnset, model.optional());

const Environment = z.object({
  PORT: z.preprocess(blankIsUnset, z.coerce.number().int().min(0).max(65535).default(4000)),
  HOST: z.preprocess(blankIsUnset, z.string().default('127.0.0.1')),
  DATA_DIR: z.preprocess(blankIsUnset, z.string().default('./data')),
  DATABASE_URL: optional(url(['postgres:', 'postgresql:'])),
  REDIS_URL: optional(url(['redis:', 'rediss:'])),
  MEILI_URL: optional(url(['http:', 'https:'])),
  MEILI_API_KEY: optional(z.string()),
  EXAMPLES: optional(z.enum(['on', 'off'])),
  CONTACT: optional(z.string().max(200)),
  QUALITYLINK_KEY_FILE: optional(z.string()),
  QUALITYLINK_SIGNING_KEY_FILE: optional(z.string()),
  QUALITYLINK_CREDENTIALS_FILE: optional(z.string()),
  WEBHOOK_URL: optional(url(['http:', 'https:'])),
  WEBHOOK_SECRET: optional(z.string().min(16, { error: 'must have at least 16 characters' })),
  SMTP_URL: optional(url(['smtp:', 'smtps:'])),
  MAIL_TO: optional(z.string()),
  MAIL_FROM: optional(z.string()),
  BOARD_PASSWORD: optional(z.string().min(8, { error: 'must have at least 8 characters' })),
});

/** The settings of a process, read once from the environment. Names are those of design.md, "The outside". */
export interface Config {
  port: number;
  host: string;
  dataDir: string;
  databaseUrl?: string;
  redisUrl?: string;
  meiliUrl?: string;
  meiliApiKey?: string;
  /** Subgraphs served elsewhere: name → URL, from `SUBGRAPH_<NAME>_URL`. */
  subgraphUrls: Record<string, string>;
  /** Whether the example providers are served and harvested. On by default only with the embedded store. */
  examples: boolean;
  /** Goes into the User-Agent, so that a provider can reach whoever runs this crawler. */
  contact: string;
  /** What this crawler proves to providers who it is with: PEM private keys (RSA, for what they encrypt; for signing), agreed credentials. */
  keyFiles: { keyFile?: string; signingKeyFile?: string; credentialsFile?: string };
  /** Where a change of state of a source is posted, and the secret it is signed with. */
  webhook?: { url: string; secret?: string };
  /** Where a change of state of a source is mailed. */
  mail?: { smtpUrl: string; to: string; from: string };
  /** Password of the queue board at /queues; without it (or without Redis) there is no board. */
  boardPassword?: string;
}

/** Reads and checks the environment; throws one line per wrong setting, each naming the variable. */
export function readConfig(env: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(env);
  const wrong = parsed.success ? [] : parsed.error.issues.map((i) => `${i.path.join('.')}: ${i.message}`);
  const subgraphUrls: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    const subgraph = /^SUBGRAPH_([A-Z]+)_URL$/.exec(name)?.[1];
    if (!subgraph || !value) continue;
    if (!/^https?:$/.test(URL.canParse(value) ? new URL(value).protocol : ''))
      wrong.push(`${name}: must be a http(s) URL`);
    subgraphUrls[subgraph.toLowerCase()] = value;
  }
  if (parsed.success && parsed.data.SMTP_URL && !(parsed.data.MAIL_TO && parsed.data.MAIL_FROM)) {
    wrong.push('SMTP_URL: needs MAIL_TO and MAIL_FROM');
  }
  if (!parsed.success || wrong.length) {
    throw new Error(`the environment is not usable: ${wrong.join('; ')}. Correct or unset the variable.`);
  }
  const e = parsed.data;
  return {
    port: e.PORT,
    host: e.HOST,
    dataDir: e.DATA_DIR,
    databaseUrl: e.DATABASE_URL,
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
    webhook: e.WEBHOOK_URL ? { url: e.WEBHOOK_URL, secret: e.WEBHOOK_SECRET } : undefined,
    mail:
      e.SMTP_URL && e.MAIL_TO && e.MAIL_FROM ? { smtpUrl: e.SMTP_URL, to: e.MAIL_TO, from: e.MAIL_FROM } : undefined,
    boardPassword: e.BOARD_PASSWORD,
  };
}

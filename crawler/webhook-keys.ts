import { Webhook } from 'standardwebhooks';
import { ConfigError } from './errors.ts';

const PREFIX = 'whsec_';
const LEAST_BYTES = 24;
const MOST_BYTES = 64;

/** What a message is signed with, one signature each. */
export interface WebhookKeys {
  sign(id: string, at: Date, body: string): string[];
  /** Some receiver must be told to verify with the bare text: the secret is none of Standard Webhooks. */
  bare: boolean;
}

/**
 * The keys of `WEBHOOK_SECRET`, by https://www.standardwebhooks.com: `whsec_` and 24 to 64 bytes in base64; several, separated by
 * spaces, while a secret is being changed (`new old`): then each message has a signature for each.
 *
 * Text without the prefix was signed with as it stands before there was a prefix, and still is, so that no receiver breaks.
 * The reference library takes such text for base64: where it can be read so (24 to 64 bytes), both signatures are sent.
 *
 * @throws ConfigError for a `whsec_` secret that no receiver could use
 */
export function readWebhookKeys(secret: string): WebhookKeys {
  const parts = secret.trim().split(/\s+/);
  const several = parts.some((part) => part.startsWith(PREFIX)) || parts.every(isKey);
  const signers = (several ? parts : [secret]).flatMap((part) =>
    part.startsWith(PREFIX) ? [standard(part)] : isKey(part) ? [new Webhook(part), raw(part)] : [raw(part)],
  );
  return {
    sign: (id, at, body) => signers.map((signer) => signer.sign(id, at, body)),
    bare: !(several && parts.every((part) => part.startsWith(PREFIX))),
  };
}

function standard(secret: string): Webhook {
  if (isKey(secret.slice(PREFIX.length))) return new Webhook(secret);
  throw new ConfigError(
    `WEBHOOK_SECRET: what stands after "${PREFIX}" must be ${LEAST_BYTES} to ${MOST_BYTES} bytes in base64`,
    `Make one: WEBHOOK_SECRET=${PREFIX}$(openssl rand -base64 32).`,
  );
}

/** Base64 of as many bytes as a key has. */
function isKey(text: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length >= LEAST_BYTES && bytes.length <= MOST_BYTES && bytes.toString('base64') === text;
}

const raw = (secret: string): Webhook => new Webhook(new TextEncoder().encode(secret), { format: 'raw' });

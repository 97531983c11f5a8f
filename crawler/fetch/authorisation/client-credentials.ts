import { z } from 'zod';
import { type ConfigError, RetryLater, SourceBroken } from '../../errors.ts';
import { RedirectsBroken, ServerFailed, StatusRefused } from '../fetch-failure.ts';
import type { FetchGate, GateRequest, GateResponse } from '../gate-contract.ts';
import { redactUrl } from '../redact-url.ts';

/** What an access token is asked with (RFC 6749 §4.4). */
export interface TokenGrant {
  tokenEndpoint: string;
  clientId: string;
  clientSecret: string;
  scope?: string;
}

export interface TokenStore {
  /** A token that is still good, or a new one; callers at the same time share one request. */
  get(key: string, grant: TokenGrant, request: Pick<GateRequest, 'allowLoopback' | 'politeness'>): Promise<string>;
  /** Forgets a token that the provider no longer takes; a newer one stays. */
  drop(key: string, token: string): void;
}

const Answer = z.object({
  access_token: z.string().regex(/^[\x21-\x7e]{1,8000}$/),
  token_type: z.string().regex(/^bearer$/i),
  expires_in: z.coerce.number().positive().optional().catch(undefined),
});

/** Seconds before its end at which a token is no longer used. */
const MARGIN = 30;
const UNSTATED_SECONDS = 300;
const LONGEST_SECONDS = 86_400;

/** OAuth 2.0 client credentials, the token endpoint asked through the gate. Tokens are kept in memory only. */
export function createTokenStore(deps: { fetch: FetchGate['fetch']; now?: () => number }): TokenStore {
  const { now = () => performance.now() } = deps;
  const known = new Map<string, { token: string; until: number; grant: string }>();
  const underway = new Map<string, Promise<string>>();

  async function ask(key: string, grant: TokenGrant, request: Pick<GateRequest, 'allowLoopback' | 'politeness'>) {
    const response = await deps
      .fetch({
        ...request,
        url: grant.tokenEndpoint,
        accept: 'application/json',
        // RFC 6749 §2.3.1: both parts form-encoded, then Basic.
        headers: { authorization: `Basic ${basic(grant.clientId, grant.clientSecret)}` },
        form: { grant_type: 'client_credentials', ...(grant.scope ? { scope: grant.scope } : {}) },
        limits: { wireBytes: 65_536, decodedBytes: 65_536, totalMs: 30_000, redirects: 0 },
      })
      .catch((error) => {
        if (error instanceof StatusRefused || error instanceof RedirectsBroken) throw refused(grant, error.message);
        // That the feed's own server failed would be another thing.
        if (error instanceof ServerFailed) throw new RetryLater(error.message, error.remedy, error.seconds);
        throw error;
      });
    const answer = Answer.safeParse(await json(response));
    if (!answer.success) {
      throw refused(grant, `${redactUrl(grant.tokenEndpoint)}: the answer holds no bearer token`);
    }
    const { access_token: token, expires_in: seconds = UNSTATED_SECONDS } = answer.data;
    const lasts = Math.min(seconds, LONGEST_SECONDS);
    const until = now() + (lasts - Math.min(MARGIN, lasts / 2)) * 1000;
    if (known.size > 10_000) known.clear();
    known.set(key, { token, until, grant: identity(grant) });
    return token;
  }

  return {
    async get(key, grant, request) {
      const stored = known.get(key);
      if (stored && stored.until > now() && stored.grant === identity(grant)) return stored.token;
      const running =
        underway.get(key) ??
        ask(key, grant, request).finally(() => {
          underway.delete(key);
        });
      underway.set(key, running);
      return running;
    },
    drop(key, token) {
      if (known.get(key)?.token === token) known.delete(key);
    },
  };
}

const identity = (grant: TokenGrant): string =>
  JSON.stringify([grant.tokenEndpoint, grant.clientId, grant.clientSecret, grant.scope]);

const formEncoded = (text: string): string => new URLSearchParams([['', text]]).toString().slice(1);

const basic = (id: string, secret: string): string =>
  Buffer.from(`${formEncoded(id)}:${formEncoded(secret)}`).toString('base64');

async function json(response: GateResponse): Promise<unknown> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response.body) chunks.push(chunk);
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    return undefined;
  }
}

/** A grant that is refused is for people to mend, not for another try. */
const refused = (grant: TokenGrant, what: string): ConfigError | SourceBroken =>
  new SourceBroken(
    `${what} (asking for a token${grant.scope ? ` with scope ${grant.scope}` : ''})`,
    'Check client id, client secret, scope and token endpoint with the provider.',
  );

import { LRUCache } from 'lru-cache';
import { isHeldBy, type SecretHolder, type StatedSecrets } from '../../../catalogue/store/stated-secrets.ts';
import type { SourceAuth, SourceDefinition } from '../../../schema/index.ts';
import { ConfigError } from '../../errors.ts';
import { StatusRefused } from '../fetch-failure.ts';
import type { FetchGate, GateRequest, GateResponse } from '../gate-contract.ts';
import { createTokenStore } from './client-credentials.ts';
import { decryptSecret } from './decrypt-secret.ts';
import type { KeyRing } from './key-ring.ts';
import { secretClaim } from './secret-claim.ts';
import { signRequest } from './sign-request.ts';
import type { SigningKey } from './signing-keys.ts';

/** Sends the requests of a source with what its `auth` asks for. */
export interface Authoriser {
  /**
   * As the gate's `fetch`, for one source. What proves who we are goes to the origin of the source's own `url` only.
   * @throws ConfigError when a key or credential is missing or does not fit; the message never holds a secret
   */
  fetch(source: SourceDefinition, request: GateRequest): Promise<GateResponse>;
}

type Of<T extends SourceAuth['type']> = Extract<SourceAuth, { type: T }>;

export function createAuthoriser(deps: {
  fetch: FetchGate['fetch'];
  keys: KeyRing;
  /** For whom encrypted values are decrypted. Left out where there is no store: then no manifest is read either. */
  secrets?: Pick<StatedSecrets, 'bind'>;
  now?: () => number;
}): Authoriser {
  const { fetch, keys, secrets, now = Date.now } = deps;
  const tokens = createTokenStore({ fetch, now: deps.now });

  /** Claims that were found good; a binding never changes. */
  const good = new LRUCache<string, true>({ max: 10_000 });

  /** Asked before each use: what a manifest copied from another is not decrypted for it. */
  async function requireOwn(source: SourceDefinition): Promise<void> {
    const claim = secretClaim(source);
    if (!claim || !secrets) return;
    const key = JSON.stringify(claim);
    if (good.has(key)) return;
    const [holder] = await secrets.bind([claim]);
    if (!isHeldBy(holder, claim)) throw notItsOwn(source, holder);
    good.set(key, true);
  }

  function headerOf(source: SourceDefinition, auth: Of<'httpheader'>): Record<string, string> {
    const agreed = keys.credentials.get(source.id);
    const field = auth.field ?? agreed?.field;
    const value = auth.value
      ? decryptSecret(auth.value, keys.decryption, `source ${source.id}: auth.value`)
      : agreed?.value;
    if (!field || !value) throw missing(source, 'a header field and its value', '"field" and "value"');
    return { [field]: value };
  }

  function grantOf(source: SourceDefinition, auth: Of<'oauth2.0'>) {
    const agreed = keys.credentials.get(source.id);
    const clientId = auth.clientId ?? agreed?.client_id;
    const clientSecret = auth.clientSecret
      ? decryptSecret(auth.clientSecret, keys.decryption, `source ${source.id}: auth.clientSecret`)
      : agreed?.client_secret;
    if (!clientId || !clientSecret) throw missing(source, 'client credentials', '"client_id" and "client_secret"');
    return { tokenEndpoint: auth.tokenEndpoint, scope: auth.scope, clientId, clientSecret };
  }

  async function withToken(source: SourceDefinition, auth: Of<'oauth2.0'>, request: GateRequest) {
    const grant = grantOf(source, auth);
    const shared = { allowLoopback: source.allowLoopback, politeness: request.politeness };
    for (let first = true; ; first = false) {
      const token = await tokens.get(source.id, grant, shared);
      try {
        return await fetch(withHeaders(request, { authorization: `Bearer ${token}` }));
      } catch (error) {
        if (!first || !(error instanceof StatusRefused) || error.status !== 401) throw error;
        // Taken back before its time: one new token, then the answer stands.
        tokens.drop(source.id, token);
      }
    }
  }

  return {
    async fetch(source, request) {
      const { auth } = source;
      if (!auth || auth.type === 'none' || !sameOrigin(request.url, source.url)) return fetch(request);
      await requireOwn(source);
      if (auth.type === 'httpheader') return fetch(withHeaders(request, headerOf(source, auth)));
      if (auth.type === 'oauth2.0') return withToken(source, auth, request);
      const key = signingKeyFor(source, auth, keys.signing);
      return fetch({ ...request, sign: (url) => signRequest(url, key, new Date(now())) });
    },
  };
}

function signingKeyFor(source: SourceDefinition, auth: Of<'httpsig'>, keys: readonly SigningKey[]): SigningKey {
  const key = auth.alg ? keys.find(({ alg }) => alg === auth.alg) : keys[0];
  if (key) return key;
  if (keys.length === 0) {
    throw new ConfigError(
      `source ${source.id} wants signed requests and there is no key`,
      'Set QUALITYLINK_SIGNING_KEY_FILE.',
    );
  }
  throw new ConfigError(
    `source ${source.id} wants signatures with ${auth.alg?.slice(0, 40)}; we have ${keys.map(({ alg }) => alg).join(', ')}`,
    'Add a key for it to QUALITYLINK_SIGNING_KEY_FILE, or ask the provider for one of ours.',
  );
}

/** The source's own headers never replace what proves who we are, whatever their spelling. */
function withHeaders(request: GateRequest, more: Record<string, string>): GateRequest {
  const names = new Set(Object.keys(more).map((name) => name.toLowerCase()));
  const kept = Object.entries(request.headers ?? {}).filter(([name]) => !names.has(name.toLowerCase()));
  return { ...request, headers: { ...Object.fromEntries(kept), ...more } };
}

const notItsOwn = ({ id, url }: SourceDefinition, holder: SecretHolder | undefined): ConfigError =>
  new ConfigError(
    `source ${id}: its encrypted secret was first stated by ${holder?.domain || 'a source given by hand'} for ${holder?.origins ?? 'itself'} and is not used for ${URL.parse(url)?.origin ?? url}`,
    'Ask the provider to encrypt the secret anew; a ciphertext serves one domain and one origin.',
  );

const missing = (source: SourceDefinition, what: string, names: string): ConfigError =>
  new ConfigError(
    `source ${source.id} needs ${what}, which its manifest does not hold`,
    `Agree with the provider, and put ${names} under "${source.id}" into QUALITYLINK_CREDENTIALS_FILE.`,
  );

const sameOrigin = (a: string, b: string): boolean =>
  URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;

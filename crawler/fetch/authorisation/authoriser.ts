import type { SourceAuth, SourceDefinition } from '../../../schema/index.ts';
import { ConfigError } from '../../errors.ts';
import { StatusRefused } from '../fetch-failure.ts';
import type { FetchGate, GateRequest, GateResponse } from '../gate-contract.ts';
import { createTokenStore } from './client-credentials.ts';
import { decryptSecret } from './decrypt-secret.ts';
import type { KeyRing } from './key-ring.ts';
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

export function createAuthoriser(deps: { fetch: FetchGate['fetch']; keys: KeyRing; now?: () => number }): Authoriser {
  const { fetch, keys, now = Date.now } = deps;
  const tokens = createTokenStore({ fetch, now: deps.now });

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

const missing = (source: SourceDefinition, what: string, names: string): ConfigError =>
  new ConfigError(
    `source ${source.id} needs ${what}, which its manifest does not hold`,
    `Agree with the provider, and put ${names} under "${source.id}" into QUALITYLINK_CREDENTIALS_FILE.`,
  );

const sameOrigin = (a: string, b: string): boolean =>
  URL.canParse(a) && URL.canParse(b) && new URL(a).origin === new URL(b).origin;

import type { Problem } from '../../schema/index.ts';
import { AddressRefused, RetryLater, SourceBroken } from '../errors.ts';
import { StatusRefused } from '../fetch/fetch-failure.ts';
import type { FetchGate, GateResponse } from '../fetch/gate-contract.ts';
import { checkManifest, type Manifest, problem } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';
import { manifestUrls, saysNone, type TxtLookup } from './txt-record.ts';

/** One thing that was asked: `none` is a clear answer, `unusable` and `unreachable` say nothing about whether there is a manifest. */
export interface Step {
  domain: string;
  /** `TXT <domain>`, or the address. */
  asked: string;
  outcome: 'found' | 'none' | 'unusable' | 'unreachable';
  detail?: string;
  problem?: Problem;
}

export interface FoundManifest {
  /** Where it was found. */
  domain: string;
  /** Address after redirects. */
  url: string;
  manifest: Manifest;
}

export interface Search {
  steps: Step[];
  found?: FoundManifest;
  /** Domains of which all was asked and all answered that there is none. */
  absent: string[];
  /** Domains that could not be asked, or that have something that is no manifest; with the reason. */
  unclear: Map<string, string>;
}

export interface SearchDeps {
  fetch: FetchGate['fetch'];
  txt: TxtLookup;
  /** Leave for loopback: tests only. */
  allowLoopback?: boolean;
  /** `https://<domain>` unless a test serves domains elsewhere. */
  originOf?: (domain: string) => string;
}

export const WELL_KNOWN = ['', '.json', '.yaml'].map((ending) => `/.well-known/quality-link-manifest${ending}`);

const LARGEST = 512 * 1024;
const LIMITS = {
  wireBytes: LARGEST,
  decodedBytes: LARGEST,
  redirects: 5,
  headersMs: 10_000,
  idleMs: 10_000,
  totalMs: 20_000,
};

/**
 * Looks for the manifest of an institution on its domains in order, on each first by DNS TXT and then at the three well-known
 * addresses; the first valid one is taken and nothing more is asked (QualityLink Discovery, "Discovery Mechanism").
 */
export async function findManifest(deps: SearchDeps, domains: readonly string[]): Promise<Search> {
  const search: Search = { steps: [], absent: [], unclear: new Map() };
  for (const domain of domains) {
    const from = search.steps.length;
    for await (const step of askDomain(deps, domain)) {
      const { manifest, url, ...told } = step;
      search.steps.push({ domain, ...told });
      if (manifest && url) return { ...search, found: { domain, url, manifest } };
    }
    const doubt = search.steps.slice(from).find(({ outcome }) => outcome !== 'none');
    if (doubt) search.unclear.set(domain, `${doubt.asked}: ${doubt.detail ?? doubt.outcome}`);
    else search.absent.push(domain);
  }
  return search;
}

type Asked = Omit<Step, 'domain'> & { manifest?: Manifest; url?: string };

async function* askDomain(deps: SearchDeps, domain: string): AsyncGenerator<Asked> {
  const asked = `TXT ${domain}`;
  let urls: string[] = [];
  let nameAnswered = true;
  try {
    urls = manifestUrls(await deps.txt(domain));
    if (urls.length === 0) yield { asked, outcome: 'none' };
  } catch (error) {
    nameAnswered = saysNone(error);
    if (nameAnswered) yield { asked, outcome: 'none' };
    else {
      const code = (error as { code?: string }).code ?? 'no answer';
      yield { asked, outcome: 'unreachable', detail: `the name servers did not answer (${code})` };
    }
  }
  for (const url of urls) yield { ...(await askAddress(deps, url)), asked: `TXT ${domain} → ${url}` };
  const origin = deps.originOf?.(domain) ?? `https://${domain}`;
  for (const path of WELL_KNOWN) {
    const answer = await askAddress(deps, origin + path, nameAnswered);
    yield answer;
    if (answer.hostAway) return;
  }
}

/** `nameAnswered`: name servers can be reached, so that a host name they do not know is a clear answer. */
async function askAddress(deps: SearchDeps, url: string, nameAnswered = true): Promise<Asked & { hostAway?: boolean }> {
  let response: GateResponse;
  let text: string;
  try {
    response = await deps.fetch({
      url,
      accept: 'application/json, application/yaml;q=0.9, text/yaml;q=0.9, */*;q=0.1',
      allowLoopback: deps.allowLoopback ?? false,
      politeness: { requestsPerSecond: 2, concurrency: 1 },
      limits: LIMITS,
    });
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    text = Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    return { asked: url, ...failure(error, nameAnswered) };
  }
  const parsed = response.mediaType === 'text/html' ? { fault: 'this is a web page (text/html)' } : parseManifest(text);
  const checked =
    'fault' in parsed
      ? { fault: problem('', 'manifest-unreadable', parsed.fault, 'Serve the manifest as JSON or YAML.') }
      : checkManifest(parsed.value);
  if ('fault' in checked) {
    const { fault } = checked;
    const what = fault.rule === 'manifest-invalid' ? `${fault.path || 'the file'}: ${fault.found}` : fault.found;
    return { asked: url, outcome: 'unusable', detail: `no manifest: ${what}. ${fault.remedy}`, problem: fault };
  }
  return { asked: url, outcome: 'found', manifest: checked, url: response.url };
}

function failure(error: unknown, nameAnswered: boolean): Omit<Asked, 'asked'> & { hostAway?: boolean } {
  if (error instanceof StatusRefused) {
    const none = error.status === 404 || error.status === 410;
    return { outcome: none ? 'none' : 'unusable', detail: `the server answered ${error.status}` };
  }
  if (error instanceof RetryLater) return { outcome: 'unreachable', detail: error.message, hostAway: true };
  if (error instanceof AddressRefused) return { outcome: 'unusable', detail: error.message, hostAway: true };
  if (!(error instanceof SourceBroken)) throw error;
  const code = (error.cause as { code?: string } | undefined)?.code;
  if (code === 'ENOTFOUND' || code === 'ENODATA') {
    return { outcome: nameAnswered ? 'none' : 'unreachable', detail: 'there is no such host', hostAway: true };
  }
  return { outcome: 'unusable', detail: error.message };
}

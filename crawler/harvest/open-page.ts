import type { KnownResource } from '../../catalogue/store/resources.ts';
import type { QueuedPage } from '../../catalogue/store/runs.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import type { GateResponse } from '../fetch/gate-contract.ts';
import { mayRead } from './may-read.ts';
import type { Reader } from './reader.ts';

const SITEMAP_TRUST_DAYS = 7;
/** After so many days a page is read in full whatever its validators say: an ETag may be frozen. */
const FULL_READ_DAYS = 7;

export interface Cost {
  requests: number;
  bytes: number;
}

/** A page asked for. Without `response` its sitemap says that it is as `known`. */
export interface OpenPage {
  known?: KnownResource;
  response?: GateResponse;
}

/**
 * Asks for a page of a source, with the validators of its last clean read by the same normaliser. What the store knows is
 * looked up first; the second function then makes the request.
 */
export async function preparePage(
  { store, reader }: { store: Store; reader: Reader },
  source: SourceDefinition,
  page: QueuedPage,
  normaliser: string,
): Promise<(cost: Cost, signal?: AbortSignal) => Promise<OpenPage>> {
  const upload = page.url.startsWith('file:');
  const known = upload || page.records > 0 ? undefined : await cleanRead(store, source, page, normaliser);
  return async (cost, signal) => {
    if (known && unchangedBySitemap(page, known)) return { known };
    const onRequest = () => void cost.requests++;
    const validators = known &&
      (known.etag || known.lastModified) && {
        etag: known.etag ?? undefined,
        lastModified: known.lastModified ?? undefined,
        url: known.finalUrl ?? undefined,
      };
    return {
      known,
      response: await reader.read(source, page, {
        validators: validators || undefined,
        signal,
        onRequest,
        mayRead: (url) => mayRead(store.pauses, source, url),
      }),
    };
  };
}

/** What the last clean read of this page by this normaliser found; nothing when it must be read in full. */
async function cleanRead(store: Store, source: SourceDefinition, page: QueuedPage, normaliser: string) {
  const known = await store.runs.knownResource(source.id, page.url);
  if (known?.normaliser !== normaliser) return undefined;
  // What was read in the future was read by a clock that is not to be believed.
  if (known.age < -60) return undefined;
  return known.age < (source.fullReadDays ?? FULL_READ_DAYS) * 86_400 ? known : undefined;
}

/** A sitemap that says a page is older than our last reading is believed for some days. */
function unchangedBySitemap(page: QueuedPage, known: KnownResource): boolean {
  if (!page.modified || !Number.isFinite(Date.parse(page.modified))) return false;
  const readAt = known.readAt.getTime();
  const trusted = known.age < SITEMAP_TRUST_DAYS * 86_400;
  return trusted && Date.parse(page.modified) < readAt - 86_400_000;
}

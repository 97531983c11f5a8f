import type { Store } from '../catalogue/store/store.ts';
import { createDiscovery, type Discovery } from '../crawler/discovery/discovery.ts';
import { createTxtLookup } from '../crawler/discovery/txt-record.ts';
import type { KeyRing } from '../crawler/fetch/authorisation/key-ring.ts';
import { createFetchGate } from '../crawler/fetch/fetch-gate.ts';
import { createInProcessClock } from '../crawler/fetch/in-process-clock.ts';

/**
 * Discovery with the DNS of this machine and a gate of its own. Its clock is in the process, not in the store: a list has up to a
 * million domains, each asked a handful of times by this process alone, which is no row in the store each.
 */
export function openDiscovery(options: {
  contact: string;
  store: Pick<Store, 'manifests' | 'putSource' | 'secrets'>;
  keys: KeyRing;
  allowLoopback?: boolean;
}): { discovery: Discovery; close(): Promise<void> } {
  const gate = createFetchGate({ clock: createInProcessClock({ patienceMs: 5_000 }), contact: options.contact });
  const discovery = createDiscovery({
    fetch: gate.fetch,
    txt: createTxtLookup(),
    store: options.store,
    decryptionKeys: options.keys.decryption,
    allowLoopback: options.allowLoopback ?? false,
  });
  return { discovery, close: () => gate.close() };
}

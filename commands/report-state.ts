import type { Store } from '../catalogue/store/store.ts';
import type { Config } from '../config.ts';
import { formatError } from '../crawler/errors.ts';
import type { FetchGate } from '../crawler/fetch/gate-contract.ts';
import { createMail } from '../crawler/mail.ts';
import { createNotifier, createWebhook } from '../crawler/notify.ts';

const EVERY_MS = 10_000;

/** Tells over the channels of the configuration what is untold. */
export const notifierOf = (
  config: Pick<Config, 'webhook' | 'mail'>,
  { store, gate, log }: { store: Store; gate: FetchGate; log: (line: string) => void },
) =>
  createNotifier({
    states: store.states,
    leases: store.leases,
    log,
    channels: [
      ...(config.webhook ? [createWebhook(gate, config.webhook)] : []),
      ...(config.mail ? [createMail(config.mail)] : []),
    ],
  });

/** Keeps operators told while a crawler lives: changes of state over their channels, the depth of the queue in the store. */
export function reportState(
  config: Pick<Config, 'webhook' | 'mail'>,
  deps: { store: Store; gate: FetchGate; depth: () => Promise<number>; log: (line: string) => void },
) {
  const notifier = notifierOf(config, deps);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  async function step(): Promise<void> {
    try {
      await notifier.once();
      await deps.store.operations.tellQueueDepth(await deps.depth());
    } catch (error) {
      if (!stopped) deps.log(`reporting: ${formatError(error)}`);
    }
  }
  const now = (): Promise<void> => {
    current = current.then(step);
    return current;
  };
  const schedule = () => {
    if (!stopped) timer = setTimeout(() => void now().then(schedule), EVERY_MS);
  };
  schedule();
  return {
    /** After a run: what changed is told at once. */
    now,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

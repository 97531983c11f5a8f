import type { Store } from '../catalogue/store/store.ts';
import type { Config } from '../config.ts';
import { formatError } from '../crawler/errors.ts';
import type { FetchGate } from '../crawler/fetch/gate-contract.ts';
import { type Log, levelled } from '../crawler/log.ts';
import { createMail } from '../crawler/mail.ts';
import { createNotifier } from '../crawler/notify.ts';
import { createWebhook } from '../crawler/webhook.ts';
import { readWebhookKeys } from '../crawler/webhook-keys.ts';

const EVERY_MS = 10_000;

/** Tells over the channels of the configuration what is untold. */
export const notifierOf = (
  config: Pick<Config, 'webhook' | 'mail'>,
  { store, gate, log }: { store: Store; gate: FetchGate; log: Log | ((line: string) => void) },
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
  deps: { store: Store; gate: FetchGate; depth: () => Promise<number>; log: Log | ((line: string) => void) },
) {
  const notifier = notifierOf(config, deps);
  const log = levelled(deps.log);
  if (config.webhook?.secret && readWebhookKeys(config.webhook.secret).bare) {
    log.warn(
      'webhook: WEBHOOK_SECRET has no whsec_ secret alone; receivers verify with its bare text. Better: whsec_$(openssl rand -base64 32).',
    );
  }
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  async function step(): Promise<void> {
    try {
      await notifier.due();
      await deps.store.operations.tellQueueDepth(await deps.depth());
    } catch (error) {
      if (!stopped) log.warn(`reporting: ${formatError(error)}`);
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

import { randomUUID } from 'node:crypto';
import { isOn } from '../catalogue/source-switch.ts';
import type { Store } from '../catalogue/store/store.ts';
import { discoverAll } from '../crawler/discovery/discover-all.ts';
import type { Discovery, DiscoveryReport } from '../crawler/discovery/discovery.ts';
import { formatError } from '../crawler/errors.ts';
import type { KeyRing } from '../crawler/fetch/authorisation/key-ring.ts';
import type { HarvestQueue } from '../crawler/harvest/queue.ts';
import { type Log, levelled } from '../crawler/log.ts';
import type { SourceDefinition } from '../schema/index.ts';
import { openDiscovery } from './manifest-discovery.ts';

const EVERY_MS = 10 * 60_000;
const DUE_HOURS = 24;
const AT_A_TIME = 1_000;

interface Follower {
  /** Brings the schedules up to date now. */
  now(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Keeps the schedules those of the sources there are, those of manifests and those of the files that are on included, and asks for each
 * known manifest once a day. What the operator has switched on and nobody ever read is read at once.
 * Any number of processes may do so: one at a time asks, all take over what it found.
 */
export function followManifests(
  store: Store,
  deps: {
    contact: string;
    keys: KeyRing;
    queue: Pick<HarvestQueue, 'schedule' | 'enqueue'>;
    /** The sources of the sources folder, on or not. */
    files: readonly SourceDefinition[];
    /** Sources that are scheduled whatever is switched: the examples. */
    scheduled?: readonly SourceDefinition[];
    /** The example providers are on: of the files only what the operator has switched on is harvested. */
    demonstration: boolean;
    log: Log | ((line: string) => void);
    /** Left out: the real one. */
    discovery?: Discovery;
    everyMs?: number;
  },
): Follower {
  const log = levelled(deps.log);
  const owner = randomUUID();
  const opened = deps.discovery ? undefined : openDiscovery({ ...deps, store });
  const discovery = deps.discovery ?? opened?.discovery;
  let told = '';
  let working = Promise.resolve();
  let ended = false;

  async function reschedule(): Promise<void> {
    if (ended) return;
    const retired = await store.retirements.retired();
    const files = (await filesOn()).filter(({ file }) => !retired.has(file.id));
    const others = [...(deps.scheduled ?? []), ...(await store.manifests.scheduled())];
    const sources = [
      ...others.filter(({ id }) => !retired.has(id)),
      ...files.map(({ file, schedule }) => ({ ...file, schedule })),
    ];
    const now = JSON.stringify(sources.map(({ id, schedule }) => [id, schedule]));
    if (now !== told) {
      for (const { file } of files) await store.putSource(file);
      await deps.queue.schedule(sources);
    }
    told = now;
    for (const id of await store.manifests.neverRead()) await deps.queue.enqueue(id);
    const mine = new Set(files.map(({ file }) => file.id));
    for (const id of await store.switches.neverRead()) if (mine.has(id)) await deps.queue.enqueue(id);
  }

  /** The sources of the files that are harvested by a schedule: their own, or the one that came with the switch. */
  async function filesOn(): Promise<{ file: SourceDefinition; schedule: string }[]> {
    const switches = await store.switches.all();
    return deps.files.flatMap((file) => {
      const said = switches.get(file.id);
      const schedule = file.schedule ?? said?.schedule;
      return schedule && isOn(file, said?.on, deps.demonstration) ? [{ file, schedule }] : [];
    });
  }

  async function rediscover(): Promise<void> {
    if (!discovery || !(await store.leases.take('manifests', owner, 30 * 60))) return;
    try {
      const due = await store.manifests.due(DUE_HOURS, AT_A_TIME);
      const ask = async (wanted: readonly string[]) => {
        const lines = (function* () {
          for (const line of wanted) if (!ended) yield line;
        })();
        await discoverAll(discovery, lines, { atOnce: 4, onReport: (report) => logChanges(report, log) });
      };
      await ask(due.map(({ asked }) => asked));
      // A line may lead to another domain by now: the one it led to before is then asked for by its own name.
      const passedOver = new Set((await store.manifests.due(DUE_HOURS, AT_A_TIME)).map(({ domain }) => domain));
      await ask(due.map(({ domain }) => domain).filter((domain) => passedOver.has(domain)));
    } finally {
      await store.leases.release('manifests', owner);
    }
  }

  const turn = () => {
    working = working
      .then(rediscover)
      .then(reschedule)
      .catch((error) => log.warn(`manifests: ${formatError(error)}`));
  };
  const timer = setInterval(turn, deps.everyMs ?? EVERY_MS);
  timer.unref();
  return {
    now: reschedule,
    async stop() {
      ended = true;
      clearInterval(timer);
      await opened?.close();
      await working;
    },
  };
}

function logChanges({ asked, sources }: DiscoveryReport, log: Log): void {
  for (const { change, id, reason, problems } of sources) {
    const copied = problems.find(({ rule }) => rule === 'manifest-secret-copied');
    if (copied)
      log.warn(`manifest of ${asked}: ${id ?? 'a source'}: its secret stands in two manifests. ${copied.remedy}`);
    if (change === 'unchanged' || change === 'unsupported') continue;
    const line = change === 'vanished' || change === 'rejected' ? log.warn : log.info;
    line(`manifest of ${asked}: ${id ?? 'a source'} ${change}${reason ? ` (${reason})` : ''}`);
  }
}

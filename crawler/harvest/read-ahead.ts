import type { PageLink } from '../../catalogue/store/page-link.ts';
import type { QueuedPage } from '../../catalogue/store/runs.ts';
import type { Store } from '../../catalogue/store/store.ts';
import type { Cost, OpenPage } from './open-page.ts';

interface Ahead {
  url: string;
  cost: Cost;
  opened: Promise<OpenPage>;
  callOff(): void;
}

/**
 * One page ahead: the next page of a run is asked for while the last records of this one are still being stored.
 * It is asked of the host under the same budget as any other, and given back when the run goes another way.
 */
export function createReadAhead(
  runs: Store['runs'],
  run: string,
  /** Throws when the page is not to be read now; answers what makes the request. */
  prepare: (page: QueuedPage) => Promise<(cost: Cost, signal: AbortSignal) => Promise<OpenPage>>,
) {
  let ahead: Promise<Ahead | undefined> | undefined;

  /** The page that the run reads next, if this one turns out well. */
  async function following(at: QueuedPage, links: readonly PageLink[]): Promise<QueuedPage | undefined> {
    const queued = await runs.pageAfter(run, at.url);
    if (queued) return queued.attempts === 0 && queued.records === 0 ? queued : undefined;
    const [link] = links;
    if (!link || (await runs.alreadyRead(run, [link.url])).length) return undefined;
    return { url: link.url, role: link.role ?? null, modified: link.modified ?? null, records: 0, attempts: 0 };
  }

  async function drop(): Promise<void> {
    const dropped = await ahead;
    ahead = undefined;
    if (!dropped) return;
    // It may still wait for its host: then it is never made.
    dropped.callOff();
    await dropped.opened.then(
      ({ response }) => response?.dispose(),
      () => {},
    );
    if (dropped.cost.requests) await runs.addCost(run, dropped.cost);
  }

  return {
    /**
     * `links`: where the page in hand leads. Over when the request is on its way: what must be asked of the store before is
     * then not kept waiting by what is stored next.
     */
    async begin(at: QueuedPage, links: readonly PageLink[]): Promise<void> {
      const begun = async () => {
        const page = await following(at, links);
        if (!page) return undefined;
        const open = await prepare(page);
        const cost = { requests: 0, bytes: 0 };
        const calling = new AbortController();
        const opened = open(cost, calling.signal);
        opened.catch(() => {});
        return { url: page.url, cost, opened, callOff: () => calling.abort() };
      };
      // What forbids the page, or keeps the store from answering, is met again when the page's turn comes.
      ahead ??= begun().catch(() => undefined);
      await ahead;
    },
    /** What was asked for ahead, if it is this page. */
    async take(page: QueuedPage): Promise<Ahead | undefined> {
      const begun = await ahead;
      if (begun?.url !== page.url) return void (await drop());
      ahead = undefined;
      return begun;
    },
    drop,
  };
}

export type ReadAhead = ReturnType<typeof createReadAhead>;

import type { Context } from 'hono';
import { LRUCache } from 'lru-cache';

/** A page may be so old, in milliseconds, for one who had to wait for it. */
const FRESH_MS = 2_000;
/** Characters of all pages kept. */
const MOST_CHARACTERS = 4_000_000;

interface Page {
  status: number;
  headers: [string, string][];
  body: string;
}

/** Pages made at once for readers; more would only be ready later, each of them. */
const AT_ONCE = 3;

/** Pages of the last two seconds, for when many are asked for: what many want at once is made once. */
export function createKeptPages() {
  const pages = new LRUCache<string, Page>({
    ttl: FRESH_MS,
    maxSize: MOST_CHARACTERS,
    maxEntrySize: MOST_CHARACTERS / 10,
    sizeCalculation: ({ body }, key) => body.length + key.length + 500,
  });
  /** Those that are being made. */
  const underWay = new Map<string, Promise<Page | undefined>>();
  const waiting: (() => void)[] = [];
  let making = 0;
  const keyOf = (c: Context): string =>
    JSON.stringify([c.req.method, c.req.url, c.req.header('accept') ?? '', c.req.header('accept-language') ?? '']);

  async function make(c: Context, work: () => Promise<void>): Promise<Page | undefined> {
    if (making >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
    making += 1;
    try {
      await work();
    } finally {
      making -= 1;
      waiting.shift()?.();
    }
    const { status } = c.res;
    if (status !== 200 && status !== 404 && status !== 410) return undefined;
    const headers = [...c.res.headers].filter(([name]) => name !== 'x-request-id');
    return { status, headers, body: await c.res.clone().text() };
  }

  return {
    /**
     * The page that is asked for: one of just now while others wait (`queued`) or as many are being made as may be, else the
     * one that `work` puts into the context. What fails, fails for the one whose request it was.
     */
    async serve(c: Context, queued: boolean, work: () => Promise<void>): Promise<void> {
      const key = keyOf(c);
      if (queued || making >= AT_ONCE) {
        // Asked without a pause when there is none, or all who come in one moment would make their own.
        const other = underWay.get(key);
        const page = pages.get(key) ?? (other && (await other.catch(() => undefined)));
        if (page) {
          c.res = new Response(page.body, { status: page.status, headers: page.headers });
          return;
        }
      }
      const made = make(c, work);
      underWay.set(key, made);
      try {
        const page = await made;
        if (page) pages.set(key, page);
      } finally {
        if (underWay.get(key) === made) underWay.delete(key);
      }
    },
  };
}

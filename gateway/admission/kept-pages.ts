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

/** Pages of the last two seconds, for those who queue: what many ask for at once is made once. */
export function createKeptPages() {
  const pages = new LRUCache<string, Page>({
    ttl: FRESH_MS,
    maxSize: MOST_CHARACTERS,
    maxEntrySize: MOST_CHARACTERS / 10,
    sizeCalculation: ({ body }, key) => body.length + key.length + 500,
  });
  const keyOf = (c: Context): string =>
    JSON.stringify([c.req.method, c.req.url, c.req.header('accept') ?? '', c.req.header('accept-language') ?? '']);

  return {
    /** Puts the page that is asked for into the context, if there is one. */
    answer(c: Context): boolean {
      const page = pages.get(keyOf(c));
      if (page) c.res = new Response(page.body, { status: page.status, headers: page.headers });
      return page !== undefined;
    },
    async keep(c: Context): Promise<void> {
      if (c.res.status !== 200 && c.res.status !== 404 && c.res.status !== 410) return;
      const { status } = c.res;
      const headers = [...c.res.headers].filter(([name]) => name !== 'x-request-id');
      pages.set(keyOf(c), { status, headers, body: await c.res.clone().text() });
    },
  };
}

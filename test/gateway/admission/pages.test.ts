import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { describe, expect, test } from 'vitest';
import { createBehaviour, readsPages } from '../../../gateway/admission/behaviour.ts';
import { createKeptPages } from '../../../gateway/admission/kept-pages.ts';

describe('who asks for pages as a reader does', () => {
  /** A client that asks every so often and is answered within a millisecond. */
  function after(every: number) {
    let time = 0;
    const behaviour = createBehaviour(100, () => time);
    let reads = false;
    for (let i = 0; i < 20; i++) {
      const client = behaviour.arrive('one');
      reads = readsPages(client, time);
      time += 1;
      behaviour.leave(client, false);
      time += every - 1;
    }
    return reads;
  }

  test.each([
    [20, false],
    [50, false],
    [90, false],
    [200, true],
    [2_000, true],
  ])('a page every %i ms: %s', (every, reads) => {
    expect(after(every)).toBe(reads);
  });
});

describe('pages that many want', () => {
  const site = (queued: boolean) => {
    const pages = createKeptPages();
    let made = 0;
    let atOnce = 0;
    let most = 0;
    const app = new Hono();
    app.use((c, next) => pages.serve(c, queued, next));
    app.get('/:name', async (c) => {
      made += 1;
      atOnce += 1;
      most = Math.max(most, atOnce);
      await sleep(30);
      atOnce -= 1;
      return c.req.param('name') === 'broken' ? c.text('no', 500) : c.text(`${c.req.param('name')} ${made}`);
    });
    return { ask: async (path: string) => (await app.request(path)).text(), made: () => made, most: () => most };
  };

  test('are made once and given to all who queue; others are asked for themselves', async () => {
    const { ask, made } = site(true);
    expect(new Set(await Promise.all(Array.from({ length: 20 }, () => ask('/a'))))).toEqual(new Set(['a 1']));
    expect(await ask('/b')).toBe('b 2');
    expect(made()).toBe(2);
  });

  test('a few at once, even if all are different', async () => {
    const { ask, most, made } = site(false);
    const texts = await Promise.all(Array.from({ length: 12 }, (_, i) => ask(`/p${i}`)));
    expect(texts.map((text) => text.split(' ')[0])).toEqual(Array.from({ length: 12 }, (_, i) => `p${i}`));
    expect([made(), most()]).toEqual([12, 3]);
  });

  test('what fails is not kept for others', async () => {
    const { ask, made } = site(true);
    expect(await Promise.all([ask('/broken'), ask('/broken')])).toEqual(['no', 'no']);
    expect(made()).toBe(2);
  });
});

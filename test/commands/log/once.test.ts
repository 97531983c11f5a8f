import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { createLog } from '../../../commands/log/create-log.ts';
import { type Again, createOnce, folded } from '../../../commands/log/once.ts';

const FAST = { intervalsMs: [200, 800], quietMs: 2_500, most: 20, ids: 3 };

/** On a busy machine timers are late. */
async function until(done: () => boolean): Promise<void> {
  for (let tries = 0; tries < 1_000 && !done(); tries++) await sleep(20);
  expect(done()).toBe(true);
}

describe('told once and then counted', () => {
  test('at growing intervals, at its end, and anew when it comes back', async () => {
    const once = createOnce(FAST);
    const said: (Again | 'first')[] = [];
    const trouble = (id?: string) => {
      if (once.first('away', (again) => said.push(again), id)) said.push('first');
    };
    const started = performance.now();
    let times = 0;
    while (performance.now() < started + 2_300) {
      trouble(`r${times++}`);
      await sleep(10);
    }
    // Roughly after 200, 1000 and 1800 ms.
    expect(said[0]).toBe('first');
    expect(said.length).toBeGreaterThanOrEqual(3);
    expect(said.length).toBeLessThanOrEqual(5);
    await until(() => said.at(-1) !== 'first' && (said.at(-1) as Again).over);
    const last = said.at(-1) as Again;
    expect(last).toMatchObject({ over: true, total: { times } });
    expect(last.total.ms).toBeGreaterThan(2_000);
    const counted = said.slice(1).reduce((sum, again) => sum + (again as Again).times, 1);
    expect(counted).toBe(times);
    expect((said[1] as Again).ids).toEqual(['r1', 'r2', 'r3']);
    expect((said[2] as Again).ms).toBeGreaterThan((said[1] as Again).ms * 1.5);
    trouble();
    expect(said.at(-1)).toBe('first');
    once.flush();
  });

  test('what came once only is spoken of once only', async () => {
    const once = createOnce({ ...FAST, quietMs: 100 });
    const said: unknown[] = [];
    expect(once.first('a', (again) => said.push(again))).toBe(true);
    await sleep(300);
    expect(said).toEqual([]);
    expect(once.first('a', () => {})).toBe(true);
  });

  test('memory is bounded: the one not seen for longest makes room, its count is told', () => {
    const once = createOnce(FAST);
    const said: string[] = [];
    const trouble = (key: string) => once.first(key, ({ times }) => said.push(`${key} ${times}`));
    trouble('old');
    trouble('old');
    trouble('kept');
    for (let n = 0; n < FAST.most - 1; n++) {
      trouble(`other ${n}`);
      trouble('kept');
    }
    expect(said).toEqual(['old 1']);
    expect(trouble('kept')).toBe(false);
    expect(trouble('old')).toBe(true);
    for (let n = 0; n < 50_000; n++) trouble(`flood ${n}`);
    once.flush();
    expect(said).toEqual(['old 1', expect.stringMatching(/^kept \d+$/)]);
  });

  test('nothing keeps a process alive', async () => {
    const once = createOnce(FAST);
    once.first('a', () => {});
    const timers = process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const other = createOnce(FAST);
    other.first('b', () => {});
    expect(process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length).toBe(timers);
  });
});

describe('which lines are the same trouble', () => {
  test.each([
    ['connect ECONNREFUSED 127.0.0.1:6379', 'connect ECONNREFUSED 127.0.0.1:40312'],
    ['left alone until 2026-11-27T05:28:39.123Z', 'left alone until 2026-11-28T00:00:00.000Z'],
    ['error 7b2c1f6e-0d1a-4c55-9a52-0b8f8f2f7c11 in x', 'error 00000000-0d1a-4c55-9a52-0b8f8f2f7cff in x'],
    ['run 0f3a9c5b7d1e2f40 goes on', 'run a1a1a1a1a1a1a1a1 goes on'],
    ['took 12.5 s', 'took 7 s'],
  ])('%s = %s', (one, other) => {
    expect(folded(one)).toBe(folded(other));
  });
  test.each([
    ['source a is broken', 'source b is broken'],
    ['timeout', 'time out'],
  ])('%s ≠ %s', (one, other) => {
    expect(folded(one)).not.toBe(folded(other));
  });
});

describe('in the log', () => {
  const capture = (level = 'info') => {
    const lines: Record<string, unknown>[] = [];
    const write = (text: string) => void lines.push(JSON.parse(text));
    return { ...createLog({ level, format: 'json', colour: false, secrets: [], write, once: FAST }), lines };
  };

  test('queue, search and webhook trouble, reported errors: one line each, then a count', async () => {
    const { log, reportError, lines, within } = capture();
    const queue = log.child('queue');
    for (let n = 0; n < 40; n++) {
      queue.warn(`connect ECONNREFUSED 127.0.0.1:${6379 + n}`);
      log.warn(`search index: the engine answered ${500 + n}. Trying again.`);
      within({ requestId: `r${n}` }, () =>
        reportError({
          id: `e${n}`,
          where: 'search',
          path: ['search', 'edges', n],
          error: new Error(`lost after ${n} ms`),
        }),
      );
      log('queue: plain lines too, when they say exactly the same');
    }
    expect(lines).toHaveLength(4);
    await until(() => lines.length === 8);
    const again = lines.slice(4);
    expect(again.map(({ times }) => times)).toEqual([39, 39, 39, 39]);
    expect(again.map(({ level }) => level)).toEqual(['warn', 'warn', 'error', 'info']);
    expect(again.map(({ msg }) => msg)).toContainEqual(
      expect.stringMatching(/^connect ECONNREFUSED 127\.0\.0\.1:6379 … 39 more times in \d+ s$/),
    );
    expect(again.find(({ level }) => level === 'error')).toMatchObject({
      ids: [{ errorId: 'e1', requestId: 'r1' }, {}, {}],
    });
    // A count belongs to no request.
    for (const line of again) expect(line).not.toHaveProperty('requestId');
  });

  test('a stranger who makes the same error with ever other texts does not fill the log', () => {
    const { reportError, lines } = capture();
    for (let n = 0; n < 100; n++) {
      const word = String.fromCharCode(97 + (n % 26)).repeat(1 + (n % 7));
      reportError({ id: `e${n}`, where: 'search', error: new Error(`invalid input syntax for type date: "${word}"`) });
    }
    reportError({ id: 'other', where: 'search', error: new Error('no such table: "records"') });
    expect(lines).toHaveLength(2);
  });

  test('different components, levels and texts are different troubles; news with other numbers is news', () => {
    const { log, lines } = capture();
    log.child('a').warn('away');
    log.child('b').warn('away');
    log.warn('away');
    log.error('away');
    log('run 1: 3 records');
    log('run 2: 3 records');
    expect(lines).toHaveLength(6);
  });

  test('at debug everything is told', () => {
    const { log, lines } = capture('debug');
    for (let n = 0; n < 5; n++) log.warn('away');
    expect(lines).toHaveLength(5);
  });
});

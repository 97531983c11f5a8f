import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import type { Asker } from '../../../gateway/admission/asker.ts';
import { createBehaviour } from '../../../gateway/admission/behaviour.ts';
import { LONGEST_QUEUE, LONGEST_WAIT_MS } from '../../../gateway/admission/lane.ts';
import { createLanes, LANES, type LaneName } from '../../../gateway/admission/lanes.ts';

const behaviour = createBehaviour();
let last = 0;
const asker = (key = `asker ${++last}`): Asker => ({ client: behaviour.arrive(key), connection: {} });
/** A client that asks, reads for a while and asks again. */
async function calmAsker(): Promise<Asker> {
  const one = asker();
  for (let n = 0; n < 3; n++) {
    behaviour.leave(one.client, false);
    await sleep(12);
    behaviour.arrive(one.client.key);
  }
  return one;
}
/** One that asks without a pause. */
async function loopingAsker(): Promise<Asker> {
  const one = asker();
  for (let n = 0; n < 3; n++) {
    await sleep(12);
    behaviour.leave(one.client, false);
    behaviour.arrive(one.client.key);
  }
  return one;
}
describe('a lane', () => {
  test('lets one client ask 500 times in a row without waiting, whatever it asks', async () => {
    const lanes = createLanes();
    lanes.others();
    for (const name of Object.keys(LANES) as LaneName[]) {
      const one = asker();
      const began = performance.now();
      for (let n = 0; n < 500; n++) (await lanes[name].turn(one))?.(1);
      expect(performance.now() - began).toBeLessThan(250);
    }
  });

  test('keeps many in a loop to its share while others are served', async () => {
    let worked = 0;
    const lanes = createLanes(undefined, () => worked);
    const end = performance.now() + 1_000;
    await Promise.all(
      Array.from({ length: 50 }, async () => {
        const one = asker();
        while (performance.now() < end) {
          lanes.others();
          const done = await lanes.unread.turn(one);
          if (performance.now() < end) worked += 5;
          done?.();
        }
      }),
    );
    expect(worked).toBeGreaterThan(20);
    expect(worked).toBeLessThan(1_000 * LANES.unread.share * 1.6);
  });

  test('has all the time when nobody else wants any', async () => {
    const timeOf50 = async (others: boolean): Promise<number> => {
      let worked = 0;
      const lanes = createLanes(undefined, () => worked);
      const began = performance.now();
      await Promise.all(
        Array.from({ length: 50 }, async () => {
          if (others) lanes.others();
          const done = await lanes.unread.turn(asker());
          worked += 4;
          done?.();
        }),
      );
      return performance.now() - began;
    };
    expect(await timeOf50(true)).toBeGreaterThan(800);
    expect(await timeOf50(false)).toBeLessThan(400);
  });

  test('gives calm clients their turn before loops, and each client in turn', async () => {
    const lanes = createLanes();
    const order: string[] = [];
    const loops = await Promise.all(Array.from({ length: 12 }, loopingAsker));
    const calm = await calmAsker();
    const busy = [1, 2, 3, 4, 5].map(() => asker('many at once'));
    const wait = async (name: string, one: Asker) => {
      const done = await lanes.dear.turn(one);
      order.push(name);
      await sleep(2);
      done?.();
    };
    // Three hold the lane, then all others come, the calm one last.
    await Promise.all([
      ...loops.slice(0, 3).map((one) => wait('first', one)),
      ...busy.map((one) => wait('busy', one)),
      ...loops.slice(3).map((one) => wait('loop', one)),
      wait('calm', calm),
    ]);
    expect(order.indexOf('calm')).toBeLessThan(5);
    // The client with five requests open comes after those with one.
    expect(order.indexOf('busy')).toBeGreaterThan(order.indexOf('loop'));
  });

  test('gives those who were here before their turn before a crowd of newcomers, and one newcomer his before loops', async () => {
    const lanes = createLanes();
    const loop = await loopingAsker();
    const firstOf = async (others: Asker[], name: string, one: Asker) => {
      const order: string[] = [];
      const wait = async (called: string, who: Asker) => {
        const done = await lanes.page.turn(who);
        order.push(called);
        await sleep(2);
        done?.();
      };
      const held = Array.from({ length: LANES.page.free }, () => asker());
      await Promise.all([
        ...held.map((who) => wait('held', who)),
        ...others.map((who) => wait('other', who)),
        wait(name, one),
      ]);
      return order.find((called) => called !== 'held');
    };
    const crowd = Array.from({ length: 30 }, () => asker());
    expect(await firstOf(crowd, 'known', loop)).toBe('known');
    const loops = await Promise.all(Array.from({ length: 30 }, loopingAsker));
    expect(await firstOf(loops, 'newcomer', asker())).toBe('newcomer');
  });

  test('turns away within two seconds, and at once when too many wait', async () => {
    const lanes = createLanes();
    const held = await Promise.all(Array.from({ length: LANES.dear.free }, () => lanes.dear.turn(asker())));
    expect(held).not.toContain(undefined);
    const began = performance.now();
    const late = lanes.dear.turn(asker());
    const one = asker();
    const many = Array.from({ length: LONGEST_QUEUE.client + 1 }, () => lanes.dear.turn(one));
    expect(await many.at(-1)).toBeUndefined();
    expect(performance.now() - began).toBeLessThan(500);
    expect(await late).toBeUndefined();
    expect(performance.now() - began).toBeGreaterThanOrEqual(LONGEST_WAIT_MS / 2 - 5);
    expect(performance.now() - began).toBeLessThan(LONGEST_WAIT_MS + 1_000);
    await Promise.all(many);
    expect(lanes.dear.waiting).toBe(0);
  });

  test('does not turn away in one moment those who came in one: they would be back in one', async () => {
    const lanes = createLanes();
    await Promise.all(Array.from({ length: LANES.dear.free }, () => lanes.dear.turn(asker())));
    const ended = await Promise.all(
      Array.from({ length: 50 }, () => lanes.dear.turn(asker()).then(() => performance.now())),
    );
    expect(Math.max(...ended) - Math.min(...ended)).toBeGreaterThan(LONGEST_WAIT_MS / 4);
  });

  test('holds no more than a thousand', async () => {
    const lanes = createLanes();
    const held = await Promise.all(
      Array.from({ length: LANES.dear.free + 1 }, () => Promise.race([lanes.dear.turn(asker()), sleep(5)])),
    );
    expect(held.length).toBe(LANES.dear.free + 1);
    const all = Array.from({ length: LONGEST_QUEUE.all + 50 }, () => lanes.dear.turn(asker()));
    expect(lanes.dear.waiting).toBeLessThanOrEqual(LONGEST_QUEUE.all);
    expect(await all.at(-1)).toBeUndefined();
    await Promise.all(all);
  });

  test('does no work for those who have hung up', async () => {
    const lanes = createLanes();
    const holders = [asker(), asker(), asker()];
    const ends = [];
    for (const one of holders.slice(0, 2)) ends.push(await lanes.dear.turn(one));
    const gone = asker();
    const waits = lanes.dear.turn(gone);
    gone.connection.destroyed = true;
    for (const end of ends) end?.();
    expect(await waits).toBeUndefined();
  });
});

describe('behaviour', () => {
  test('remembers a bounded number of clients', () => {
    const few = createBehaviour(100);
    for (let n = 0; n < 1_000; n++) few.arrive(`10.0.${n >> 8}.${n & 255}`);
    expect(few.size).toBe(100);
  });
});

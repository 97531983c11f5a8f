import { hash } from 'node:crypto';

/** What a feed has said so far, by what it is called: how often, and whether it was called the same then. */
export interface Seen {
  /** Counts it. `times`: how often it was said, this time too; `first`: whether `about` is what it was said with at first. */
  add(called: string, about?: string): { times: number; first: boolean };
}

/** Two halves of a digest of what it is called, one of what it is about, and how often. */
const SLOT = 4;
const FULL = 0.7;

/**
 * One catalogue may have a million records. Of each, sixteen bytes of digests are kept instead of its texts: that two of one feed are
 * taken for one is as likely as 1 in 10,000,000 among a million (64 bits).
 */
export function createSeen(capacity = 1024): Seen {
  let slots = new Int32Array(capacity * SLOT);
  let size = 0;

  /** Where it stands, or would: open addressing, one step on. `times` is 0 in a slot that is free. */
  function find(table: Int32Array, high: number, low: number): number {
    const mask = table.length / SLOT - 1;
    for (let n = low & mask; ; n = (n + 1) & mask) {
      const at = n * SLOT;
      if (table[at + 3] === 0 || (table[at] === high && table[at + 1] === low)) return at;
    }
  }

  function grow(): void {
    const wider = new Int32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += SLOT) {
      if (slots[at + 3] === 0) continue;
      wider.set(slots.subarray(at, at + SLOT), find(wider, slots[at] as number, slots[at + 1] as number));
    }
    slots = wider;
  }

  return {
    add(called, about = '') {
      const digest = hash('sha1', called, 'buffer');
      const told = about ? hash('sha1', about, 'buffer').readInt32LE() : 0;
      const [high, low] = [digest.readInt32LE(), digest.readInt32LE(4)];
      const at = find(slots, high, low);
      const times = (slots[at + 3] as number) + 1;
      if (times > 1) {
        slots[at + 3] = times;
        return { times, first: slots[at + 2] === told };
      }
      slots.set([high, low, told, 1], at);
      if (++size > (slots.length / SLOT) * FULL) grow();
      return { times, first: true };
    },
  };
}

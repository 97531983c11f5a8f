import { hash } from 'node:crypto';

/** What a feed has said so far, by what it is called: how often, and whether it was called the same then. */
export interface Seen {
  /** Counts it. `times`: how often it was said, this time too; `first`: whether `about` is what it was said with at first. */
  add(called: string, about?: string): { times: number; first: boolean };
  has(called: string): boolean;
}

/** Two halves of a digest of what it is called; then what it is about (24 bits) and how often it came (8 bits). */
const SLOT = 3;
const FULL = 0.85;
/** What comes oftener is counted by its name. */
const MOST = 255;

function digestOf(called: string): [number, number] {
  const digest = hash('sha1', called, 'buffer');
  return [digest.readInt32LE(), digest.readInt32LE(4)];
}

/**
 * One catalogue may have a million records. Of each, twelve bytes of digests are kept instead of its texts: that two of one feed are
 * taken for one is as likely as 1 in 10,000,000 among a million (64 bits).
 */
export function createSeen(capacity = 1024): Seen {
  let slots = new Int32Array(capacity * SLOT);
  let size = 0;
  const often = new Map<string, number>();

  /** Where it stands, or would: open addressing, one step on. The third is 0 in a slot that is free. */
  function find(table: Int32Array, high: number, low: number): number {
    const mask = table.length / SLOT - 1;
    for (let n = low & mask; ; n = (n + 1) & mask) {
      const at = n * SLOT;
      if (table[at + 2] === 0 || (table[at] === high && table[at + 1] === low)) return at;
    }
  }

  function grow(): void {
    const wider = new Int32Array(slots.length * 2);
    for (let at = 0; at < slots.length; at += SLOT) {
      if (slots[at + 2] === 0) continue;
      wider.set(slots.subarray(at, at + SLOT), find(wider, slots[at] as number, slots[at + 1] as number));
    }
    slots = wider;
  }

  function timesOf(called: string, before: number): number {
    if (before < MOST) return before + 1;
    const times = (often.get(called) ?? MOST) + 1;
    often.set(called, times);
    return times;
  }

  return {
    has(called) {
      const [high, low] = digestOf(called);
      return slots[find(slots, high, low) + 2] !== 0;
    },
    add(called, about = '') {
      const told = about ? hash('sha1', about, 'buffer').readInt32LE() & ~MOST : 0;
      const [high, low] = digestOf(called);
      const at = find(slots, high, low);
      const known = slots[at + 2] as number;
      const times = timesOf(called, known & MOST);
      slots[at + 2] = ((known === 0 ? told : known) & ~MOST) | Math.min(times, MOST);
      if (known !== 0) return { times, first: (known & ~MOST) === told };
      slots.set([high, low], at);
      if (++size > (slots.length / SLOT) * FULL) grow();
      return { times, first: true };
    },
  };
}

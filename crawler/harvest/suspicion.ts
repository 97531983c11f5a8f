import { createReadStream } from 'node:fs';
import type { Store } from '../../catalogue/store/store.ts';
import { bodyOnDisk } from '../unpack/on-disk.ts';
import type { Turns } from './turns.ts';

/** A place in a page, to be worked on: begun, perhaps ended by the death of the process, else ended here. */
export interface Suspicion {
  /** Waits until nothing else is worked on in this process, and notes the record. Answers how often it was begun so, this time included, and whether it was ever read to be taken in. */
  begin(record: number): Promise<{ starts: number; taken: boolean }>;
  /** The record is read and is now taken in. */
  take(record: number): Promise<void>;
  /** The record has done no harm. */
  end(): void;
  /** Others may work; what was in hand stays noted. */
  rest(): void;
  /** The record that was begun last and is not ended. */
  readonly inHand: number | undefined;
}

/**
 * A page whose worker died is read record by record, each alone in the process and noted before: if the process dies again,
 * the record in hand is to blame and nothing else can be.
 */
export function createSuspicion(runs: Store['runs'], turns: Turns, run: string, url: string): Suspicion {
  let leave: (() => void) | undefined;
  let inHand: number | undefined;
  const rest = () => {
    leave?.();
    leave = undefined;
  };
  return {
    async begin(record) {
      leave = await turns.alone();
      const step = inHand === record ? 'reread' : 'read';
      inHand = record;
      return runs.recordInHand(run, url, record, step);
    },
    async take(record) {
      await runs.recordInHand(run, url, record, 'take');
    },
    end() {
      rest();
      inHand = undefined;
    },
    rest,
    get inHand() {
      return inHand;
    },
  };
}

/**
 * A body whose reader takes part in the turns: while it waits for the source it does not work. What it does after the last
 * chunk is work too, until `done`.
 */
export function inTurn(turns: Turns, body: AsyncIterable<Uint8Array>) {
  let leave: (() => void) | undefined;
  let over = false;
  const rest = () => {
    leave?.();
    leave = undefined;
  };
  const work = async () => {
    leave ??= await turns.beside();
    // The reader has left meanwhile: nobody would end this turn.
    if (over) rest();
  };
  async function* chunks() {
    try {
      for await (const chunk of body) {
        await work();
        yield chunk;
        rest();
      }
    } finally {
      await work();
    }
  }
  return {
    body: chunks(),
    done() {
      over = true;
      rest();
    },
  };
}

/**
 * A body on disk, so that who works on it alone waits for no source. What cuts it off is told where it happened: after what
 * came before.
 */
export async function* onDisk(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { path, cut, remove } = await bodyOnDisk(body);
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
    if (cut) throw cut.error;
  } finally {
    await remove();
  }
}

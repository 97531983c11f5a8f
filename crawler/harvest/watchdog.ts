import { url as inspectorUrl } from 'node:inspector';
import { Worker } from 'node:worker_threads';

/** A page that a format works on, for the thread that watches. */
export interface AtWork {
  /** How many records it gave so far. */
  record(n: number): void;
  /** The format works. */
  begin(): void;
  /** It waits for the body, or has ended. */
  rest(): void;
}

const BEAT_MS = 1_000;
const MESSAGE_BYTES = 2_048;
/** Places in the shared numbers. */
const [BEATS, WORKING, RECORD, LIMIT, LENGTH] = [0, 1, 2, 3, 4];

const shared = new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT + MESSAGE_BYTES);
const numbers = new Int32Array(shared, 0, 5);
const message = new Uint8Array(shared, 5 * Int32Array.BYTES_PER_ELEMENT);
let thread: Worker | undefined;
let shown: object | undefined;

/**
 * Watches over a page that a format reads. A format in a loop without end keeps the process from everything, also from stopping
 * it: then the process ends with a line that says of which page, and who carries the run on reads the page record by record
 * (`suspicion.ts`), until it is known what to leave out.
 */
export function watchWork({ format, url, ms }: { format: string; url: string; ms: number }): AtWork {
  startThread();
  const page = {};
  const words = `the format ${format} did not come to an end within ${ms / 1000} s on ${url}`;
  let working = false;
  let given = 0;
  const work = (now: boolean) => {
    if (now === working) return;
    working = now;
    Atomics.add(numbers, WORKING, now ? 1 : -1);
  };
  return {
    record(n) {
      given = n;
    },
    begin() {
      if (shown !== page) {
        shown = page;
        // A half of a character at the end is left out by encodeInto.
        Atomics.store(numbers, LENGTH, new TextEncoder().encodeInto(words, message).written);
        Atomics.store(numbers, LIMIT, Math.ceil(ms / BEAT_MS));
      }
      Atomics.store(numbers, RECORD, given);
      work(true);
    },
    rest: () => work(false),
  };
}

/** The thread counts its own looks, not the time: a machine that slept has not been at work. */
const WATCH = `
const { workerData } = require('node:worker_threads');
const { writeSync } = require('node:fs');
const numbers = new Int32Array(workerData.shared, 0, 5);
const message = new Uint8Array(workerData.shared, 20);
let beats = -1;
let still = 0;
setInterval(() => {
  const now = Atomics.load(numbers, ${BEATS});
  still = now === beats && Atomics.load(numbers, ${WORKING}) > 0 ? still + 1 : 0;
  beats = now;
  if (still <= Atomics.load(numbers, ${LIMIT})) return;
  const words = Buffer.from(message.slice(0, Atomics.load(numbers, ${LENGTH}))).toString();
  const line = 'credatlas: ' + words + ', after record ' + Atomics.load(numbers, ${RECORD}) +
    ', so the process ends. Start it again: the page is then read record by record, and left out from there on if that happens three times; please report it with the page.\\n';
  try {
    writeSync(2, line);
  } finally {
    process.kill(process.pid, 'SIGKILL');
  }
}, ${BEAT_MS});
`;

function startThread(): void {
  // Who looks into the process with a debugger stops it at will.
  if (thread || inspectorUrl()) return;
  thread = new Worker(WATCH, { eval: true, workerData: { shared }, execArgv: [] });
  thread.unref();
  // Whoever cannot be watched works all the same.
  thread.on('error', () => {});
  setInterval(() => Atomics.add(numbers, BEATS, 1), BEAT_MS / 2).unref();
}

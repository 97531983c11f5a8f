import type { Discovery, DiscoveryReport } from './discovery.ts';

/** Asks for many lines, at most `atOnce` of them at a time, and reads no further ahead than that; reports come as they are ready. */
export async function discoverAll(
  discovery: Discovery,
  lines: AsyncIterable<string> | Iterable<string>,
  options: { atOnce: number; dryRun?: boolean; onReport: (report: DiscoveryReport) => void },
): Promise<void> {
  const waiting = (Symbol.asyncIterator in lines ? lines : fromSync(lines))[Symbol.asyncIterator]();
  let failed = false;
  const worker = async () => {
    while (!failed) {
      const next = await waiting.next();
      if (next.done) return;
      // Blank lines and comments.
      const line = next.value.replace(/#.*$/, '').trim();
      if (line === '') continue;
      try {
        options.onReport(await discovery.discover(line, { dryRun: options.dryRun }));
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: options.atOnce }, worker));
  const broken = ends.find((end) => end.status === 'rejected');
  if (broken) throw broken.reason;
}

async function* fromSync(lines: Iterable<string>): AsyncGenerator<string> {
  yield* lines;
}

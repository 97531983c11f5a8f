import type { Format } from '../format.ts';
import type { PageResult } from './process-page.ts';
import { type Intake, takeIn } from './take-in.ts';
import type { Turns } from './turns.ts';

/**
 * Records that ended their workers a while ago and are the same: each is tried once more, after the others of its page and
 * alone in the process. One that ends the worker again has had its turn for a while; an innocent one is in.
 */
export async function secondChance(
  { intake, format, turns }: { intake: Intake; format: Format; turns: Turns },
  at: Omit<Parameters<typeof takeIn>[1], 'cursor'>,
  { tryAgain, records }: Pick<PageResult, 'tryAgain' | 'records'>,
): Promise<void> {
  for (const item of tryAgain) {
    const leave = await turns.alone();
    try {
      await intake.tries?.(at.source.id, item.identifier);
      await takeIn({ intake, format }, { ...at, cursor: records }, [{ ...item, secondChance: true }], []);
    } finally {
      leave();
    }
  }
}

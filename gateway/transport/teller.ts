import type { ReportError } from '../../subgraphs/shared/errors.ts';
import { SubgraphDown } from './subgraph-down.ts';

/** Single failures are told at most so often, ms. */
const QUIET = 60_000;

/** Tells whoever runs the gateway about a subgraph: once when it is gone, once when it is back, single failures now and then. */
export function createTeller(name: string, where: string, report: ReportError) {
  const place = `subgraph ${name} (${where})`;
  const tell = (error: unknown) => report({ id: name, where: place, error });
  let last = Number.NEGATIVE_INFINITY;
  let untold = 0;
  let goneSince: number | undefined;
  return {
    /** A request failed. */
    trouble(error: Error): void {
      if (goneSince !== undefined || performance.now() - last < QUIET) {
        untold += 1;
        return;
      }
      last = performance.now();
      tell(
        untold > 0
          ? new SubgraphDown(`${error.message} (and ${untold} failures since it was last told)`, { cause: error })
          : error,
      );
      untold = 0;
    },
    gone(error: Error): void {
      if (goneSince !== undefined) return;
      goneSince = performance.now();
      tell(new SubgraphDown(`is taken out until it answers: ${error.message}`, { cause: error.cause ?? error }));
    },
    back(): void {
      if (goneSince === undefined) return;
      const seconds = Math.round((performance.now() - goneSince) / 100) / 10;
      goneSince = undefined;
      last = Number.NEGATIVE_INFINITY;
      untold = 0;
      // A notice, not an error: no stack.
      tell(`answers again after ${seconds} s`);
    },
  };
}

export type Teller = ReturnType<typeof createTeller>;

/** Single statements in a row that may pass a transaction which waits. */
const MOST_IN_A_ROW = 8;

/**
 * Who has the one session of an embedded database. Transactions (batches of a harvest, of the indexer) take long and follow one
 * another; single statements, which readers wait for, go before those that wait, within measure.
 */
export function createSessionTurns() {
  const single: (() => Promise<void>)[] = [];
  const whole: (() => Promise<void>)[] = [];
  let taken = false;
  let inARow = 0;

  async function next(): Promise<void> {
    if (taken) return;
    const passes = single.length > 0 && (whole.length === 0 || inARow < MOST_IN_A_ROW);
    const work = (passes ? single : whole).shift();
    if (!work) return;
    inARow = passes && whole.length > 0 ? inARow + 1 : 0;
    taken = true;
    await work();
    taken = false;
    void next();
  }

  return {
    /** Runs `work` when nobody else has the session. */
    take<T>(work: () => Promise<T>, kind: 'statement' | 'transaction'): Promise<T> {
      const turn = new Promise<T>((resolve, reject) => {
        (kind === 'statement' ? single : whole).push(() => work().then(resolve, reject));
      });
      void next();
      return turn;
    },
  };
}

/**
 * What counts as a misspelling, by Meilisearch's published rules: words of 5 letters may have 1 typo, of 9 letters 2;
 * an edit is an insertion, deletion, substitution or swap of neighbours; a wrong first letter counts double; numbers
 * are never misspelt. Both the Postgres engine and the highlighter ask here.
 */
export const ONE_TYPO_FROM = 5;
export const TWO_TYPOS_FROM = 9;

const NUMBER = /^\p{N}+$/u;

export const isNumber = (word: string): boolean => NUMBER.test(word);

/** How many typos a searched word may have. */
export function typosAllowed(word: string): 0 | 1 | 2 {
  const length = letterCount(word);
  return length < ONE_TYPO_FROM || isNumber(word) ? 0 : length < TWO_TYPOS_FROM ? 1 : 2;
}

const letterCount = (word: string): number => {
  let count = 0;
  for (const _ of word) count += 1;
  return count;
};

/**
 * Optimal string alignment distance between `wanted` and `found`, or between `wanted` and the nearest beginning of
 * `found` when `prefix`; anything above `most` is answered as `most + 1`.
 */
export function editDistance(wanted: string, found: string, most: number, prefix: boolean): number {
  const n = wanted.length;
  const width = prefix ? Math.min(found.length, n + most) : found.length;
  if (width < n - most || (!prefix && width > n + most)) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: n + 1 }, (_, i) => i);
  let best = last[n] ?? n;
  for (let j = 1; j <= width; j++) {
    const row = [j];
    let smallest = j;
    for (let i = 1; i <= n; i++) {
      const same = wanted[i - 1] === found[j - 1];
      let cost = Math.min((last[i] ?? 0) + 1, (row[i - 1] ?? 0) + 1, (last[i - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && wanted[i - 1] === found[j - 2] && wanted[i - 2] === found[j - 1]) {
        cost = Math.min(cost, (beforeLast[i - 2] ?? 0) + 1);
      }
      row[i] = cost;
      if (cost < smallest) smallest = cost;
    }
    beforeLast = last;
    last = row;
    best = Math.min(best, row[n] ?? n);
    if (smallest > most && j > 1) break;
  }
  return Math.min(prefix ? best : (last[n] ?? n), most + 1);
}

/** The number of typos (0, 1, 2) with which `found` answers `wanted`, undefined when it does not. */
export function typoCount(
  wanted: string,
  found: string,
  allowed: number = typosAllowed(wanted),
  prefix = false,
): 0 | 1 | 2 | undefined {
  if (wanted === found || (prefix && found.startsWith(wanted))) return 0;
  if (allowed === 0 || isNumber(found)) return undefined;
  if (wanted.codePointAt(0) !== found.codePointAt(0)) {
    return allowed === 2 && editDistance(wanted, found, 1, prefix) === 1 ? 2 : undefined;
  }
  const distance = editDistance(wanted, found, allowed, prefix);
  return distance <= allowed && distance > 0 ? (distance as 1 | 2) : undefined;
}

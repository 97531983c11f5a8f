import { badUserInput } from './errors.ts';

/** The most that one list answers. */
export const LARGEST_PAGE = 100;

/** A `first` argument, checked. */
export function pageSize(first: number | null | undefined, otherwise: number, place = 'first'): number {
  const size = first ?? otherwise;
  if (size >= 1 && size <= LARGEST_PAGE) return size;
  throw badUserInput(`${place}: ${size} is not between 1 and ${LARGEST_PAGE}`, {
    argument: place,
    remedy: `ask for at most ${LARGEST_PAGE} and page on with "after"`,
  });
}

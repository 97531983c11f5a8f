import { badUserInput } from './errors.ts';

/** The most that one list answers. */
export const LARGEST_PAGE = 100;

/** A `first` argument, checked; 0 asks for counts only. */
export function pageSize(
  first: number | null | undefined,
  otherwise: number,
  place = 'first',
  most = LARGEST_PAGE,
): number {
  const size = first ?? otherwise;
  if (size >= 0 && size <= most) return size;
  throw badUserInput(`${place}: ${size} is not between 0 and ${most}`, {
    argument: place,
    remedy: most === LARGEST_PAGE ? `ask for at most ${most} and page on with "after"` : `ask for at most ${most}`,
  });
}

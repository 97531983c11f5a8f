import {
  InvalidPosition,
  SEARCH_WINDOW,
  type SearchPosition,
  SearchWindowExceeded,
  type SortKey,
} from './search-engine.ts';

type Check = (part: unknown) => boolean;

const id: Check = (part) => typeof part === 'string' && /^[A-Za-z0-9_-]{1,200}$/.test(part);
const place: Check = (part) => Number.isSafeInteger(part) && (part as number) >= 0;
const number: Check = (part) => typeof part === 'number' && Number.isFinite(part);
const day: Check = (part) => place(part) && (part as number) < 2 ** 31;
const text: Check = (part) =>
  typeof part === 'string' && part !== '' && part.length <= 400 && !part.includes('\0') && part.isWellFormed();
const currency: Check = (part) => typeof part === 'string' && /^[A-Z]{3}$/.test(part);
const orNothing =
  (check: Check): Check =>
  (part) =>
    part === null || check(part);

/** What a position of each order is made of. */
const PARTS: Readonly<Record<SortKey, readonly Check[]>> = {
  // hits up to and with this one; tier and rank are the engine's own
  relevance: [place, place, number, id],
  // where in the change log the listing began; the hit's place in it
  newest: [place, place, id],
  title: [orNothing(text), id],
  startDate: [orNothing(day), id],
  ects: [orNothing(number), id],
  // price in the currency of the order; first currency and its price
  cost: [orNothing(number), orNothing(currency), orNothing(number), id],
  id: [id],
};

/** The position, when it can be one of this order. Readers may have made it up, so every part is looked at. */
export function checkPosition(by: SortKey, position: SearchPosition): SearchPosition {
  const parts = PARTS[by];
  if (!Array.isArray(position) || position.length !== parts.length) throw new InvalidPosition();
  if (!parts.every((check, i) => check(position[i]))) throw new InvalidPosition();
  if (by === 'relevance' && Number(position[0]) >= SEARCH_WINDOW) throw new SearchWindowExceeded();
  return position;
}

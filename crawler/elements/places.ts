import type { Opportunity } from '../../schema/index.ts';
import { countryCode } from '../../schema/parse/country.ts';
import { plainText } from '../../schema/parse/text.ts';
import { modesOfLearning } from '../../schema/vocabularies/index.ts';
import type { Spot } from '../record/spot.ts';

/** ISO 3166-1 alpha-2; what is no country is noted. A name in several languages is one country. */
export function readCountry(spot: Spot): string | undefined {
  const words = [spot.said(), ...spot.texts().map(({ value }) => value)].filter((word) => word !== undefined);
  const code = words.map(countryCode).find(Boolean);
  if (!code && words.length) spot.note('unknown-country', undefined, words[0]);
  return code;
}

/** The country in the last line of an address, where that is a country's name. */
export function countryOfAddress(lines: readonly string[]): string | undefined {
  const word = lines.at(-1)?.split(/[,\n]/).at(-1)?.trim();
  return word && word.length > 3 ? countryCode(word) : undefined;
}

/** What a source says of the place of a run, in the order in which an address is written. */
export interface PlaceFacts {
  name?: string | undefined;
  street?: string | undefined;
  postcode?: string | undefined;
  locality?: string | undefined;
  region?: string | undefined;
  country?: string | undefined;
}

/** Words that stand where a place belongs and name none: the learning is online. */
const ONLINE =
  /^(?:streamed|live ?stream(?:ed|ing)?|zoom(?: meeting)?|(?:ms |microsoft )?teams|webex|skype|google meet|gotomeeting|bigbluebutton|bbb|moodle|canvas|blackboard|ilias|internet|web|www|virtu(?:ell|eel|el|ale)|virtuaal(?:ne|inen)|video ?(?:konferenz|conference)|visioconférence|videoconferen(?:cia|za)|online via [^,;]{1,40}|virtual(?: classroom| campus| learning environment)?|vle|online ?(?:campus|platform|course|only|live|\([^)]{0,40}\))?|via (?:internet|zoom|teams)|anywhere|at home|from home|zu ?hause|à domicile|en casa|thuis|remote)$/iu;

/** Whether the words for a place say that it is online. */
export const isOnlinePlace = (text: string): boolean => {
  const words = plainText(text).replace(/[.!]+$/, '');
  return ONLINE.test(words) || modesOfLearning.parse(words) === 'online';
};

/**
 * The place of a run: name, street, postcode and town as stated, each once. "Online", "Zoom" and the like are no place: told, and
 * given as `online`, for those are words about the way of taking part.
 */
export function placeOf(
  spot: Spot,
  { name, street, postcode, locality, region, country }: PlaceFacts,
): Pick<Opportunity, 'place' | 'locality' | 'region' | 'country'> & { online?: string } {
  const online = [name, locality].find((words) => words !== undefined && isOnlinePlace(words));
  if (online !== undefined) spot.note('online-place', undefined, online);
  const town = locality !== undefined && !isOnlinePlace(locality) ? locality : undefined;
  // A street that is the whole address has the town and the postcode in it.
  const lines = new Set(street?.split(/\s*[,\n]\s*/));
  const rest = [postcode, town].filter((part) => part !== undefined && !lines.has(part));
  const parts = [name, street, ...rest].filter((part) => part !== undefined && part !== online);
  const place = [...new Set(parts)].filter(Boolean).join(', ').slice(0, 1000);
  return {
    ...(place ? { place } : {}),
    ...(town ? { locality: town } : {}),
    ...(region ? { region } : {}),
    ...(country ? { country } : {}),
    ...(online ? { online } : {}),
  };
}

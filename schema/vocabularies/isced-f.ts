import type { Concept, Vocabulary } from '../vocabulary.ts';
import { createVocabulary, EU_LICENCE } from '../vocabulary.ts';
import { broadFieldLabels } from './isced-f-broad-labels.ts';
import { iscedLabels } from './isced-f-labels.ts';

const BASE = 'http://data.europa.eu/snb/isced-f/';

const concepts: Concept[] = [...iscedLabels()].map(([code, value]) => ({
  code,
  uri: BASE + code,
  label: [{ language: 'en', value }, ...broadFieldLabels(code)],
  ...(code.length > 2 ? { broader: code.slice(0, -1) } : {}),
}));

const closed = createVocabulary(
  {
    name: 'isced-f',
    title: 'ISCED Fields of Education and Training 2013',
    source: 'http://data.europa.eu/snb/isced-f/25831c2 (UNESCO Institute for Statistics, 2014)',
    version: 'ISCED-F 2013',
    date: '2014',
    licence: `${EU_LICENCE}; ISCED-F © UNESCO Institute for Statistics`,
  },
  [...concepts].sort((a, b) => a.code.length - b.code.length || (a.code < b.code ? -1 : 1)),
);

const PREFIX = /^(?:urn:)?isced(?:[\s_-]?f)?(?:[\s_-]?2013)?[\s:_.-]*/i;

/**
 * ISCED-F 2013: 11 broad fields (and "unknown"), their narrow and detailed ones, the 220 concepts of the EU list.
 * Reads a code of two to four digits, "ISCED-F 0613", the URI, a label (English; broad fields in all EU languages),
 * and "0613 Software and applications development and analysis". A label that several levels share gives the
 * broadest. Codes that do not exist, and longer ones, give undefined.
 */
export const iscedF: Vocabulary = {
  ...closed,
  parse(text) {
    if (text.length > 300) return undefined;
    const whole = closed.parse(text);
    if (whole) return whole;
    const bare = text.trim().replace(PREFIX, '').trim();
    const [, code, label] = /^(\d{2,4})(?:[\s:.,;–—-]+(\S.*))?$/.exec(bare) ?? [];
    if (!code) return closed.parse(bare);
    if (!closed.get(code)) return undefined;
    if (label === undefined) return bare === text.trim() && code !== bare ? undefined : code;
    const named = closed.parse(label);
    return named !== undefined && code.startsWith(named) ? code : undefined; // "10 weeks" is no field
  },
};

/** The broader fields of a code, nearest first: `0613` → `['061', '06']`. */
export function iscedAncestors(code: string): string[] {
  const out: string[] = [];
  for (let at = iscedF.get(code)?.broader; at; at = iscedF.get(at)?.broader) out.push(at);
  return out;
}

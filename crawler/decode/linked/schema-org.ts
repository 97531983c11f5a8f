import { table } from '../../../schema/index.ts';
import type { Vocabulary } from './context.ts';

const AS_MEANT: readonly [RegExp, string][] = [
  [/&(?:#0*47|#x0*2f|sol);|%2f|\\/gi, '/'],
  [/&(?:#0*58|#x0*3a|colon);|%3a/gi, ':'],
  [/[\s"'`<>()[\]{}\u00ad\u200b-\u200d\u2060\ufeff]/g, ''],
];

/**
 * Its own address as people write it: without scheme or with half of one (`htps:`, `//`, `https: //`), with a blank, an escape or
 * quotation marks in it, `#` for `/`, a subdomain. Another host that only begins or ends alike is another vocabulary.
 */
const WRITTEN =
  /^(?:[a-z]{0,8}[:;]{1,2}\/{0,4}|h{0,2}t{1,3}p{0,2}s{0,2}[.,]?\/{1,4}|\/{1,4}){0,2}(?:[a-z-]{1,20}\.)?schema\.org\.?(?::\d{1,5})?(?:[/#?,;](.*))?$/i;

/** schema.org's address for one that is meant to be it, with what stands behind (`schema.org/Course`); undefined for all others. */
export function respelled(address: string): string | undefined {
  if (address.length > 200 || !/schema\s{0,5}\.\s{0,5}org/i.test(address)) return undefined;
  const text = AS_MEANT.reduce((all, [written, meant]) => all.replace(written, meant), address);
  const found = WRITTEN.exec(text);
  return found ? `https://schema.org/${(found[1] ?? '').replace(/^[/#]+/, '')}` : undefined;
}

/** schema.org in web pages, and Dublin Core as far as Bioschemas uses it. */
export const SCHEMA_ORG: Vocabulary = {
  bases: ['schema.org/'],
  usual: table({
    schema: 'https://schema.org/',
    sdo: 'https://schema.org/',
    dct: 'http://purl.org/dc/terms/',
    dcterms: 'http://purl.org/dc/terms/',
  }),
  respelled,
};

/** Whether a text names schema.org in quotation marks (plain, or escaped for HTML), however it is written. */
export function namesSchemaOrg(text: string): boolean {
  let seen = 0;
  for (const { index } of text.matchAll(/schema\s{0,5}\.\s{0,5}org/gi)) {
    if (++seen > 100) return false;
    const before = text.slice(Math.max(0, index - 40), index).split(QUOTE);
    const behind = text.slice(index, index + 80).split(QUOTE, 1);
    if (before.length > 1 && respelled(`${before.at(-1)}${behind[0]}`) !== undefined) return true;
  }
  return false;
}

const QUOTE = /["'(]|&(?:amp;)?(?:quot|#0*3[49]|#x0*2[27]);/i;

import { badUserInput } from './errors.ts';

const TAG = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;
const MOST = 10;

/** The languages of an Accept-Language header (RFC 9110 §12.5.4), most wanted first; `*` and `q=0` are left out. */
export function parseAcceptLanguage(header: string | null | undefined): string[] {
  if (!header) return [];
  const wanted: { tag: string; q: number }[] = [];
  for (const part of header.slice(0, 1000).split(',')) {
    const [tag = '', ...parameters] = part.trim().split(';');
    const q = parameters.map((p) => /^\s*q=([\d.]+)\s*$/.exec(p)?.[1]).find((value) => value !== undefined);
    if (TAG.test(tag) && Number(q ?? 1) > 0) wanted.push({ tag, q: Number(q ?? 1) });
  }
  return wanted
    .sort((a, b) => b.q - a.q)
    .slice(0, MOST)
    .map((entry) => entry.tag);
}

/** The inverse of {@link parseAcceptLanguage}: how the gateway hands the languages on to subgraphs over HTTP. */
export const formatAcceptLanguage = (languages: readonly string[]): string =>
  languages
    .slice(0, MOST)
    .map((tag, index) => (index === 0 ? tag : `${tag};q=${(1 - index / 10).toFixed(1)}`))
    .join(', ');

/** A `languages` argument, checked; the languages of the request when there is none. */
export function wantedLanguages(
  argument: readonly string[] | null | undefined,
  ofRequest: readonly string[],
): readonly string[] {
  if (!argument) return ofRequest;
  if (argument.length > MOST) {
    throw badUserInput(`languages: at most ${MOST} languages, ${argument.length} given`, {
      argument: 'languages',
      remedy: `name the ${MOST} languages most wanted`,
    });
  }
  const wrong = argument.find((tag) => !TAG.test(tag));
  if (wrong !== undefined) {
    throw badUserInput(`languages: ${JSON.stringify(wrong.slice(0, 40))} is not a BCP 47 language tag`, {
      argument: 'languages',
      remedy: 'write tags such as "nl", "de-AT" or "en"',
    });
  }
  return argument;
}

import type { LangString } from '../../schema/index.ts';
import { chooseText } from '../../schema/index.ts';
import { wordsOf } from './fold.ts';
import { plainRuns, type QueryText } from './query-syntax.ts';
import { queryTerms } from './query-words.ts';
import type { SearchHighlight } from './search-engine.ts';
import { writtenWords } from './signs.ts';
import { typoCount } from './typo.ts';

/** The texts of a hit that can be highlighted. */
export interface HitTexts {
  title: LangString[];
  provider: LangString[];
  outcomes: LangString[];
  description: LangString[];
}

/** Longer texts are cut to about this many characters around their first match. */
const SNIPPET = 240;
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);

type Span = [from: number, to: number];

/**
 * Highlights, made here and not in the engines, so that both show the same: what is found by the engines' own rules
 * (exact, beginning, typo, written together or apart, phrases as a whole), in the first of the reader's languages that
 * has a match, else in any language that has one; fields without a match are left out.
 */
export function createHighlighter(query: QueryText, languages: readonly string[]) {
  const matcher = createMatcher(query);
  return (texts: HitTexts): SearchHighlight[] => {
    const out: SearchHighlight[] = [];
    for (const field of ['title', 'provider', 'outcomes', 'description'] as const) {
      const found = firstMatch(texts[field], matcher, languages);
      if (found) out.push({ field, language: found.text.language, text: mark(found.text.value, found.spans) });
    }
    return out;
  };
}

/** What a word of a text is to the query; the words of a page of hits are mostly the same, so answers are kept. */
function createMatcher(query: QueryText) {
  const { parts, prefix } = query;
  const runs = plainRuns(query);
  const terms = runs.flatMap(({ from, words }) => queryTerms(words, prefix && from + words.length === parts.length));
  const exact = parts.filter((part) => part.exact).map((part) => part.words);
  const single = new Set(exact.filter((words) => words.length === 1).map(([word]) => word));
  const answers = new Map<string, { word: string; matches: boolean }>();
  return {
    of(raw: string) {
      let answer = answers.get(raw);
      if (!answer) {
        const word = wordsOf(raw).join('');
        const matches =
          single.has(word) || terms.some((term) => typoCount(term.word, word, term.typos, term.prefix) !== undefined);
        answer = { word, matches };
        answers.set(raw, answer);
      }
      return answer;
    },
    together: (left: string, right: string) => runs.some(({ words }) => words.includes(left + right)),
    phrases: exact.filter((words) => words.length > 1),
  };
}
type Matcher = ReturnType<typeof createMatcher>;

function firstMatch(
  texts: readonly LangString[],
  matcher: Matcher,
  languages: readonly string[],
): { text: LangString; spans: Span[] } | undefined {
  const preferred = chooseText(texts, languages);
  if (!preferred) return undefined;
  const order = [
    ...texts.filter((text) => text.language === preferred.language),
    ...texts.filter((text) => text.language !== preferred.language),
  ];
  for (const text of order) {
    const spans = matches(text.value, matcher);
    if (spans.length) return { text, spans };
  }
  return undefined;
}

function matches(text: string, matcher: Matcher): Span[] {
  const spans: Span[] = [];
  const words: string[] = [];
  const places: Span[] = [];
  for (const match of writtenWords(text)) {
    if (match.groups?.elided !== undefined) continue;
    const { word, matches } = matcher.of(match[0]);
    const span: Span = [match.index, match.index + match[0].length];
    const before = places.at(-1);
    if (matches) spans.push(span);
    else if (before && matcher.together(words.at(-1) ?? '', word)) spans.push([before[0], span[1]]);
    words.push(word);
    places.push(span);
  }
  if (!matcher.phrases.length) return spans;
  for (const phrase of matcher.phrases) {
    for (let at = words.indexOf(phrase[0] ?? ''); at >= 0; at = words.indexOf(phrase[0] ?? '', at + 1)) {
      const last = places[at + phrase.length - 1];
      if (last && phrase.every((word, i) => words[at + i] === word)) spans.push([places[at]?.[0] ?? 0, last[1]]);
    }
  }
  return spans.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
}

function mark(text: string, spans: readonly Span[]): string {
  const [from, to] = window(text, spans[0] ?? [0, 0]);
  let out = from > 0 ? '…' : '';
  let at = from;
  for (const [start, end] of spans) {
    if (start < at || end > to) continue;
    out += `${escapeHtml(text.slice(at, start))}<mark>${escapeHtml(text.slice(start, end))}</mark>`;
    at = end;
  }
  return out + escapeHtml(text.slice(at, to)) + (to < text.length ? '…' : '');
}

/** The stretch to show, cut between words. */
function window(text: string, [first, firstEnd]: Span): Span {
  if (text.length <= SNIPPET) return [0, text.length];
  let from = Math.max(0, first - Math.floor(SNIPPET / 4));
  if (from > 0) {
    const blank = text.indexOf(' ', from);
    from = blank >= 0 && blank < first ? blank + 1 : first;
  }
  let to = Math.max(firstEnd, Math.min(text.length, from + SNIPPET));
  if (to < text.length) {
    const blank = text.lastIndexOf(' ', to);
    if (blank >= firstEnd) to = blank;
  }
  return [from, to];
}

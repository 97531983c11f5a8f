import { decodeHTMLStrict } from 'entities';
import { Tokenizer } from 'htmlparser2';
import { cleanText } from './clean-text.ts';

/** Elements that stand on lines of their own. */
const BLOCKS = new Set(
  (
    'address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer ' +
    'form h1 h2 h3 h4 h5 h6 header hr html legend main menu nav ol option p pre section select summary table tbody ' +
    'tfoot thead title tr ul'
  ).split(' '),
);
/** Inline elements, so that `<B>` is known for markup while `List<String>` is not. */
const INLINE = new Set(
  (
    'a abbr acronym b big bdi bdo button cite code data del dfn em font i iframe img input ins kbd label mark meter ' +
    'o:p object q rp rt ruby s samp script small source span strike strong style sub sup svg td template th time tt u var video wbr'
  ).split(' '),
);
/** Elements whose content is no text for a reader. */
const SILENT = new Set(['script', 'style', 'template', 'noscript', 'head', 'object', 'iframe', 'svg', 'math']);

// Marks for breaks while markup is taken off: non-characters, which cleanText has removed from the input.
const SOFT = '\ufdd0'; // at least one new line
const HARD = '\ufdd1'; // <br>: two of them make an empty line
const ITEM = '\ufdd2'; // a list item starts

const MARKUP = /[<&]|\*\*|__|\]\(|^#/m;
const PASSES = 6;

/**
 * HTML, Markdown-ish or plain text → plain text: entities decoded (also doubly encoded ones), `<br>`, `</p>` and
 * `<li>` become new lines, items of lists and definitions start with `- `, tags go, scripts and styles go with their content; of Markdown,
 * bold marks, headings and link targets go. White space is normalised; control, NUL and bidi-control characters and
 * lone surrogates go; trimmed. `\n` is the only line break.
 *
 * Idempotent: `plainText(plainText(x)) === plainText(x)`, and linear in the length of the input. What looks like
 * markup after decoding is markup: feeds encode twice far more often than they write about tags.
 */
export function plainText(input: string): string {
  let text = cleanText(input);
  for (let pass = 0; pass < PASSES; pass++) {
    if (!MARKUP.test(text)) return text;
    const next = cleanText(withoutMarkdown(withoutHtml(text)));
    if (next === text) return text;
    text = next;
  }
  return cleanText(inert(text));
}

/** After so many layers it is an attack or a mistake: what is left is made to mean nothing, so that it stays as it is. */
function inert(text: string): string {
  return text
    .replace(/[<&](?=\S)/g, '$& ')
    .replace(/\*+/g, '*')
    .replace(/_+/g, '_')
    .replaceAll('](', '] (')
    .replace(/^[#\s]+/gm, '');
}

/** On the tokenizer, not the parser: its stack of open elements makes deep nesting quadratic. */
function withoutHtml(text: string): string {
  if (!text.includes('<')) return text.includes('&') ? decodeHTMLStrict(text) : text;
  const html = literalBrackets(text);
  const lastClosing = closingTags(html);
  let out = '';
  let silent: string | undefined;
  const nameAt = (start: number, end: number): string => html.slice(start, end).toLowerCase();
  const nothing = (): void => {};
  const tokenizer = new Tokenizer(
    { decodeEntities: false, recognizeSelfClosing: true },
    {
      onopentagname(start, end) {
        const name = nameAt(start, end);
        if (!silent && SILENT.has(name) && (lastClosing.get(name) ?? -1) > start) silent = name;
        if (name === 'li' || name === 'dd') out += ITEM;
        else if (name === 'br') out += HARD;
        else if (BLOCKS.has(name)) out += SOFT;
        else if (name === 'td' || name === 'th') out += ' ';
      },
      onclosetag(start, end) {
        const name = nameAt(start, end);
        if (name === silent) silent = undefined;
        if (name === 'li' || BLOCKS.has(name)) out += SOFT;
      },
      ontext(start, end) {
        if (!silent) out += html.slice(start, end);
      },
      oncdata(start, end, offset) {
        if (!silent) out += html.slice(start, end - offset);
      },
      onselfclosingtag() {
        silent = undefined;
      },
      onattribdata: nothing,
      onattribentity: nothing,
      onattribend: nothing,
      onattribname: nothing,
      oncomment: nothing,
      ondeclaration: nothing,
      onend: nothing,
      onopentagend: nothing,
      onprocessinginstruction: nothing,
      ontextentity: nothing,
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return decodeHTMLStrict(breaks(out));
}

/** Where each silent element closes last: one that never closes hides nothing. */
function closingTags(html: string): Map<string, number> {
  const last = new Map<string, number>();
  for (const found of html.matchAll(/<\/(script|style|template|noscript|head|object|iframe|svg|math)\b/gi)) {
    last.set((found[1] ?? '').toLowerCase(), found.index);
  }
  return last;
}

/** Escapes each `<` that opens no tag: `a<b`, `List<String>`, an unclosed comment; keeps the address of `<https://…>`. */
function literalBrackets(text: string): string {
  const lastComment = text.lastIndexOf('-->');
  return text
    .replace(/<(https?:\/\/[^\s<>]*)>/gi, '$1')
    .replace(
      /<(!--)?(?:([a-z][\w:-]*)>)?/gi,
      (found, comment: string | undefined, name: string | undefined, at: number) => {
        if (comment) return at < lastComment ? found : `&lt;${comment}`;
        if (name) {
          const known =
            BLOCKS.has(name.toLowerCase()) || INLINE.has(name.toLowerCase()) || /^(?:br|li|noscript|head)$/i.test(name);
          const generic = !known && /^[A-Z]/.test(name) && at > 0 && /\w/.test(text[at - 1] ?? '');
          return generic ? `&lt;${name}&gt;` : found;
        }
        return closes(text, at + 1) ? found : '&lt;';
      },
    );
}

/** Whether the bracket before `from` is closed before the next one opens. */
function closes(text: string, from: number): boolean {
  const first = text.charCodeAt(from) | 32;
  const tagLike = (first >= 97 && first <= 122) || '/!?'.includes(text[from] ?? ' ');
  if (!tagLike) return false;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '>') return true;
    if (text[i] === '<') return false;
  }
  return false;
}

/** Runs of white space with marks in them become one break. */
function breaks(text: string): string {
  return text.replace(/[\s\ufdd0-\ufdd2]+/g, (run, at: number) => {
    if (run.includes(ITEM)) return at + run.length < text.length ? '\n- ' : '';
    const hard = run.split(HARD).length - 1;
    if (hard) return hard > 1 ? '\n\n' : '\n';
    return run.includes(SOFT) ? '\n' : run;
  });
}

function withoutMarkdown(text: string): string {
  return text
    .replace(/^(?:#{1,6} +)+(\S.*)$/gm, (_, heading: string) => heading.replace(/ #{1,6} *$/, ''))
    .replace(/!?\[([^[\]\n]*)\]\((?:https?:|mailto:|\/|#)[^()\s]*(?: "[^"\n]*")?\)/g, '$1')
    .replace(/(?<![*\\])\*{2,}(?![\s*])([^*\n]+)(?<!\s)\*{2,}/g, '$1')
    .replace(/(?<![\w\\])__(?![\s_])([^_\n]+)(?<!\s)__(?!\w)/g, '$1');
}

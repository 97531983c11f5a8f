/** What a lenient reading gave: the values, what had to be repaired, and where it broke off, if it did. */
export interface LenientJson {
  values: unknown[];
  /** Names of the repairs made: `wrapper`, `comment`, `trailing-comma`, `control-character`, `escape`, `several-values`, `entities`, `encoded-twice`. */
  repairs: string[];
  error?: string;
}

const OPENING = /^(?:\uFEFF|\s|\/\/(?=\s*<!)|<!--|<!\[CDATA\[|\/\*\s*<!\[CDATA\[\s*\*\/|\/\*(?=\s*<!))+/;
const CLOSING = /(?:\s|;|-->|\/\/\s*-->|\]\]>|\/\/\s*\]\]>|\/\*\s*\]\]>\s*\*\/|\/\/)+$/;

/**
 * Reads the JSON that people put into `<script type="application/ld+json">`. Strict JSON is read as it is. Else the
 * faults that change no meaning are repaired (comment and CDATA wrappers, trailing commas, raw control characters in
 * strings, comments, several values in a row, JSON in a text of JSON); anything else is an error, never a guess: a truncated block is broken.
 */
export function parseLenientJson(text: string): LenientJson {
  return opened(parseOnce(text), 3);
}

/** JSON that was written as a text of JSON is what the text holds. */
function opened(read: LenientJson, times: number): LenientJson {
  const repairs = new Set(read.repairs);
  let { error } = read;
  const open = (value: unknown): unknown[] => {
    if (typeof value !== 'string' || times === 0 || !JSON_TEXT.test(value)) return [value];
    const inner = opened(parseOnce(value), times - 1);
    for (const repair of ['encoded-twice', ...inner.repairs]) repairs.add(repair);
    error ??= inner.error;
    return inner.values;
  };
  const values = read.values.flatMap((value) => (Array.isArray(value) ? [value.flatMap(open)] : open(value)));
  return { values, repairs: [...repairs], ...(error === undefined ? {} : { error }) };
}

/** The beginning of an object or array with something in it, as a text. */
const JSON_TEXT = /^\s*(?:"\s*)?[[{]\s*(?:["[{\\]|&)/;
/** All quotation marks are HTML's, perhaps escaped more than once. */
const ESCAPED = /^["\s[{]{1,40}&(?:amp;){0,3}(?:quot|#0*34|#x0*22);/i;
const ENTITIES: readonly [RegExp, string][] = [
  [/&(?:quot|#0*34|#x0*22);/gi, '"'],
  [/&(?:apos|#0*39|#x0*27);/gi, "'"],
  [/&lt;/gi, '<'],
  [/&gt;/gi, '>'],
  // The last: what was escaped twice is still escaped once.
  [/&amp;/gi, '&'],
];

function parseOnce(text: string): LenientJson {
  const strict = tryParse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  if (strict) return { values: [strict.value], repairs: [] };
  const repairs = new Set<string>();
  let body = text.replace(OPENING, '');
  // Anchored at the end by hand: a regex with `$` over a long text is quadratic.
  const tail = body.slice(-200).replace(CLOSING, '');
  body = body.slice(0, Math.max(0, body.length - 200)) + tail;
  if (body.trim().length < text.trim().length) repairs.add('wrapper');
  if (!body.trim()) return { values: [], repairs: [], error: 'the block is empty' };
  for (let times = 0; times < 4 && ESCAPED.test(body); times++) {
    body = ENTITIES.reduce((all, [escaped, meant]) => all.replace(escaped, meant), body);
    repairs.add('entities');
  }
  const unwrapped = tryParse(body);
  if (unwrapped) return { values: [unwrapped.value], repairs: [...repairs] };
  return scan(body, repairs);
}

function tryParse(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

function scan(text: string, repairs: Set<string>): LenientJson {
  const values: unknown[] = [];
  const result = (error?: string): LenientJson => {
    if (values.length > 1) repairs.add('several-values');
    return { values, repairs: [...repairs], ...(error ? { error } : {}) };
  };
  let at = 0;
  let depth = 0;
  let out: string[] = [];
  /** White space and comments from `from`. */
  const skip = (from: number): number => {
    let i = from;
    for (;;) {
      while (i < text.length && /\s/.test(text[i] as string)) i++;
      const end = text.startsWith('/*', i)
        ? text.indexOf('*/', i) + 2
        : text.startsWith('//', i)
          ? text.indexOf('\n', i) + 1 || text.length
          : text.startsWith('<!--', i)
            ? text.indexOf('-->', i) + 3
            : i;
      if (end <= i) return i;
      repairs.add('comment');
      i = end;
    }
  };
  while (at < text.length) {
    const token = skip(at);
    if (token > at && out.length > 0) out.push(' ');
    at = token;
    const char = text[at];
    if (char === undefined) break;
    if (depth === 0 && (char === ',' || char === ';')) {
      at++;
      continue;
    }
    if (char === '"') {
      const [literal, end] = readString(text, at, repairs);
      if (end < 0) return result(`a string that starts at character ${at} has no end`);
      out.push(literal);
      at = end;
    } else if (char === ',') {
      const next = text[skip(at + 1)];
      if (next === '}' || next === ']') repairs.add('trailing-comma');
      else out.push(',');
      at++;
    } else {
      if (char === '{' || char === '[') depth++;
      if (char === '}' || char === ']') depth--;
      if (depth < 0) return result(`unexpected "${char}" at character ${at}`);
      if (depth === 0 && char !== '}' && char !== ']') {
        return result(`neither an object nor an array at character ${at}`);
      }
      out.push(char);
      at++;
    }
    if (depth === 0 && out.length > 0) {
      const value = tryParse(out.join(''));
      if (!value) return result(`not valid JSON before character ${at}`);
      values.push(value.value);
      out = [];
    }
  }
  return result(out.length > 0 ? 'the block ends in the middle of a value' : undefined);
}

function readString(text: string, start: number, repairs: Set<string>): [string, number] {
  let out = '"';
  let from = start + 1;
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 34) return [`${out + text.slice(from, i)}"`, i + 1];
    if (code === 92) {
      if (text[i + 1] === "'") {
        out += text.slice(from, i);
        from = i + 1;
        repairs.add('escape');
      }
      i++;
    } else if (code < 32) {
      out += text.slice(from, i) + (code === 10 || code === 13 ? '\\n' : ' ');
      from = i + 1;
      repairs.add('control-character');
    }
  }
  return ['', -1];
}

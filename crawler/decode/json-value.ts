/** A parsed JSON text and what had to be mended in it (words for a report). */
export interface JsonValue {
  value: unknown;
  repaired: string[];
}

const LONG_NUMBER = /\d{16}|(?:^|[:,[])\s*-?\d[\d.]*[eE]\+?\d{3}/;
const BAD_ESCAPE = /\\u(?:0000|[dD][89a-fA-F])/;
const PROTO = /__proto__|\\u005[fF]/;

/**
 * `JSON.parse` for one record of a foreign feed. Numbers that a double cannot hold exactly stay as their digits
 * (a string); `__proto__` members are dropped; NUL and lone surrogates leave the strings; raw control characters
 * in strings, which JSON forbids, are taken as meant. Throws `SyntaxError` when the text is no JSON even so.
 */
export function parseJsonValue(text: string): JsonValue {
  const repaired: string[] = [];
  let source = text;
  const exact = LONG_NUMBER.test(text);
  const reviver = exact ? keepDigits : undefined;
  let value: unknown;
  try {
    value = JSON.parse(source, reviver);
  } catch (error) {
    source = escapeControls(text);
    if (source === text) throw error;
    value = JSON.parse(source, reviver);
    repaired.push('raw control characters in a string');
  }
  if (PROTO.test(source) || BAD_ESCAPE.test(source) || !source.isWellFormed()) value = clean(value, repaired);
  return { value, repaired };
}

function keepDigits(_key: string, value: unknown, context?: { source?: string }): unknown {
  if (typeof value !== 'number' || context?.source === undefined) return value;
  const digits = context.source
    .replace(/^-/, '')
    .replace(/[eE].*$/, '')
    .replace('.', '');
  const exact = String(value) === context.source || (digits.length <= 15 && Number.isFinite(value));
  return exact ? value : context.source;
}

/** Rebuilds a value without NUL, lone surrogates and `__proto__` members. As deep as the record, so bounded. */
function clean(value: unknown, repaired: string[]): unknown {
  if (typeof value === 'string') return cleanText(value, repaired);
  if (Array.isArray(value)) return value.map((item) => clean(item, repaired));
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const key = cleanText(name, repaired);
    if (key !== '__proto__') return [[key, clean(member, repaired)] as const];
    note(repaired, 'a member named __proto__');
    return [];
  });
  return Object.fromEntries(members);
}

function cleanText(text: string, repaired: string[]): string {
  const mended = text.replaceAll('\u0000', '').toWellFormed();
  if (mended !== text) note(repaired, 'NUL or half of a surrogate pair in a string');
  return mended;
}

const note = (repaired: string[], what: string): void => {
  if (!repaired.includes(what)) repaired.push(what);
};

/** Escapes raw control characters inside strings (outside of strings they are white space or an error). */
function escapeControls(text: string): string {
  const out: string[] = [];
  let kept = 0;
  let inString = false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x22) inString = !inString;
    else if (code === 0x5c) i++;
    else if (inString && code < 0x20) {
      out.push(text.slice(kept, i), `\\u${code.toString(16).padStart(4, '0')}`);
      kept = i + 1;
    }
  }
  return kept === 0 ? text : out.join('') + text.slice(kept);
}

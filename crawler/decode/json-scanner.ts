import { quoted } from '../persons/quoted.ts';
import type { JsonFault, JsonItem, JsonRecordsOptions } from './json-records.ts';
import { parseJsonValue } from './json-value.ts';

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LITERAL = 0x30; // stands for any character of a number, true, false, null
const NOTHING = 0;

/** How far behind a break the next sound record is looked for before what was read is let go. */
const LOOK_AHEAD = 262_144;

const REMEDY: Record<JsonFault['rule'], string> = {
  'json-syntax': 'write the feed with a JSON library instead of by hand or by string templates',
  'json-truncated': 'the body ends too early: send it whole, with the right Content-Length',
  'json-too-deep': 'nest less deeply: no record needs that many levels',
  'json-too-large': 'shorten the record: long texts and embedded files do not belong in a catalogue feed',
  'json-no-records': 'check the URL: the document holds none of the lists that this format has',
  'not-json': 'check the URL and the Accept header: JSON was expected here',
};

/** A stretch of text being captured: a whole document without its records, or one record. */
interface Frame {
  path: string;
  /** Containers open around it. */
  depth: number;
  parts: string[];
  size: number;
  /** Let go of: nothing is captured any more. */
  skipped: boolean;
  rule?: JsonFault['rule'];
  /** Size at the place where the grammar broke. */
  brokenAt?: number;
  single: boolean;
}

type Mode = 'between' | 'document' | 'records' | 'record' | 'line' | 'ended';

export interface JsonScanner {
  push(text: string): JsonItem[];
  end(): JsonItem[];
  /** Nothing further will be read. */
  ended(): boolean;
}

/**
 * The state machine behind `jsonRecords`: follows strings, escapes and nesting from character to character, whatever the
 * borders of the pieces. It checks just enough grammar (what may follow what) to notice a lost quote or brace at once.
 * One file, because its states cannot be told apart from one another's.
 */
export function createJsonScanner(options: JsonRecordsOptions): JsonScanner {
  const maxDepth = options.maxDepth ?? 200;
  const maxSize = options.maxRecordBytes ?? 5_000_000;
  const rootIsRecord = options.paths.includes('');
  const pointers = options.paths.filter(Boolean).map((path) => ({ path, keys: tokens(path) }));
  const keyDepth = Math.max(0, ...pointers.map((pointer) => pointer.keys.length));

  let mode: Mode = 'between';
  let documents = 0;
  let chunk = '';
  let at = 0;
  let from = -1; // where in the chunk the open frame goes on
  let depth = 0;
  const stack = new Uint8Array(maxDepth + 2); // closing character expected at each depth
  const keys: string[] = [];
  let last = NOTHING;
  let inString = false;
  let escaped = false;
  let keyParts: string[] | undefined;
  let keyFrom = 0;
  let root: Frame | undefined;
  let record: Frame | undefined;
  let listPath = '';
  let index = 0;
  let matched = false;
  let strayTold = false;
  let afterBroken = false; // its surplus closing characters are part of the same fault
  let items: JsonItem[] = [];

  const open = (path: string, single: boolean): Frame => ({ path, depth, parts: [], size: 0, skipped: false, single });
  const prefix = () => (documents > 1 ? `#${documents - 1}` : '');

  function fault(
    rule: JsonFault['rule'],
    path: string,
    what: string,
    more: { incomplete?: boolean; text?: string } = {},
  ) {
    items.push({ fault: { path, rule, found: quoted(what, rule), remedy: REMEDY[rule] }, ...more });
  }

  /** Moves what the chunk holds of the frame up to `end` into it. */
  function capture(frame: Frame, end: number): void {
    if (from < 0) return;
    if (!frame.skipped) frame.parts.push(chunk.slice(from, end));
    frame.size += end - from;
    from = end;
  }

  function breakFrame(): void {
    const frame = record ?? root;
    if (!frame || frame.rule) return;
    frame.rule = 'json-syntax';
    frame.brokenAt = frame.size + (from < 0 ? 0 : at - from);
  }

  function letGo(frame: Frame, rule: JsonFault['rule']): void {
    frame.rule ??= rule;
    frame.parts = [frame.parts.join('').slice(0, 2000)];
    frame.skipped = true;
  }

  /** Keeps of a broken frame only its start, for the report, and the end of what was read, to look on from there. */
  function forget(frame: Frame): void {
    const text = frame.parts.join('');
    frame.parts = [text.slice(0, 2000), text.slice(-400)];
    frame.brokenAt = frame.size;
  }

  /** Looks in a broken frame for the start of the next sound record and goes back there. */
  function resume(frame: Frame): boolean {
    if (frame.skipped || (frame === root && matched)) return false;
    const text = frame.parts.join('');
    const first = /^\{\s{0,64}"((?:[^"\\]|\\.){1,200})"\s{0,64}:/.exec(text.slice(0, 400))?.[1];
    if (first === undefined) return false;
    const lead = frame === root ? '\\n' : ',[ \\t\\r\\n]{0,64}';
    const next = new RegExp(`${lead}(?=\\{\\s{0,64}"${first.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}"\\s{0,64}:)`).exec(
      text,
    );
    if (!next) return false;
    const start = next.index + next[0].length;
    fault('json-syntax', frame.path, around(text.slice(0, start), frame.brokenAt), { text: text.slice(0, 2000) });
    chunk = text.slice(start) + chunk.slice(at);
    at = 0;
    from = -1;
    inString = false;
    escaped = false;
    keyParts = undefined;
    depth = frame.depth;
    last = COMMA;
    if (frame === root) {
      root = undefined;
      mode = 'between';
    } else {
      index++;
      mode = 'records';
    }
    record = undefined;
    return true;
  }

  /** The record ends before `end`. */
  function endRecord(end: number): void {
    const frame = record as Frame;
    capture(frame, end);
    at = end;
    if (frame.rule === 'json-syntax' && resume(frame)) return;
    const text = frame.parts.join('');
    if (frame.rule) fault(frame.rule, frame.path, around(text, frame.brokenAt), { text: text.slice(0, 2000) });
    else parse(text, frame.path);
    afterBroken = frame.rule === 'json-syntax';
    record = undefined;
    index++;
    from = frame.single && root ? end : -1;
    mode = frame.single ? 'document' : 'records';
    last = LITERAL;
  }

  function parse(text: string, path: string): void {
    try {
      items.push({ path, ...parseJsonValue(text) });
    } catch (error) {
      fault('json-syntax', path, `${(error as Error).message}: ${text.slice(0, 120)}`, { text: text.slice(0, 2000) });
    }
  }

  function startRecord(path: string, single: boolean): void {
    record = open(path, single);
    from = at;
    mode = 'record';
  }

  /** A container opens outside the records: is it the list (or the one object) that a pointer names? */
  function enter(code: number): void {
    const pointer =
      depth <= keyDepth && pointers.find(({ keys: wanted }) => wanted.length === depth && wanted.every(here));
    const frame = root as Frame;
    if (!pointer) {
      push(code);
      return;
    }
    matched = true;
    const path = prefix() + pointer.path;
    capture(frame, at);
    from = -1;
    tellSoFar(frame);
    if (code === OPEN_OBJECT) {
      if (!frame.skipped) frame.parts.push('null');
      startRecord(path, true);
      push(code);
    } else {
      if (!frame.skipped) frame.parts.push('[');
      push(code);
      listPath = path;
      index = 0;
      mode = 'records';
    }
  }

  const here = (key: string, level: number) => stack[level + 1] === CLOSE_OBJECT && keys[level + 1] === key;

  function tellSoFar(frame: Frame): void {
    if (!options.onEnvelope || frame.skipped || frame.rule) return;
    const closers = Array.from(stack.subarray(1, depth + 1), (code) => String.fromCharCode(code));
    try {
      options.onEnvelope(parseJsonValue(`${frame.parts.join('')}null${closers.reverse().join('')}`).value, false);
    } catch {
      // the whole envelope is judged at the end of the document
    }
  }

  function push(code: number): void {
    depth++;
    if (depth <= maxDepth) stack[depth] = code === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY;
    else {
      const frame = record ?? root;
      if (frame && !frame.skipped) {
        capture(frame, at);
        letGo(frame, 'json-too-deep');
      }
    }
    last = code;
  }

  /** Closes the innermost container; a closing character that fits none of the frame's containers is passed over. */
  function pop(code: number, floor: number): boolean {
    if (depth > maxDepth || stack[depth] === code) {
      depth--;
      last = code;
      return true;
    }
    breakFrame();
    let level = depth;
    while (level > floor && stack[level] !== code) level--;
    if (level <= floor) return false;
    depth = level - 1;
    last = code;
    return true;
  }

  function startDocument(code: number): void {
    documents++;
    depth = 0;
    keys.length = 0;
    matched = false;
    strayTold = false;
    root = open(prefix(), true);
    from = at;
    last = NOTHING;
    if (code === OPEN_ARRAY && rootIsRecord) {
      matched = true;
      capture(root, at + 1);
      from = -1;
      push(code);
      listPath = prefix();
      index = 0;
      mode = 'records';
    } else {
      mode = 'document';
      push(code);
    }
  }

  function endDocument(): void {
    const frame = root as Frame;
    at++;
    capture(frame, at);
    if (frame.rule === 'json-syntax' && resume(frame)) return;
    mode = 'between';
    from = -1;
    root = undefined;
    const text = frame.parts.join('');
    if (frame.rule) {
      fault(frame.rule, frame.path, around(text, frame.brokenAt), { incomplete: true, text: text.slice(0, 2000) });
    } else if (!matched && rootIsRecord) parse(text, frame.path);
    else if (!matched) fault('json-no-records', frame.path, text.slice(0, 200), { incomplete: true });
    else {
      try {
        options.onEnvelope?.(parseJsonValue(text).value, true);
      } catch (error) {
        fault('json-syntax', frame.path, `${(error as Error).message}: ${text.slice(0, 120)}`, { incomplete: true });
      }
    }
  }

  /** Passes over a string's inside; true when its end was reached. */
  function skipString(): boolean {
    if (escaped) {
      at++;
      escaped = false;
    }
    let start = at;
    for (;;) {
      const quote = chunk.indexOf('"', start);
      const end = quote < 0 ? chunk.length : quote;
      let slashes = 0;
      while (end - slashes > at && chunk.charCodeAt(end - slashes - 1) === BACKSLASH) slashes++;
      if (quote < 0) {
        escaped = slashes % 2 === 1;
        at = chunk.length;
        return false;
      }
      if (slashes % 2 === 0) {
        at = quote + 1;
        return true;
      }
      start = quote + 1;
    }
  }

  function endString(): void {
    inString = false;
    last = QUOTE;
    if (keyParts) {
      keyParts.push(chunk.slice(keyFrom, at));
      try {
        keys[depth] = JSON.parse(keyParts.join(''));
      } catch {
        keys[depth] = '';
      }
      keyParts = undefined;
    }
    if (mode === 'record' && depth === record?.depth) endRecord(at);
  }

  function startString(): void {
    if (last !== COMMA && last !== COLON && last !== OPEN_ARRAY && last !== OPEN_OBJECT && mode !== 'records')
      breakFrame();
    if (mode === 'records') startRecord(`${listPath}/${index}`, false);
    else if (mode === 'document' && depth <= keyDepth && stack[depth] === CLOSE_OBJECT && last !== COLON) {
      keyParts = [];
      keyFrom = at;
    }
    inString = true;
    at++;
  }

  function startContainer(code: number): void {
    if (mode === 'between') startDocument(code);
    else if (mode === 'records') {
      startRecord(`${listPath}/${index}`, false);
      push(code);
    } else {
      const fits =
        depth > maxDepth || (stack[depth] === CLOSE_OBJECT ? last === COLON : last === COMMA || last === OPEN_ARRAY);
      if (!fits) breakFrame();
      if (mode === 'document') enter(code);
      else push(code);
    }
    at++;
  }

  function endContainer(code: number): void {
    if (mode === 'records') {
      if (code === CLOSE_ARRAY) {
        from = at;
        depth--;
        last = code;
        mode = 'document';
        if (depth === 0) endDocument();
        else at++;
      } else stray();
    } else if (mode === 'document') {
      const closed = pop(code, 0);
      if (closed && depth === 0) endDocument();
      else at++;
    } else {
      const frame = record as Frame;
      const closed = pop(code, frame.depth);
      if (closed && depth <= frame.depth) endRecord(at + 1);
      else if (!closed && code === CLOSE_ARRAY && !frame.single) {
        depth = frame.depth;
        endRecord(at); // the list ends here though the record does not: read the character again
      } else at++;
    }
  }

  function stray(): void {
    if (!strayTold && !afterBroken)
      fault('json-syntax', `${listPath}/${index}`, chunk.slice(at, at + 80), { incomplete: true });
    strayTold ||= !afterBroken;
    at++;
  }

  /** What cannot be JSON between two documents. */
  function garbage(): void {
    const what = chunk.slice(at, at + 200);
    fault(documents === 0 ? 'not-json' : 'json-syntax', prefix(), what, { incomplete: true });
    mode = documents === 0 ? 'ended' : 'line';
  }

  function other(code: number): void {
    if (mode === 'between') {
      if (code === 0xfeff || code === 0x1e || (code === COMMA && documents > 0)) at++;
      else garbage();
    } else if (mode === 'records') {
      if (code === COMMA) {
        afterBroken = false;
        at++;
      } else if (code === COLON) stray();
      else {
        startRecord(`${listPath}/${index}`, false);
        last = LITERAL;
        at++;
      }
    } else if (code === COMMA || code === COLON) {
      if (mode === 'record' && depth === record?.depth) endRecord(at);
      else {
        last = code;
        at++;
      }
    } else {
      if (last === QUOTE || last === CLOSE_OBJECT || last === CLOSE_ARRAY) breakFrame();
      last = LITERAL;
      at++;
    }
  }

  function scan(): void {
    while (at < chunk.length && mode !== 'ended') {
      if (mode === 'line') {
        const end = chunk.indexOf('\n', at);
        at = end < 0 ? chunk.length : end;
        if (end >= 0) mode = 'between';
        continue;
      }
      if (inString) {
        if (skipString()) endString();
        continue;
      }
      const code = chunk.charCodeAt(at);
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
        if (mode === 'record' && depth === record?.depth) endRecord(at);
        else at++;
      } else if (code === QUOTE && mode !== 'between') startString();
      else if (code === OPEN_OBJECT || code === OPEN_ARRAY) startContainer(code);
      else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && mode !== 'between') {
        if (mode === 'record' && depth === record?.depth) endRecord(at);
        else endContainer(code);
      } else other(code);
    }
  }

  /** At the end of a piece: keeps what belongs to the open frame, and holds it to its bounds. */
  function keep(): boolean {
    if (keyParts) {
      keyParts.push(chunk.slice(keyFrom));
      keyFrom = 0;
    }
    const frame = record ?? (mode === 'document' ? root : undefined);
    if (!frame) return false;
    capture(frame, chunk.length);
    from = 0;
    if (frame.skipped) return false;
    const limit = frame.brokenAt === undefined ? maxSize : frame.brokenAt + LOOK_AHEAD;
    if (frame.size <= limit) return false;
    if (resume(frame)) return true;
    if (frame.brokenAt === undefined) letGo(frame, 'json-too-large');
    else forget(frame);
    return false;
  }

  function take(): JsonItem[] {
    const taken = items;
    items = [];
    return taken;
  }

  function run(): void {
    do scan();
    while (keep());
    chunk = '';
    at = 0;
  }

  return {
    push(text) {
      chunk = text;
      at = 0;
      if (from > 0) from = 0;
      if (mode !== 'ended') run();
      return take();
    },
    end() {
      if (mode === 'ended') return take();
      while (record && !(inString === false && depth === record.depth) && resume(record)) run();
      while (!record && root && mode === 'document' && resume(root)) run();
      if (record && root) {
        const text = record.parts.join('');
        const rule =
          record.rule === 'json-too-deep' || record.rule === 'json-too-large' ? record.rule : 'json-truncated';
        fault(rule, record.path, text.slice(-200), { incomplete: true, text: text.slice(0, 2000) });
      } else if (root) fault('json-truncated', root.path, root.parts.join('').slice(-200), { incomplete: true });
      else if (documents === 0) fault('not-json', '', '', { incomplete: true });
      mode = 'ended';
      return take();
    },
    ended: () => mode === 'ended',
  };
}

/** The text near the place where it broke. */
const around = (text: string, at = 0): string => (at > 150 ? `… ${text.slice(at - 100, at + 80)}` : text.slice(0, 200));

const tokens = (pointer: string): string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));

import { quoted } from '../persons/quoted.ts';
import { type JsonFault, type JsonItem, type JsonRecordsOptions, REMEDY } from './json-item.ts';
import { type JsonPointers, jsonPointers } from './json-pointers.ts';
import { nextRecord } from './json-resume.ts';
import { COMMA, OPEN_OBJECT } from './json-signs.ts';
import { parseJsonValue } from './json-value.ts';

/** How far behind a break the next sound record is looked for before what was read is let go. */
const LOOK_AHEAD = 262_144;

/** A stretch of text being captured: a whole document without its records, or one record. */
export interface Frame {
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
  /** Other records may stand in it. */
  swallowed?: boolean;
}

type Mode = 'between' | 'document' | 'records' | 'record' | 'line' | 'ended';

/** What stands in the text as the scanner goes through it: the frames that are open, what they hold, and what they gave. */
export abstract class JsonFrames {
  protected readonly options: JsonRecordsOptions;
  protected readonly maxDepth: number;
  protected readonly maxSize: number;
  protected readonly rootIsRecord: boolean;
  protected readonly pointers: JsonPointers;

  protected mode: Mode = 'between';
  protected documents = 0;
  protected chunk = '';
  protected at = 0;
  protected from = -1; // where in the chunk the open frame goes on
  protected depth = 0;
  protected last = 0; // the sign before, as far as the grammar cares
  protected inString = false;
  protected escaped = false;
  protected keyParts: string[] | undefined;
  protected keyFrom = 0;
  protected readonly stack: Uint8Array; // closing character expected at each depth
  protected root: Frame | undefined;
  protected record: Frame | undefined;
  protected listPath = '';
  protected index = 0;
  protected matched = false;
  protected afterBroken = false; // its surplus closing characters are part of the same fault
  /** What follows a broken record that may have taken the end of the list for its own. */
  #perhaps: string | undefined;
  #items: JsonItem[] = [];

  constructor(options: JsonRecordsOptions) {
    this.options = options;
    this.maxDepth = options.maxDepth ?? 200;
    this.maxSize = options.maxRecordBytes ?? 5_000_000;
    this.rootIsRecord = options.paths.includes('');
    this.pointers = jsonPointers(options.paths);
    this.stack = new Uint8Array(this.maxDepth + 2);
  }

  protected open(path: string, single: boolean): Frame {
    return { path, depth: this.depth, parts: [], size: 0, skipped: false, single };
  }

  protected prefix(): string {
    return this.documents > 1 ? `#${this.documents - 1}` : '';
  }

  protected fault(
    rule: JsonFault['rule'],
    path: string,
    what: string,
    more: { incomplete?: boolean; text?: string } = {},
  ): void {
    this.#items.push({ fault: { path, rule, found: quoted(what, rule), remedy: REMEDY[rule] }, ...more });
  }

  protected take(): JsonItem[] {
    const taken = this.#items;
    this.#items = [];
    return taken;
  }

  /** Moves what the chunk holds of the frame up to `end` into it. */
  protected capture(frame: Frame, end: number): void {
    if (this.from < 0) return;
    if (!frame.skipped) frame.parts.push(this.chunk.slice(this.from, end));
    frame.size += end - this.from;
    this.from = end;
  }

  protected breakFrame(): void {
    const frame = this.record ?? this.root;
    if (!frame || frame.rule) return;
    frame.rule = 'json-syntax';
    frame.brokenAt = frame.size + (this.from < 0 ? 0 : this.at - this.from);
  }

  protected letGo(frame: Frame, rule: JsonFault['rule']): void {
    frame.rule ??= rule;
    frame.parts = [frame.parts.join('').slice(0, 2000)];
    frame.skipped = true;
  }

  protected startRecord(path: string, single: boolean): void {
    this.#perhaps = undefined;
    this.record = this.open(path, single);
    this.from = this.at;
    this.mode = 'record';
  }

  /** What the record comes to when it ends before `end`; false when the scanner goes back to the next sound one in it. */
  protected giveRecord(end: number): boolean {
    const frame = this.record as Frame;
    this.capture(frame, end);
    this.at = end;
    if (frame.rule === 'json-syntax' && this.resume(frame, true)) return false;
    const text = frame.parts.join('');
    const incomplete = frame.swallowed ? { incomplete: true } : {};
    if (frame.rule)
      this.fault(frame.rule, frame.path, around(text, frame.brokenAt), { text: text.slice(0, 2000), ...incomplete });
    else this.#parse(text, frame.path);
    this.afterBroken = frame.rule === 'json-syntax';
    this.record = undefined;
    this.index++;
    this.from = frame.single && this.root ? end : -1;
    this.mode = frame.single ? 'document' : 'records';
    return true;
  }

  /** What the document comes to, which ends here; nothing yet when the scanner goes back to the next one in it. */
  protected giveDocument(): void {
    const frame = this.root as Frame;
    this.at++;
    this.capture(frame, this.at);
    if (frame.rule === 'json-syntax' && this.resume(frame)) return;
    this.mode = 'between';
    this.from = -1;
    this.root = undefined;
    const text = frame.parts.join('');
    if (frame.rule) {
      const found = around(text, frame.brokenAt);
      this.fault(frame.rule, frame.path, found, { incomplete: true, text: text.slice(0, 2000) });
    } else if (!this.matched && this.rootIsRecord) this.#parse(text, frame.path);
    else if (!this.matched) this.fault('json-no-records', frame.path, text.slice(0, 200), { incomplete: true });
    else {
      try {
        this.options.onEnvelope?.(parseJsonValue(text).value, true);
      } catch (error) {
        const what = `${(error as Error).message}: ${text.slice(0, 120)}`;
        this.fault('json-syntax', frame.path, what, { incomplete: true });
      }
    }
  }

  #parse(text: string, path: string): void {
    try {
      this.#items.push({ path, ...parseJsonValue(text) });
    } catch (error) {
      const what = `${(error as Error).message}: ${text.slice(0, 120)}`;
      this.fault('json-syntax', path, what, { text: text.slice(0, 2000) });
    }
  }

  /** A pointer leads to the container that opens here: a list of records, or one. */
  protected enterRecords(path: string, code: number): void {
    const frame = this.root as Frame;
    this.matched = true;
    this.capture(frame, this.at);
    this.from = -1;
    this.#tellSoFar(frame);
    if (code === OPEN_OBJECT) {
      if (!frame.skipped) frame.parts.push('null');
      this.startRecord(path, true);
    } else {
      if (!frame.skipped) frame.parts.push('[');
      this.startList(path);
    }
  }

  protected startList(path: string): void {
    this.#perhaps = undefined;
    this.listPath = path;
    this.index = 0;
    this.mode = 'records';
  }

  #tellSoFar(frame: Frame): void {
    if (!this.options.onEnvelope || frame.skipped || frame.rule) return;
    const closers = Array.from(this.stack.subarray(1, this.depth + 1), (code) => String.fromCharCode(code));
    try {
      const text = `${frame.parts.join('')}null${closers.reverse().join('')}`;
      this.options.onEnvelope(parseJsonValue(text).value, false);
    } catch {
      // the whole envelope is judged at the end of the document
    }
  }

  /** Looks in a broken frame for the start of the next sound record and goes back there. `ended`: its own end was found. */
  protected resume(frame: Frame, ended = false): boolean {
    if (frame.skipped || (frame === this.root && this.matched)) return false;
    const text = frame.parts.join('');
    const next = nextRecord(text, this.stack.subarray(1, frame.depth + 1));
    if (next === undefined) return false;
    if (ended && next.place !== 'list') {
      if (next.place === 'unsure') this.#perhaps = text.slice(next.start);
      else frame.swallowed = true;
      return false;
    }
    const found = around(text.slice(0, next.start), frame.brokenAt);
    this.fault('json-syntax', frame.path, found, { text: text.slice(0, 2000) });
    if (frame === this.root) {
      this.root = undefined;
      this.mode = 'between';
    } else this.index++;
    this.#goBack(text.slice(next.start), frame.depth);
    return true;
  }

  /** The text ends behind a broken record whose own end was taken for one: it may have been that of the list and the document. */
  protected resumePerhaps(): boolean {
    const text = this.#perhaps;
    if (text === undefined || this.record || this.mode !== 'records') return false;
    this.#goBack(text, this.depth);
    return true;
  }

  #goBack(text: string, depth: number): void {
    this.#perhaps = undefined;
    this.chunk = text + this.chunk.slice(this.at);
    this.at = 0;
    this.from = -1;
    this.inString = false;
    this.escaped = false;
    this.keyParts = undefined;
    this.depth = depth;
    this.last = COMMA;
    if (this.mode !== 'between') this.mode = 'records';
    this.record = undefined;
  }

  /** At the end of a piece: keeps what belongs to the open frame, and holds it to its bounds. True: go on with the rest of it. */
  protected keep(): boolean {
    if (this.keyParts) {
      this.keyParts.push(this.chunk.slice(this.keyFrom));
      this.keyFrom = 0;
    }
    const frame = this.record ?? (this.mode === 'document' ? this.root : undefined);
    if (!frame) return false;
    this.capture(frame, this.chunk.length);
    this.from = 0;
    if (frame.skipped) return false;
    const limit = frame.brokenAt === undefined ? this.maxSize : frame.brokenAt + LOOK_AHEAD;
    if (frame.size <= limit) return false;
    if (this.resume(frame)) return true;
    if (frame.brokenAt === undefined) this.letGo(frame, 'json-too-large');
    else forget(frame);
    return false;
  }

  /** What is still open when the text ends. */
  protected giveUp(): void {
    const { record, root } = this;
    if (record && root) {
      const text = record.parts.join('');
      const known = record.rule === 'json-too-deep' || record.rule === 'json-too-large';
      const rule = known && record.rule ? record.rule : 'json-truncated';
      this.fault(rule, record.path, endOf(text), { incomplete: true, text: text.slice(0, 2000) });
    } else if (root) this.fault('json-truncated', root.path, endOf(root.parts.join('')), { incomplete: true });
    else if (this.documents === 0) this.fault('not-json', '', '', { incomplete: true });
  }
}

/** Keeps of a broken frame only its start, for the report, and the end of what was read, to look on from there. */
function forget(frame: Frame): void {
  const text = frame.parts.join('');
  frame.parts = [text.slice(0, 2000), text.slice(-400)];
  frame.brokenAt = frame.size;
}

/** The text near the place where it broke. */
const around = (text: string, at = 0): string =>
  at > 150 ? fromQuote(text.slice(at - 100, at + 80)) : text.slice(0, 200);

/** The last of a text. */
const endOf = (text: string): string => (text.length > 200 ? fromQuote(text.slice(-200)) : text);

/** What a cut leaves of a value is left out: half a name is not known as one. */
const fromQuote = (piece: string): string => `… ${piece.replace(/^[^"]*/, '')}`;

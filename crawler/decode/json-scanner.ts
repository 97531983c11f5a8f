import { type Frame, JsonFrames } from './json-frames.ts';
import type { JsonItem, JsonRecordsOptions } from './json-item.ts';
import { BACKSLASH, CLOSE_ARRAY, CLOSE_OBJECT, COLON, COMMA, OPEN_ARRAY, OPEN_OBJECT, QUOTE } from './json-signs.ts';

const LITERAL = 0x30; // stands for any character of a number, true, false, null
const NOTHING = 0;

/**
 * The state machine behind `jsonRecords`: follows strings, escapes and nesting from character to character, whatever the
 * borders of the pieces. It checks just enough grammar (what may follow what) to notice a lost quote or brace at once.
 */
export class JsonScanner extends JsonFrames {
  readonly #keys: string[] = [];
  #strayTold = false;

  constructor(options: JsonRecordsOptions) {
    super(options);
    this.#inObject = (level) => this.stack[level] === CLOSE_OBJECT;
  }

  push(text: string): JsonItem[] {
    this.chunk = text;
    this.at = 0;
    if (this.from > 0) this.from = 0;
    if (this.mode !== 'ended') this.#run();
    return this.take();
  }

  end(): JsonItem[] {
    if (this.mode === 'ended') return this.take();
    while (this.record && (this.inString || this.depth !== this.record.depth) && this.resume(this.record)) this.#run();
    while (!this.record && this.root && this.mode === 'document' && this.resume(this.root)) this.#run();
    if (this.resumePerhaps()) this.#run();
    this.giveUp();
    this.mode = 'ended';
    return this.take();
  }

  /** Nothing further will be read. */
  ended(): boolean {
    return this.mode === 'ended';
  }

  #run(): void {
    do this.#scan();
    while (this.keep());
    this.chunk = '';
    this.at = 0;
  }

  #scan(): void {
    while (this.at < this.chunk.length && this.mode !== 'ended') {
      if (this.mode === 'line') {
        const end = this.chunk.indexOf('\n', this.at);
        this.at = end < 0 ? this.chunk.length : end;
        if (end >= 0) this.mode = 'between';
        continue;
      }
      if (this.inString) {
        if (this.#skipString()) this.#endString();
        continue;
      }
      const code = this.chunk.charCodeAt(this.at);
      if (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) {
        if (this.#afterScalar()) this.#endRecord(this.at);
        else this.at++;
      } else if (code === QUOTE && this.mode !== 'between') this.#startString();
      else if (code === OPEN_OBJECT || code === OPEN_ARRAY) this.#startContainer(code);
      else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && this.mode !== 'between') {
        if (this.#afterScalar()) this.#endRecord(this.at);
        else this.#endContainer(code);
      } else this.#other(code);
    }
  }

  /** Within a record that is a number or a literal: whatever cannot belong to it ends it. */
  #afterScalar(): boolean {
    return this.mode === 'record' && this.depth === this.record?.depth;
  }

  #endRecord(end: number): void {
    if (this.giveRecord(end)) this.last = LITERAL;
  }

  /** A container opens outside the records: is it the list (or the one object) that a pointer names? */
  #enter(code: number): void {
    const { depth, pointers } = this;
    const path = depth <= pointers.depth ? pointers.at(this.#keys, depth, this.#inObject) : undefined;
    if (path !== undefined) this.enterRecords(this.prefix() + path, code);
    this.#open(code);
  }

  readonly #inObject: (level: number) => boolean;

  #open(code: number): void {
    this.depth++;
    if (this.depth <= this.maxDepth) this.stack[this.depth] = code === OPEN_OBJECT ? CLOSE_OBJECT : CLOSE_ARRAY;
    else {
      const frame = this.record ?? this.root;
      if (frame && !frame.skipped) {
        this.capture(frame, this.at);
        this.letGo(frame, 'json-too-deep');
      }
    }
    this.last = code;
  }

  /** Closes the innermost container; a closing character that fits none of the frame's containers is passed over. */
  #close(code: number, floor: number): boolean {
    if (this.depth > this.maxDepth || this.stack[this.depth] === code) {
      this.depth--;
      this.last = code;
      return true;
    }
    this.breakFrame();
    let level = this.depth;
    while (level > floor && this.stack[level] !== code) level--;
    if (level <= floor) return false;
    this.depth = level - 1;
    this.last = code;
    return true;
  }

  #startDocument(code: number): void {
    this.documents++;
    this.depth = 0;
    this.#keys.length = 0;
    this.matched = false;
    this.#strayTold = false;
    this.root = this.open(this.prefix(), true);
    this.from = this.at;
    this.last = NOTHING;
    if (code === OPEN_ARRAY && this.rootIsRecord) {
      this.matched = true;
      this.capture(this.root, this.at + 1);
      this.from = -1;
      this.#open(code);
      this.startList(this.prefix());
    } else {
      this.mode = 'document';
      this.#open(code);
    }
  }

  /** Passes over a string's inside; true when its end was reached. */
  #skipString(): boolean {
    const { chunk } = this;
    if (this.escaped) {
      this.at++;
      this.escaped = false;
    }
    const { at } = this;
    let start = at;
    for (;;) {
      const quote = chunk.indexOf('"', start);
      const end = quote < 0 ? chunk.length : quote;
      let slashes = 0;
      while (end - slashes > at && chunk.charCodeAt(end - slashes - 1) === BACKSLASH) slashes++;
      if (quote < 0) {
        this.escaped = slashes % 2 === 1;
        this.at = chunk.length;
        return false;
      }
      if (slashes % 2 === 0) {
        this.at = quote + 1;
        return true;
      }
      start = quote + 1;
    }
  }

  #startString(): void {
    const { last, mode } = this;
    if (last !== COMMA && last !== COLON && last !== OPEN_ARRAY && last !== OPEN_OBJECT && mode !== 'records')
      this.breakFrame();
    if (mode === 'records') this.startRecord(`${this.listPath}/${this.index}`, false);
    else if (
      mode === 'document' &&
      this.depth <= this.pointers.depth &&
      this.stack[this.depth] === CLOSE_OBJECT &&
      last !== COLON
    ) {
      this.keyParts = [];
      this.keyFrom = this.at;
    }
    this.inString = true;
    this.at++;
  }

  #endString(): void {
    this.inString = false;
    this.last = QUOTE;
    if (this.keyParts) {
      this.keyParts.push(this.chunk.slice(this.keyFrom, this.at));
      try {
        this.#keys[this.depth] = JSON.parse(this.keyParts.join(''));
      } catch {
        this.#keys[this.depth] = '';
      }
      this.keyParts = undefined;
    }
    if (this.#afterScalar()) this.#endRecord(this.at);
  }

  #startContainer(code: number): void {
    if (this.mode === 'between') this.#startDocument(code);
    else if (this.mode === 'records') {
      this.startRecord(`${this.listPath}/${this.index}`, false);
      this.#open(code);
    } else {
      const { depth, last } = this;
      const fits =
        depth > this.maxDepth ||
        (this.stack[depth] === CLOSE_OBJECT ? last === COLON : last === COMMA || last === OPEN_ARRAY);
      if (!fits) this.breakFrame();
      if (this.mode === 'document') this.#enter(code);
      else this.#open(code);
    }
    this.at++;
  }

  #endContainer(code: number): void {
    if (this.mode === 'records') {
      if (code === CLOSE_ARRAY) {
        this.from = this.at;
        this.depth--;
        this.last = code;
        this.mode = 'document';
        if (this.depth === 0) this.giveDocument();
        else this.at++;
      } else this.#stray();
    } else if (this.mode === 'document') {
      const closed = this.#close(code, 0);
      if (closed && this.depth === 0) this.giveDocument();
      else this.at++;
    } else {
      const frame = this.record as Frame;
      const closed = this.#close(code, frame.depth);
      if (closed && this.depth <= frame.depth) this.#endRecord(this.at + 1);
      else if (!closed && code === CLOSE_ARRAY && !frame.single) {
        this.depth = frame.depth;
        this.#endRecord(this.at); // the list ends here though the record does not: read the character again
      } else this.at++;
    }
  }

  #stray(): void {
    if (!this.#strayTold && !this.afterBroken) {
      const what = this.chunk.slice(this.at, this.at + 80);
      this.fault('json-syntax', `${this.listPath}/${this.index}`, what, { incomplete: true });
    }
    this.#strayTold ||= !this.afterBroken;
    this.at++;
  }

  /** What cannot be JSON between two documents. */
  #garbage(): void {
    const what = this.chunk.slice(this.at, this.at + 200);
    this.fault(this.documents === 0 ? 'not-json' : 'json-syntax', this.prefix(), what, { incomplete: true });
    this.mode = this.documents === 0 ? 'ended' : 'line';
  }

  #other(code: number): void {
    if (this.mode === 'between') {
      if (code === 0xfeff || code === 0x1e || (code === COMMA && this.documents > 0)) this.at++;
      else this.#garbage();
    } else if (this.mode === 'records') {
      if (code === COMMA) {
        this.afterBroken = false;
        this.at++;
      } else if (code === COLON) this.#stray();
      else {
        this.startRecord(`${this.listPath}/${this.index}`, false);
        this.last = LITERAL;
        this.at++;
      }
    } else if (code === COMMA || code === COLON) {
      if (this.#afterScalar()) this.#endRecord(this.at);
      else {
        this.last = code;
        this.at++;
      }
    } else {
      if (this.last === QUOTE || this.last === CLOSE_OBJECT || this.last === CLOSE_ARRAY) this.breakFrame();
      this.last = LITERAL;
      this.at++;
    }
  }
}

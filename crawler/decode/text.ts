import iconv from 'iconv-lite';

/** What is known about a body's encoding before reading it, and who wants to hear of repairs. */
export interface TextHint {
  /** Declared by the Content-Type or by the document itself. A byte order mark is stronger. */
  charset?: string;
  /** What bytes that are no UTF-8 are read as; `windows-1252` unless told. */
  fallback?: string;
  /** Called once when the bytes are not what was declared: what was done, in a few words. */
  onRepair?: (what: string) => void;
}

interface Decoder {
  write(bytes: Uint8Array): string;
  end(): string;
}

/**
 * Decodes a body piece by piece. In this order: byte order mark; UTF-16 recognised by its NULs; the declared
 * charset; UTF-8. Where UTF-8 is declared, or nothing is, the first bytes that are no UTF-8 decide: if all before them was ASCII
 * the rest is read as `fallback`, else (two encodings pasted together) just those bytes are. A body declared as
 * ISO 8859-1 or Windows-1252 that is UTF-8 is read as UTF-8, for the opposite does not happen by chance.
 */
export async function* decodeText(body: AsyncIterable<Uint8Array>, hint: TextHint = {}): AsyncIterable<string> {
  let decoder: Decoder | undefined;
  let head: Uint8Array = new Uint8Array(0);
  for await (const bytes of body) {
    let chunk = bytes;
    if (!decoder) {
      head = head.length ? Buffer.concat([head, bytes]) : bytes;
      if (head.length < 4) continue;
      ({ decoder, rest: chunk } = choose(head, hint));
    }
    const text = decoder.write(chunk);
    if (text) yield text;
  }
  if (!decoder) {
    const { decoder: late, rest } = choose(head, hint);
    const text = late.write(rest) + late.end();
    if (text) yield text;
    return;
  }
  const tail = decoder.end();
  if (tail) yield tail;
}

function choose(head: Uint8Array, hint: TextHint): { decoder: Decoder; rest: Uint8Array } {
  const [a, b, c, d] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { decoder: utf8(hint, 'utf-8'), rest: head.subarray(3) };
  if (a === 0xff && b === 0xfe) return { decoder: named('utf-16le'), rest: head.subarray(2) };
  if (a === 0xfe && b === 0xff) return { decoder: named('utf-16be'), rest: head.subarray(2) };
  if (a && b === 0 && c && d === 0) return { decoder: named('utf-16le'), rest: head };
  if (a === 0 && b && c === 0 && d) return { decoder: named('utf-16be'), rest: head };
  const label = canonical(hint.charset);
  if (label === undefined || label === 'utf-8' || label === 'windows-1252') {
    return { decoder: utf8(hint, label), rest: head };
  }
  if (!iconv.encodingExists(label)) {
    hint.onRepair?.(`charset "${hint.charset}" is unknown: read as UTF-8`);
    return { decoder: utf8({ ...hint, onRepair: undefined }, undefined), rest: head };
  }
  return { decoder: named(label), rest: head };
}

/** Labels as the WHATWG Encoding Standard reads them: Latin-1 and ASCII are Windows-1252. */
function canonical(label: string | undefined): string | undefined {
  const text = label
    ?.trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  if (!text) return undefined;
  if (/^utf-?8$|^unicode-1-1-utf-8$/.test(text)) return 'utf-8';
  if (/^(iso[-_]?8859[-_]?1|latin-?1|l1|us-ascii|ascii|ansi|cp-?1252|windows-?1252|x-cp1252)$/.test(text)) {
    return 'windows-1252';
  }
  return text;
}

/** A decoder for a charset taken at its word. */
function named(label: string): Decoder {
  const decoder = iconv.getDecoder(label);
  return { write: (bytes) => decoder.write(Buffer.from(bytes)), end: () => decoder.end() ?? '' };
}

function utf8(hint: TextHint, declared: 'utf-8' | 'windows-1252' | undefined): Decoder {
  const fallback = canonical(hint.fallback) ?? 'windows-1252';
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  let kept: Uint8Array = new Uint8Array(0);
  let seen = false; // a valid multi-byte sequence went by
  let other: Decoder | undefined; // decided: not UTF-8 at all
  let told = false;
  const tell = (what: string) => {
    if (!told) hint.onRepair?.(what);
    told = true;
  };

  function piece(bytes: Uint8Array, last: boolean): string {
    const end = last ? bytes.length : bytes.length - unfinished(bytes);
    kept = bytes.slice(end);
    const whole = bytes.subarray(0, end);
    try {
      const text = strict.decode(whole);
      if (!seen && text.length !== whole.length) {
        seen = true;
        if (declared === 'windows-1252') tell(`declared as ${hint.charset} but is UTF-8`);
      }
      return text;
    } catch {
      return repair(whole);
    }
  }

  function repair(bytes: Uint8Array): string {
    let out = '';
    let start = 0;
    for (let i = 0; i < bytes.length; ) {
      const size = sequence(bytes, i);
      if (size > 0) {
        if (size > 1) seen = true;
        i += size;
        continue;
      }
      out += strict.decode(bytes.subarray(start, i));
      if (!seen) {
        if (declared !== 'windows-1252') tell(`not UTF-8${declared ? ' as declared' : ''}: read as ${fallback}`);
        other = named(fallback);
        const rest = Buffer.concat([bytes.subarray(i), kept]);
        kept = new Uint8Array(0);
        return out + other.write(rest);
      }
      tell(`some bytes are not UTF-8: these were read as ${fallback}`);
      out += iconv.decode(Buffer.from([bytes[i] as number]), fallback);
      i++;
      start = i;
    }
    return out + strict.decode(bytes.subarray(start));
  }

  return {
    write(bytes) {
      if (other) return other.write(bytes);
      return piece(kept.length ? Buffer.concat([kept, bytes]) : bytes, false);
    },
    end() {
      const text = other || !kept.length ? '' : piece(kept, true);
      return other ? text + other.end() : text;
    },
  };
}

/** How many bytes at the end begin a UTF-8 sequence whose rest is still to come. */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= 3 && back <= bytes.length; back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

/** Length of the valid UTF-8 sequence at `at` (Unicode 15, table 3-7); 0 when there is none. */
function sequence(bytes: Uint8Array, at: number): number {
  const a = bytes[at] as number;
  if (a < 0x80) return 1;
  const b = bytes[at + 1] ?? 0;
  const tail = (offset: number) => ((bytes[at + offset] ?? 0) & 0xc0) === 0x80;
  if (a >= 0xc2 && a <= 0xdf) return tail(1) ? 2 : 0;
  if (a >= 0xe0 && a <= 0xef) {
    const low = a === 0xe0 ? 0xa0 : 0x80;
    const high = a === 0xed ? 0x9f : 0xbf;
    return b >= low && b <= high && tail(2) ? 3 : 0;
  }
  if (a >= 0xf0 && a <= 0xf4) {
    const low = a === 0xf0 ? 0x90 : 0x80;
    const high = a === 0xf4 ? 0x8f : 0xbf;
    return b >= low && b <= high && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

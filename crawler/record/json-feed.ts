import { isObject } from '../../schema/index.ts';
import { isFiller } from '../../schema/parse/text.ts';
import type { JsonItem } from '../decode/json-item.ts';
import { jsonRecords } from '../decode/json-records.ts';
import { type Format, isFault, type Page, type RawRecord, type RecordFault } from '../format.ts';
import { LEFT_OUT } from '../persons/door.ts';
import { fault } from '../problems/rules.ts';
import {
  defineFormat,
  ENCODING,
  type FormatTable,
  type Opened,
  REPAIRED,
  type RecordReading,
} from './define-format.ts';
import { jsonSyntax } from './json.ts';
import { type Reading, Spot, type Syntax } from './spot.ts';

export type Json = Record<string, unknown>;

/** Makes records, parts and faults of the items of one page. */
export interface Cut {
  item(raw: Json, path: string): Iterable<RawRecord | RecordFault>;
  /** What is left to say when all items are read. */
  end?(): Iterable<RawRecord | RecordFault>;
}

/** A format whose records are JSON objects, as a table: where they are, what identifies them, and which member is which element. */
export interface JsonFormatTable<R extends RecordReading = RecordReading>
  extends Omit<FormatTable<R>, 'records' | 'open'> {
  /** Where the records are: `paths` of `jsonRecords`. */
  lists: readonly string[];
  /** Members that identify a record, best first; they are looked for in the text of a broken one as well. */
  ids: readonly string[];
  /** The member in which the elements stand (`attributes`), if they do not stand in the record itself. */
  inner?: string;
  /** How members are named, where that is not as they stand: local names of JSON-LD (`linkedSyntax`). */
  syntax?: Syntax;
  /** Takes what stands beside the records, for `next`; may come several times. */
  envelope?(envelope: Json, page: Page): void;
  /** Begins a page. One record an item unless told. */
  cut?(page: Page): Cut;
  /** All items of the page are read; what is wrong with it as a whole. */
  ended?(page: Page, items: number): RecordFault | undefined;
}

/**
 * Makes a format of a table: finding the records, broken ones, encodings, our own marks, identifiers and whatever `defineFormat` does
 * are the same for all. A page that has items of which none is a record (an envelope that nobody knows, a page of something else)
 * proves nothing, and says so.
 */
export function defineJsonFormat<R extends RecordReading = RecordReading>(table: JsonFormatTable<R>): Format {
  const { lists, ids, inner, envelope, cut, ended, syntax = jsonSyntax, ...format } = table;
  const known = new RegExp(`"(?:${ids.join('|')})"\\s{0,20}:\\s{0,20}"([^"\\\\]{1,200})"`);

  const whole: Cut = {
    *item(raw, path) {
      const identifier = identifierIn(raw, ids);
      if (identifier !== undefined) yield { identifier, path, raw };
      else yield fault(null, path, 'missing-identifier', raw, `give ${ids.join(' or ')}, a text that is not empty`);
    },
  };

  async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncIterable<RawRecord | RecordFault> {
    let encoding: string | undefined;
    let items = 0;
    let given = false;
    let nameless: RecordFault | undefined;
    const cutting = cut?.(page) ?? whole;
    /** Passes on what an item comes to; the last fault without a name waits until it is known what else the page gives. */
    function* pass(pieces: Iterable<RawRecord | RecordFault>): Iterable<RawRecord | RecordFault> {
      for (const piece of pieces) {
        if (!isFault(piece)) {
          given = true;
          yield encoding && !piece.part ? { ...piece, raw: { ...(piece.raw as Json), [ENCODING]: encoding } } : piece;
          // Said once, with the first record there is.
          if (!piece.part) encoding = undefined;
        } else if (piece.rejection.identifier !== null || piece.incomplete) yield piece;
        else {
          if (nameless) yield nameless;
          nameless = piece;
        }
      }
    }
    const found = jsonRecords(body, {
      paths: lists,
      charset: page.charset,
      onRepair: (what) => {
        encoding = what;
      },
      onEnvelope: (said) => {
        if (isObject(said)) envelope?.(said, page);
      },
    });
    for await (const item of found) {
      items++;
      if ('fault' in item) yield brokenRecord(item, known);
      else if (!isObject(item.value) || (inner && !isObject(item.value[inner]))) {
        const remedy = `each item must be an object${inner ? ` with ${inner}` : ''}`;
        yield* pass([fault(null, item.path, 'not-a-record', item.value, remedy)]);
      } else {
        const raw = tidy(item.value) as Json;
        yield* pass(cutting.item(item.repaired.length ? { ...raw, [REPAIRED]: item.repaired } : raw, item.path));
      }
    }
    yield* pass(cutting.end?.() ?? []);
    if (nameless) yield given ? nameless : { ...nameless, incomplete: true };
    const last = ended?.(page, items);
    if (last) yield last;
  }

  function open(raw: unknown, parts: readonly unknown[], reading: Reading): ReturnType<FormatTable['open']> {
    if (!isObject(raw) || (inner && !isObject(raw[inner])))
      return { path: '', rule: 'not-a-record', remedy: 'publish the record itself beside its parts' };
    const spot = (value: Json, path: string) => new Spot(syntax, reading, { value: withoutMarks(value), path });
    const root = spot(raw, '');
    return {
      ...(inner ? { main: root.at(inner), root } : { main: root }),
      parts: parts.flatMap((part, n) => (isObject(part) ? [spot(part, `/parts/${n}`)] : [])),
    } satisfies Opened;
  }

  return defineFormat<R>({ ...format, records, open });
}

/** A broken record that cannot be named may be any record of the last run: then nothing may be swept. */
function brokenRecord(item: Extract<JsonItem, { fault: unknown }>, known: RegExp): RecordFault {
  const identifier = known.exec(item.text ?? '')?.[1] ?? null;
  return { rejection: { identifier, ...item.fault }, incomplete: item.incomplete || identifier === null };
}

/** The first of these members that identifies: a number, or a text that is no filler, to the letter. */
export function identifierIn(raw: Json, names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = Object.hasOwn(raw, name) ? raw[name] : undefined;
    if (typeof value === 'number' && Number.isFinite(value)) return String(value);
    if (typeof value === 'string' && !isFiller(value)) return value;
  }
  return undefined;
}

/** What we note in a raw record ourselves. */
const OURS = new Set([REPAIRED, ENCODING, LEFT_OUT]);

/** Names of members as they are meant, and none that only we give. The same value where nothing has to change. */
function tidy(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items = value.map(tidy);
    return items.some((item, n) => item !== value[n]) ? items : value;
  }
  if (!isObject(value)) return value;
  let same = true;
  const members = Object.entries(value).flatMap(([name, member]) => {
    const bare = name.trim();
    const kept = tidy(member);
    same &&= bare === name && kept === member && !OURS.has(bare);
    return OURS.has(bare) ? [] : [[bare, kept] as const];
  });
  return same ? value : Object.fromEntries(members);
}

function withoutMarks(raw: Json): Json {
  if (![...OURS].some((mark) => Object.hasOwn(raw, mark))) return raw;
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !OURS.has(name)));
}

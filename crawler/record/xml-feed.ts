import { isObject, type Problem } from '../../schema/index.ts';
import { createShelf } from '../decode/shelf.ts';
import { toElement, withoutPictures, type XmlElement } from '../decode/xml-element.ts';
import { xmlRecords } from '../decode/xml-records.ts';
import type { Format, Page, RawRecord, RecordFault } from '../format.ts';
import { hasPassed, LEFT_OUT, type LeftOut, leaveOutPersons, tellLeftOut } from '../persons/door.ts';
import { problemOf, silent } from '../problems/notes.ts';
import { fault } from '../problems/rules.ts';
import type { Opened, Refusal } from './define-format.ts';
import { createSeen } from './seen.ts';
import type { Shape } from './shape.ts';
import { type Reading, Spot } from './spot.ts';
import { xmlSyntax } from './xml.ts';

/** What tells an element from the others of its kind. */
export interface XmlIdentity {
  identifier?: string | undefined;
  /** Of a part of a record (a run that is an element of its own): its own identifier; `identifier` is then that of the record. */
  part?: string | undefined;
  /** For reports, and to tell one record that comes twice from two with one identifier. */
  title?: string | undefined;
  /** Where the identifier stands, or would. */
  path: string;
}

export interface XmlFeedTable {
  /** Local name of the record elements: `course`. */
  record: string;
  /** Local names of the elements around them, outermost first. */
  around: readonly string[];
  /** Other names under which the same is fed, with less in it: `resume-offre`. */
  also?: readonly string[];
  /** Which of those around says of itself what is true of all its records: `provider`. Where none does, a record waits for nothing. */
  body?: string;
  /** Other names under which it says that: `institute`. */
  bodyAlso?: readonly string[];
  /** Those around that stand in a body, at whose end it may have more to say: `courses`. */
  within?: readonly string[];
  /** A record with what of its body belongs into it alone: the places that it names. What the body says is not cleaned yet. */
  join?(record: XmlElement, body: XmlElement, clean: (part: XmlElement) => XmlElement): XmlElement;
  /** Its only children that are kept, where not all of them say something of its records. */
  ofBody?: readonly string[];
  /** Children of a record that stay outside: free texts of whom to ask. */
  outside?: readonly string[];
  /** What the document ought to be, for messages: `an XCRI-CAP catalogue`. */
  what: string;
  /** What is read of a raw record, which is an element with the body and the record in it. */
  shape: Shape;
  /** `about`: of a record, what its body is called. */
  identify(element: Spot, about?: XmlIdentity): XmlIdentity;
  /** What the elements around records say of them (by local name): that they are gone, or are changes and not the whole. */
  gone?: string;
  changes?: string;
  /** What a record without an identifier can be given. */
  remedy: string;
}

/** An element as it is kept: without pictures and persons; and what stayed outside. */
interface Kept {
  element: XmlElement;
  left: [string, number][];
}

interface Waiting {
  record: Kept;
  path: string;
  notes: Problem[];
}

const START = 20_000;

/** How an XML document begins; '' where the text is none. */
export function xmlStart(text: string): string {
  const start = text.trimStart().slice(0, START);
  return /^<[?!\w]/.test(start) ? start : '';
}

/**
 * A feed that is one XML document. Its raw records are `{ <body>, <record>, notes }`. A record waits until its body ends (on disk
 * beyond 16 MB), for what is true of all records may stand behind them. The same record once more is a part of it, `again-2`;
 * another one with its identifier gets one of its own.
 */
export function xmlFeed(table: XmlFeedTable): Pick<Format, 'records'> & {
  open(raw: unknown, parts: readonly unknown[], reading: Reading): Opened | Refusal;
} {
  const { record, also = [], around, body, what, shape, gone, changes, ofBody, outside = [] } = table;
  const { bodyAlso = [], within = [], join } = table;
  const isBody = ({ name }: XmlElement): boolean => name === body || bodyAlso.includes(name);

  const without = (
    { children, ...element }: XmlElement,
    keeps: (name: string) => boolean,
    left: LeftOut,
  ): XmlElement => {
    for (const { name } of children ?? []) if (!keeps(name)) left.set(name, (left.get(name) ?? 0) + 1);
    return { ...element, ...(children ? { children: children.filter(({ name }) => keeps(name)) } : {}) };
  };

  function kept(whole: XmlElement): Kept {
    const left: LeftOut = new Map();
    const element = without(whole, (name) => whole.name !== record || !outside.includes(name), left);
    const out = leaveOutPersons(withoutPictures(element), left, { reads: shape.reads }) as XmlElement | undefined;
    return { element: out ?? { name: element.name }, left: [...left] };
  }

  /** Parts of the body are cleaned once, however many records they belong into. */
  function joiner(from: XmlElement): (waiting: Waiting) => Waiting {
    const parts = new Map<XmlElement, Kept>();
    return ({ record: { element, left }, ...waiting }) => {
      const all = [...left];
      const clean = (part: XmlElement): XmlElement => {
        const one = parts.get(part) ?? kept(part);
        parts.set(part, one);
        all.push(...one.left);
        return one.element;
      };
      return { ...waiting, record: { element: join?.(element, from, clean) ?? element, left: all } };
    };
  }

  async function* records(bytes: AsyncIterable<Uint8Array>, page: Page): AsyncGenerator<RawRecord | RecordFault> {
    const shelf = createShelf<Waiting>();
    const name = createNames(table, page);
    let own: XmlElement | undefined;
    function* drain(): Generator<RawRecord | RecordFault> {
      const whole = own;
      const from = whole && kept(ofBody ? without(whole, (name) => ofBody.includes(name), new Map()) : whole);
      const joined = join && whole ? joiner(whole) : (waiting: Waiting) => waiting;
      for (const waiting of shelf.take()) yield name(joined(waiting), from);
      own = undefined;
    }
    try {
      const charset = page.charset ? { charset: page.charset } : {};
      for await (const item of xmlRecords(bytes, {
        records: [record, ...also],
        containers: around,
        what,
        ...charset,
      })) {
        if ('record' in item) {
          own = item.containers.findLast(isBody) ?? own;
          if (item.containers.some((container) => container.name === changes)) page.changes = true;
          if (item.containers.some((container) => container.name === gone)) {
            yield* name.tombstones({ record: kept(item.record), path: item.path, notes: [] });
            continue;
          }
          const waiting = { record: kept({ ...item.record, name: record }), path: item.path, notes: item.notes };
          if (body === undefined) yield name(waiting, undefined);
          else shelf.add(waiting);
        } else if ('ended' in item) {
          if (isBody(item.ended)) own = item.ended;
          if (!within.includes(item.ended.name)) yield* drain();
        } else {
          if (item.incomplete) yield* drain();
          yield item;
        }
      }
      yield* drain();
    } finally {
      shelf.dispose();
    }
  }

  function opened(raw: unknown, path: string, reading: Reading): Spot | undefined {
    const members = isObject(raw) ? raw : {};
    const element = toElement(members[record]);
    const from = body === undefined ? undefined : toElement(members[body]);
    if (!element) return undefined;
    const children = [...(from && body ? [{ ...from, name: body }] : []), { ...element, name: record }];
    return new Spot(xmlSyntax, reading, { value: { name: '', children }, path });
  }

  return {
    records,
    open(raw, parts, reading) {
      const main = opened(raw, '', reading);
      if (!main) return { path: '', rule: 'not-a-record', found: raw, remedy: 'harvest the record again' };
      return { main, parts: parts.flatMap((part, n) => opened(part, `/parts[${n + 1}]`, reading) ?? []) };
    },
  };
}

/** Gives each record its identifier and, when it comes again, its part. */
function createNames({ record, body, identify, remedy }: XmlFeedTable, { source }: Page) {
  const seen = createSeen();
  const parts = createSeen();
  const reading: Reading = { source, notes: silent(), language: source.defaults.language };
  const identityOf = (name: string, { element }: Kept, about?: XmlIdentity): XmlIdentity =>
    identify(new Spot(xmlSyntax, reading, { value: element, path: `/${name}` }), about);

  /** The body of the record before: it is the same for most. */
  let last: { from: Kept; about: XmlIdentity } | undefined;

  function name({ record: kept, path, notes }: Waiting, from: Kept | undefined): RawRecord | RecordFault {
    if (from && body && last?.from !== from) last = { from, about: identityOf(body, from) };
    const about = from && last?.about;
    const { identifier, part, title, path: place } = identityOf(record, kept, about);
    if (!identifier) {
      const of = body === undefined ? '' : ` of ${about?.title ?? `an unnamed ${body}`}`;
      const named = `${record} "${title ?? '(no title)'}"${of}`;
      return fault(null, path, 'missing-identifier', named, remedy);
    }
    const outside = tellLeftOut([...(from?.left ?? []), ...kept.left]);
    const raw = (more: readonly Problem[] = notes) => ({
      ...(from && body ? { [body]: hasPassed(from.element) } : {}),
      [record]: hasPassed(kept.element),
      ...(more.length ? { notes: more } : {}),
      ...(outside ? { [LEFT_OUT]: outside } : {}),
    });
    if (part !== undefined) {
      const { times } = parts.add(`${identifier}\n${part}`);
      return { identifier, part: times > 1 ? `${part}#${times}` : part, path, raw: raw() };
    }
    const key = `${about?.identifier ?? ''}\n${title ?? ''}`;
    const { times, first } = seen.add(identifier, key);
    if (times === 1) return { identifier, path, raw: raw() };
    // The same record once more (its further runs), or another one that wrongly has its identifier.
    if (first) return { identifier, part: `again-${times}`, path, raw: raw() };
    const own = `${identifier}#${[about?.identifier, title].filter(Boolean).join(' ')}`;
    const again = seen.add(own);
    if (again.times > 1) return { identifier: own, part: `again-${again.times}`, path, raw: raw() };
    return { identifier: own, path, raw: raw([...notes, problemOf(place, 'identifier-used-twice', identifier)]) };
  }

  /** What is gone is named only: nobody says whether it was a record or a part of one. */
  function* tombstones({ record: kept, path }: Waiting): Generator<RawRecord> {
    const { identifier } = identityOf(record, kept);
    if (!identifier) return;
    yield { identifier, path, raw: null, gone: true };
    yield { identifier: '', part: identifier, path, raw: null, gone: true };
  }
  return Object.assign(name, { tombstones });
}

/** The one thing said at these members; others that say something else are told, for there is one place for it. */
export function theOne(at: Spot, ...names: string[]): Spot | undefined {
  const [one, ...others] = at.each(...names);
  for (const other of others) if (JSON.stringify(other.value) !== JSON.stringify(one?.value)) other.note('not-mapped');
  return one;
}

/** What a further copy of a record says otherwise than the first; only `runs` of it are taken in. */
export function tellDifferences(main: Spot, copy: Spot, runs: string): void {
  for (const name of copy.members()) {
    const said = copy.at(name);
    if (name !== runs && JSON.stringify(said.value) !== JSON.stringify(main.at(name).value)) said.note('not-mapped');
  }
}

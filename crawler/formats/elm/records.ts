import { isObject, type Problem } from '../../../schema/index.ts';
import { startOf } from '../../decode/body-start.ts';
import { jsonRecords } from '../../decode/json-records.ts';
import type { JsonLdRaw, PlacedNode } from '../../decode/linked/document-record.ts';
import { LIMITS } from '../../decode/linked/limits.ts';
import type { JsonNode } from '../../decode/linked/node.ts';
import { createRdfXml } from '../../decode/linked/rdf-xml.ts';
import { createStatements } from '../../decode/linked/statements.ts';
import { readTurtle, tooLarge } from '../../decode/linked/turtle.ts';
import { decodeText } from '../../decode/text.ts';
import { xmlRecords } from '../../decode/xml-records.ts';
import { SourceBroken } from '../../errors.ts';
import { isFault, type Page, type RawRecord, type RecordFault } from '../../format.ts';
import { quoted } from '../../persons/quoted.ts';
import { problemOf } from '../../problems/notes.ts';
import { fault } from '../../problems/rules.ts';
import { createUnreleased } from '../../record/unreleased.ts';
import { objectIn, unsealed } from './credential.ts';
import { CREDENTIAL, CREDENTIAL_LISTS, nodeOfCredential } from './edci-xml.ts';
import { recordsOf } from './grouped.ts';
import { LISTS, nodeOfElement } from './loq-xml.ts';
import { addressOf, BARE, nameIn, tidied, typeIn, typesOf } from './names.ts';
import { createCatalogue } from './shelved.ts';
import { createAnswer, isBinding } from './sparql.ts';

type Found = Generator<RawRecord | RecordFault>;
/** XML, and not the address that a line of N-Triples begins with. */
const XML = /^<(?:[?!]|[\w.-]+(?::[\w.-]+)?(?:[\s>/]|$)(?!\/))/;

/** The records of a page, whichever of its syntaxes ELM is written in. */
export async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncGenerator<RawRecord | RecordFault> {
  const repairs: string[] = [];
  const onRepair = (what: string) => void repairs.push(what);
  let given = false;
  let told = false;
  for await (const item of inSyntax(await opened(body), page, onRepair)) {
    if (isFault(item)) told ||= item.incomplete === true;
    else {
      given = true;
      // Said once, with the first record there is.
      if (repairs.length) noted(item, ...repairs.splice(0).map((what) => problemOf('', 'wrong-encoding', what)));
    }
    yield item;
  }
  // The wrong address, the wrong vocabulary, nothing released: it does not say that the catalogue is empty.
  if (!given && !told) yield fault(null, '', 'no-elm-record', 'nothing that is a record', undefined, true);
}

async function* inSyntax({ start, bytes }: Opened, page: Page, onRepair: (what: string) => void) {
  const { charset } = page;
  if (start.startsWith('PK\u0003\u0004'))
    throw new SourceBroken(`${page.url}: a ZIP archive`, 'unpack it, and harvest the files in it');
  if (XML.test(start)) yield* inXml(bytes, page);
  else if (/^[[{]/.test(start)) yield* inJson(bytes, page, onRepair);
  else {
    const statements = createStatements();
    const text = decodeText(bytes, { ...(charset ? { charset } : {}), onRepair });
    const broken = await readTurtle(text, statements, names(page));
    if (broken[0] && statements.empty)
      throw new SourceBroken(
        `no Turtle: ${quoted(broken[0].message, 'turtle-syntax')}`,
        'publish Turtle, RDF/XML, JSON-LD or LOQ XML',
      );
    yield* recordsAlone(statements.nodes());
    for (const { message, subject, skipped = '' } of broken) {
      // What else than a specification it was about may be a part of one.
      const named = subject !== undefined && /\b(?:Qualification|LearningAchievementSpecification)\b/.test(skipped);
      yield fault(named ? subject : null, subject ?? '', 'turtle-syntax', message, undefined, !named);
    }
  }
}

function* recordsAlone(nodes: readonly PlacedNode[]): Found {
  const unreleased = createUnreleased();
  yield* recordsOf(nodes, { unreleased });
  yield* unreleased.faults();
}

const names = (page: Page) => ({
  base: page.url,
  name: (iri: string) => nameIn(BARE, iri),
  type: (iri: string) => typeIn(BARE, iri),
});

async function* inXml(bytes: AsyncIterable<Uint8Array>, page: Page): AsyncGenerator<RawRecord | RecordFault> {
  const statements = createStatements();
  const rdf = createRdfXml(statements, names(page));
  const catalogue = createCatalogue();
  const faults: RecordFault[] = [];
  const notes: Problem[] = [];
  let size = 0;
  const options = {
    records: '*',
    containers: ['RDF', CREDENTIAL, ...new Set([...LISTS, ...CREDENTIAL_LISTS])],
    what: 'a catalogue of ELM (RDF/XML or LOQ XML) or a credential of EDCI',
  } as const;
  try {
    for await (const item of xmlRecords(bytes, { ...options, ...(page.charset ? { charset: page.charset } : {}) })) {
      if ('record' in item) {
        const [root] = item.containers;
        if (root?.name === 'RDF') {
          size += JSON.stringify(item.record).length;
          if (size > LIMITS.json) throw tooLarge();
          rdf.add(item.record, item.path, root.attributes?.base);
        } else if (root?.name === CREDENTIAL) {
          const list = item.containers[1]?.name ?? '';
          const node = CREDENTIAL_LISTS.includes(list) ? nodeOfCredential(list, item.record) : undefined;
          if (node) catalogue.add({ node, path: item.path });
        } else catalogue.add({ node: nodeOfElement(item.record), path: item.path });
        if (notes.length < LIMITS.told) notes.push(...item.notes.map((note) => ({ ...note, path: '' })));
      } else if (!('ended' in item)) faults.push(item);
    }
    const all = statements.empty ? catalogue.records() : recordsAlone(statements.nodes());
    for (const item of all) {
      if (!isFault(item)) noted(item, ...notes.splice(0));
      yield item;
    }
  } finally {
    catalogue.dispose();
  }
  yield* faults;
}

async function* inJson(
  bytes: AsyncIterable<Uint8Array>,
  { charset, url }: Page,
  onRepair: (what: string) => void,
): AsyncGenerator<RawRecord | RecordFault> {
  const contexts = new Map<number, unknown>();
  const answer = createAnswer(url);
  const unreleased = createUnreleased();
  let held: PlacedNode[] = [];
  const mended: string[] = [];
  let size = 0;
  let documents = 0;
  let document: string | undefined;
  let some = false;
  function* flush(): Found {
    const context = BARE.with(contexts.get(Number(document?.slice(1) || 0)));
    const nodes = held.flatMap(({ node, path }) => {
      const own = tidied(node, context);
      return isObject(own) ? nodesIn(own, path) : [];
    });
    const [first] = nodes;
    held = [];
    size = 0;
    let some = false;
    const before = unreleased.size;
    for (const item of recordsOf(nodes, { unreleased })) {
      some = true;
      if (!isFault(item)) noted(item, ...mended.splice(0).map((what) => problemOf('', 'json-repaired', what)));
      yield item;
    }
    if (!some && first && unreleased.size === before)
      yield fault(addressOf(first.node) ?? null, first.path, 'no-elm-record', typesOf(first.node).join(', '));
  }
  const items = jsonRecords(bytes, {
    paths: ['/results/bindings', '/@graph', ''],
    maxRecordBytes: 16 * 1024 * 1024,
    onRepair,
    ...(charset ? { charset } : {}),
    onEnvelope(around, complete) {
      if (isObject(around) && around['@context'] !== undefined) contexts.set(documents, around['@context']);
      if (complete) documents++;
    },
  });
  for await (const item of items) {
    if ('fault' in item) {
      const { path, rule, found, remedy } = item.fault;
      if (!some && (rule === 'not-json' || rule === 'json-no-records'))
        throw new SourceBroken(`no JSON-LD: ${quoted(found, rule)}`, remedy);
      yield* flush();
      const identifier = identifierIn(item.text ?? '');
      yield fault(identifier, path, rule, found, remedy, item.incomplete || identifier === null);
      continue;
    }
    some = true;
    const number = /^#\d+/.exec(item.path)?.[0] ?? '';
    if (number !== document) yield* flush();
    document = number;
    const read = typeof item.value === 'string' ? objectIn(item.value) : item.value;
    const value = isObject(read) ? unsealed(read) : undefined;
    if (!value)
      yield fault(
        null,
        item.path,
        'not-a-record',
        item.value,
        'every record is a JSON object, every seal has a payload',
      );
    else if (isBinding(value)) answer.add(value);
    else {
      size += JSON.stringify(value).length;
      if (size > LIMITS.json) throw tooLarge();
      held.push({ node: value, path: item.path });
      if (mended.length < LIMITS.told) mended.push(...item.repaired);
    }
  }
  yield* flush();
  yield* recordsOf(answer.nodes(), { unreleased });
  yield* unreleased.faults();
}

/** The nodes of a document that stands in a list of documents. */
const nodesIn = (node: JsonNode, path: string): PlacedNode[] =>
  Array.isArray(node['@graph'])
    ? node['@graph'].flatMap((one, n) => (isObject(one) ? [{ node: one, path: `${path}/@graph/${n}` }] : []))
    : [{ node, path }];

/** The address of a record that is no JSON, where it stands before anything nested. */
function identifierIn(text: string): string | null {
  const before = text.slice(0, 2000).split(/(?<!^\s{0,20})[{[]/)[0] ?? '';
  return /"@?id"\s{0,9}:\s{0,9}"(https?:[^"\\]{1,300})"/i.exec(before)?.[1] ?? null;
}

function noted(record: RawRecord, ...problems: readonly Problem[]): void {
  const raw = record.raw as JsonLdRaw;
  if (problems.length) raw.notes = [...(raw.notes ?? []), ...problems];
}

interface Opened {
  /** The first characters that are no white space. */
  start: string;
  bytes: AsyncIterable<Uint8Array>;
}

const LOOKED_AT = 256;

/** Looks at the beginning of a body without taking it away. */
async function opened(body: AsyncIterable<Uint8Array>): Promise<Opened> {
  let start = '';
  const { cut, whole } = await startOf(body, (held) => {
    start = new TextDecoder()
      .decode(Buffer.concat(held))
      .replace(/[\0\uFEFF\uFFFD]/g, '')
      .trimStart();
    return start.length >= LOOKED_AT;
  });
  if (cut) throw cut.error;
  return { start, bytes: whole };
}

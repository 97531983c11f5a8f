import { bareRecord, isObject } from '../../../schema/index.ts';
import { startOf } from '../../decode/body-start.ts';
import { LIMITS } from '../../decode/linked/limits.ts';
import { append, type JsonNode, list } from '../../decode/linked/node.ts';
import { createRdfXml } from '../../decode/linked/rdf-xml.ts';
import { createStatements } from '../../decode/linked/statements.ts';
import { readTurtle, tooLarge } from '../../decode/linked/turtle.ts';
import { decodeText } from '../../decode/text.ts';
import { xmlRecords } from '../../decode/xml-records.ts';
import { SourceBroken } from '../../errors.ts';
import type { Page, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';

/** A catalogue: its nodes by address, their properties by the last part of their name. */
export interface Catalogue {
  nodes: ReadonlyMap<string, JsonNode>;
  /** Addresses of its next pages. */
  further: string[];
  faults: RecordFault[];
}

const NAMESPACE = /www\.w3\.org\/ns\/dcat#/;
/** Something is a catalogue, a data set or a distribution: an ontology and shapes only speak of them. */
const INSTANCE =
  /(?:\sa\s{1,9}|type>?\s{1,9})<?[\w:/.]{0,40}[:#](?:Catalog|Dataset|Distribution)\b|<(?:[\w-]+:)?(?:Catalog|Dataset|Distribution)[\s>]|"@type"\s*:\s*[[\s]{0,20}"[^"\s]{0,40}\b(?:Catalog|Dataset|Distribution)"/;
/** DCAT-US 1.1 names itself. */
const OF_US = /"conformsTo"\s*:\s*"https?:\/\/project-open-data\.cio\.gov\/v1\.1\/schema/;

/** The namespace of DCAT and something that is in it. */
export const looksLikeCatalogue = (text: string): boolean =>
  OF_US.test(text) || (NAMESPACE.test(text) && INSTANCE.test(text));

const localName = (name: string): string => /[^#/:]*$/.exec(name)?.[0] ?? name;
const XML = /^<(?:[?!]|[\w.-]+:?RDF\b)/;

/**
 * Reads a catalogue whole (DCAT 3, section 6), in the syntax that its beginning tells. Nothing that it refers to is fetched.
 * @throws SourceBroken when it is none, or has more characters than are held in memory
 */
export async function readCatalogue(body: AsyncIterable<Uint8Array>, page: Page): Promise<Catalogue> {
  const { held, cut, whole } = await startOf(body, (_, bytes) => bytes >= 512);
  if (cut && !held.length) throw cut.error;
  const start = new TextDecoder().decode(Buffer.concat(held)).replace(/^[\uFEFF\s]+/, '');
  const read = XML.test(start) ? inXml : /^[[{]/.test(start) ? inJson : inTurtle;
  const { nodes, faults } = await read(whole, page);
  const all = [...nodes.values()];
  if (!all.some((node) => node.distribution !== undefined))
    throw new SourceBroken(
      `${page.url}: no data set with a distribution`,
      'give the address of a DCAT catalogue, or the format of the feed that stands there',
    );
  const further = all.flatMap((node) =>
    typesOf(node).some((type) => /^(?:PagedCollection|PartialCollectionView)$/.test(type))
      ? [...list(node.next), ...list(node.nextPage)].flatMap((one) => addressIn(one) ?? [])
      : [],
  );
  return { nodes, further, faults };
}

type Read = Pick<Catalogue, 'nodes' | 'faults'>;

const named = ({ url }: Page) => ({ base: url, name: localName, type: localName });

async function inTurtle(bytes: AsyncIterable<Uint8Array>, page: Page): Promise<Read> {
  const statements = createStatements();
  const text = decodeText(bytes, page.charset ? { charset: page.charset } : {});
  const broken = await readTurtle(text, statements, named(page));
  const faults = broken.map(({ message, subject = '' }) =>
    fault(null, subject, 'turtle-syntax', message, undefined, true),
  );
  return { nodes: byId(statements.nodes().map(({ node }) => node)), faults };
}

async function inXml(bytes: AsyncIterable<Uint8Array>, page: Page): Promise<Read> {
  const statements = createStatements();
  const rdf = createRdfXml(statements, named(page));
  const faults: RecordFault[] = [];
  let size = 0;
  const options = { records: '*', containers: ['RDF'], what: 'a DCAT catalogue in RDF/XML' } as const;
  for await (const item of xmlRecords(bytes, { ...options, ...(page.charset ? { charset: page.charset } : {}) }))
    if ('record' in item) {
      size += JSON.stringify(item.record).length;
      if (size > LIMITS.json) throw tooLarge();
      rdf.add(item.record, item.path, item.containers[0]?.attributes?.base);
    } else if (!('ended' in item)) faults.push(item);
  return { nodes: byId(statements.nodes().map(({ node }) => node)), faults };
}

async function inJson(bytes: AsyncIterable<Uint8Array>, page: Page): Promise<Read> {
  let text = '';
  for await (const piece of decodeText(bytes, page.charset ? { charset: page.charset } : {})) {
    text += piece;
    if (text.length > LIMITS.json) throw tooLarge();
  }
  const document = parsed(text);
  if (document === undefined)
    throw new SourceBroken(`${page.url}: no JSON, or cut short`, 'publish the catalogue as a whole JSON document');
  const nodes: JsonNode[] = [];
  collect(document, page.url, nodes);
  return { nodes: byId(nodes), faults: [] };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Levels of objects inside of each other in a catalogue. */
const LEVELS = 20;

/** Every object of a document is a node; one inside of another is referred to. Contexts are neither read nor fetched. */
function collect(value: unknown, base: string, into: JsonNode[], level = 0): unknown {
  if (level > LEVELS) return undefined;
  if (Array.isArray(value)) return value.map((one) => collect(one, base, into, level + 1));
  if (!isObject(value)) return value;
  if ('@value' in value) return value['@value'];
  const node = bareRecord<JsonNode>();
  const id = value['@id'] ?? value.id;
  node['@id'] = typeof id === 'string' ? (URL.parse(id, base)?.href ?? id) : `_:j${into.length}`;
  into.push(node);
  for (const [name, member] of Object.entries(value)) {
    if (/^@(?:context|id)$/.test(name)) continue;
    const inner = collect(member, base, into, level + 1);
    if (name === '@graph') continue;
    for (const one of list(inner))
      if (name === '@type') append(node, '@type', localName(String(one)));
      else append(node, localName(name), one as JsonNode);
  }
  return { '@id': node['@id'] };
}

function byId(nodes: readonly JsonNode[]): Map<string, JsonNode> {
  const found = new Map<string, JsonNode>();
  for (const node of nodes) {
    const id = String(node['@id'] ?? `_:n${found.size}`);
    const other = found.get(id);
    // One that only names another one says nothing.
    if (!other || Object.keys(other).length < Object.keys(node).length) found.set(id, node);
  }
  return found;
}

export const typesOf = (node: JsonNode): string[] => list(node['@type']).map(String);

/** The address that a value is, or refers to. */
export function addressIn(value: unknown): string | undefined {
  const said = isObject(value) ? (value['@id'] ?? value['@value']) : value;
  return typeof said === 'string' && URL.canParse(said) ? said : undefined;
}

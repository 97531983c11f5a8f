import { isObject, table } from '../../../schema/index.ts';
import { type JsonNode, list } from '../../decode/linked/node.ts';
import type { Page, RecordFault } from '../../format.ts';
import { fault } from '../../problems/rules.ts';
import { addressIn } from './catalogue.ts';

/** Kinds of files in the order in which they are preferred: the first says most, and JSON-LD of registers was found empty. */
const PREFERRED = [
  'text/turtle',
  'application/n-triples',
  'application/rdf+xml',
  'application/ld+json',
  'application/json',
  'application/xml',
  'text/csv',
] as const;

/** The EU's list of file types, and what people write instead of a media type, by the media type that it means. */
const FILE_TYPES = table({
  RDF_TURTLE: 'text/turtle',
  TURTLE: 'text/turtle',
  TTL: 'text/turtle',
  RDF_N_TRIPLES: 'application/n-triples',
  NT: 'application/n-triples',
  RDF_XML: 'application/rdf+xml',
  RDF: 'application/rdf+xml',
  JSON_LD: 'application/ld+json',
  JSONLD: 'application/ld+json',
  JSON: 'application/json',
  XML: 'application/xml',
  'text/xml': 'application/xml',
  CSV: 'text/csv',
  TSV: 'text/tab-separated-values',
});
const PACKED = /^(?:ZIP|GZ|GZIP|application\/(?:zip|gzip|x-gzip|x-zip-compressed))$/i;

interface Offered {
  url: string;
  /** The kind of the file, as its media type; '' where only its beginning will tell. */
  kind: string;
  /** Its titles. */
  titles: readonly string[];
  /** When it was changed or published, ISO 8601; '' where nobody says. */
  changed: string;
}

/**
 * The addresses of the feeds that the data sets of a catalogue lead to: of each data set the files of one kind. What leads nowhere is
 * told. `mediaTypes`: those of the formats there are.
 */
export function chooseFeeds(
  nodes: ReadonlyMap<string, JsonNode>,
  { source, url }: Page,
  mediaTypes: ReadonlySet<string>,
): { feeds: string[]; faults: RecordFault[] } {
  const { dataset: named, file, newest } = source.options;
  const wanted = named === undefined ? undefined : String(named).toLowerCase();
  const words = file === undefined ? undefined : String(file).toLowerCase();
  const faults: RecordFault[] = [];
  const feeds = new Set<string>();
  let some = false;
  for (const [id, dataset] of nodes) {
    const own = nodesAt(dataset, 'distribution', nodes);
    if (!own.length || (wanted && !isMeant(id, dataset, wanted, nodes))) continue;
    some = true;
    const offered = own
      .flatMap((one) => offeredBy(one, nodes, mediaTypes) ?? [])
      .filter(({ url, titles }) => !words || [url, ...titles].some((one) => one.toLowerCase().includes(words)));
    const [kind] = offered.map(({ kind }) => kind).sort((a, b) => rank(a) - rank(b));
    if (kind === undefined)
      faults.push(fault(null, id, 'dataset-without-feed', wordsAt(dataset, 'title', nodes)[0] ?? id));
    const ofKind = offered.filter((one) => one.kind === kind).sort((a, b) => (a.changed < b.changed ? 1 : -1));
    for (const { url } of newest === true ? ofKind.slice(0, 1) : offered.filter((one) => one.kind === kind))
      feeds.add(url);
  }
  if (!some && wanted)
    faults.push(
      fault(null, url, 'dataset-without-feed', `no data set "${wanted}"`, 'check the option `dataset`', true),
    );
  return { feeds: [...feeds], faults };
}

const rank = (kind: string): number => {
  const at = (PREFERRED as readonly string[]).indexOf(kind);
  return at < 0 ? PREFERRED.length : at;
};

function isMeant(id: string, dataset: JsonNode, wanted: string, nodes: ReadonlyMap<string, JsonNode>): boolean {
  if (id.toLowerCase() === wanted) return true;
  if (wordsAt(dataset, 'identifier', nodes).some((one) => one.toLowerCase() === wanted)) return true;
  return wordsAt(dataset, 'title', nodes).some((title) => title.toLowerCase().includes(wanted));
}

/** What a distribution offers, when that can be a feed (DCAT 3, section 6.8). */
function offeredBy(
  distribution: JsonNode,
  nodes: ReadonlyMap<string, JsonNode>,
  mediaTypes: ReadonlySet<string>,
): Offered | undefined {
  const kinds = (...names: string[]) => names.flatMap((name) => wordsAt(distribution, name, nodes).map(kindOf));
  const said = kinds('mediaType', 'format');
  const stated = said.filter((kind) => !PACKED.test(kind));
  const packed = stated.length < said.length || kinds('packageFormat', 'compressFormat').length > 0;
  const dates = ['modified', 'issued'].flatMap((name) => wordsAt(distribution, name, nodes));
  const about = { titles: wordsAt(distribution, 'title', nodes), changed: dates.sort().at(-1) ?? '' };
  const address = (name: string) => list(distribution[name]).flatMap((one) => addressIn(one) ?? [])[0];
  const download = address('downloadURL');
  const access = address('accessURL');
  const byMediaType = stated.find((kind) => mediaTypes.has(kind));
  if (byMediaType && (download ?? access)) return { ...about, url: (download ?? access) as string, kind: byMediaType };
  // Of a kind that no format reads.
  if (!download || stated.length) return undefined;
  const byName = kindOf(/\.([a-z]{2,5})(?:\.(?:zip|gz))?(?:[?#]|$)/i.exec(download)?.[1] ?? '');
  if (mediaTypes.has(byName)) return { ...about, url: download, kind: byName };
  // Nothing says what it is: its beginning will.
  return packed || !byName || PACKED.test(byName) ? { ...about, url: download, kind: '' } : undefined;
}

/** `text/turtle`, `https://www.iana.org/assignments/media-types/text/turtle`, `…/file-type/RDF_TURTLE`, `Turtle`. */
function kindOf(said: string): string {
  const bare = said.replace(/^https?:\/\/(?:www\.)?iana\.org\/assignments\/media-types\//i, '').split(';')[0] as string;
  const name = /^https?:/i.test(bare) ? (/[^/#]*$/.exec(bare)?.[0] ?? '') : bare.trim();
  return FILE_TYPES.get(name) ?? FILE_TYPES.get(name.toUpperCase().replace(/[\s-]+/g, '_')) ?? name.toLowerCase();
}

/** Nodes at a property, there or referred to. */
function nodesAt(node: JsonNode, property: string, nodes: ReadonlyMap<string, JsonNode>): JsonNode[] {
  return list(node[property]).flatMap((one): JsonNode[] => {
    const id = isObject(one) ? one['@id'] : one;
    const target = typeof id === 'string' ? nodes.get(id) : undefined;
    if (target) return [target];
    return isObject(one) && Object.keys(one).length > 1 ? [one] : [];
  });
}

/** Texts at a property; of a node its address, or its label. */
function wordsAt(node: JsonNode, property: string, nodes: ReadonlyMap<string, JsonNode>): string[] {
  return list(node[property]).flatMap((one): string[] => {
    if (typeof one === 'string') return [one];
    if (!isObject(one)) return [];
    if (typeof one['@value'] === 'string') return [one['@value']];
    const id = typeof one['@id'] === 'string' ? one['@id'] : '';
    const target = nodes.get(id) ?? one;
    const label = target.label ?? target.prefLabel;
    if (id && !id.startsWith('_:')) return [id];
    return typeof label === 'string' ? [label] : [];
  });
}

import { isObject } from '../../../schema/index.ts';
import { jsonRecords } from '../../decode/json-records.ts';
import { parseJsonValue } from '../../decode/json-value.ts';
import type { JsonLdRaw, JsonLdRecord, PlacedNode } from '../../decode/linked/document-record.ts';
import { graphRecords } from '../../decode/linked/document-records.ts';
import type { JsonNode } from '../../decode/linked/node.ts';
import { SourceBroken } from '../../errors.ts';
import type { Page, RawRecord, RecordFault } from '../../format.ts';
import { quoted } from '../../persons/quoted.ts';
import { problemOf } from '../../problems/notes.ts';
import { fault } from '../../problems/rules.ts';
import { ctidOf, PROFILE, referenceKey } from './terms.ts';

const MAX_GRAPH = 64 * 1024 * 1024;
const MAX_RECORD = 16 * 1024 * 1024;

type Found = Generator<RawRecord | RecordFault>;

/** The records of a page: of graphs, of envelopes, of single documents. */
export async function* records(body: AsyncIterable<Uint8Array>, page: Page): AsyncGenerator<RawRecord | RecordFault> {
  const repairs: string[] = [];
  for await (const item of recordsIn(body, page, (what) => repairs.push(what))) {
    // Said once, with the first record there is.
    if ('raw' in item && repairs.length) {
      const raw = item.raw as JsonLdRaw;
      raw.notes = [...(raw.notes ?? []), ...repairs.splice(0).map((what) => problemOf('', 'wrong-encoding', what))];
    }
    yield item;
  }
}

async function* recordsIn(
  body: AsyncIterable<Uint8Array>,
  page: Page,
  onRepair: (what: string) => void,
): AsyncGenerator<RawRecord | RecordFault> {
  const graph = heldGraph();
  let some = false;
  let envelopes = 0;
  const items = jsonRecords(body, {
    paths: ['/envelopes', '/@graph', ''],
    maxRecordBytes: MAX_RECORD,
    onRepair,
    ...(page.charset ? { charset: page.charset } : {}),
    onEnvelope: graph.around,
  });
  for await (const item of items) {
    if ('fault' in item) {
      const { path, rule, found: what, remedy } = item.fault;
      if (!some && graph.empty && (rule === 'not-json' || rule === 'json-no-records')) {
        throw new SourceBroken(`no CTDL document: ${quoted(what, rule)}`, remedy);
      }
      yield* graph.flush();
      const identifier = item.text && identifierIn(item.text);
      yield fault(identifier ?? null, path, rule, what, remedy, item.incomplete);
      continue;
    }
    some = true;
    const { value, path } = item;
    const document = /^#\d+/.exec(path)?.[0] ?? '';
    yield* graph.begin(document);
    if (!isObject(value)) {
      yield fault(null, path, 'not-a-record', value, 'every record is a JSON object');
    } else if ('envelope_id' in value || 'envelope_type' in value || 'decoded_resource' in value) {
      page.envelope.envelopes = ++envelopes;
      yield* fromEnvelope(value, path);
    } else if (Array.isArray(value['@graph'])) {
      yield* fromDocument(value, path);
    } else if (path === document && value['@type'] === undefined && value.type === undefined) {
      // An error message in JSON, say: to take it for an empty catalogue would withdraw everything.
      yield fault(null, path, 'not-a-ctdl-document', value, undefined, true);
    } else yield* graph.add({ node: value, path });
  }
  yield* graph.flush();
}

/** The identifier of a record that is no JSON: its CTID, else the `@id` that stands before anything nested. */
function identifierIn(text: string): string | undefined {
  const ctid = /"(?:ceterms:ctid|envelope_ceterms_ctid)"\s*:\s*"([^"]+)"/.exec(text)?.[1];
  const id = /"@id"\s*:\s*"([^"]+)"/.exec(text.slice(0, 2000).split(/(?<!^\s{0,20})[{[]/)[0] ?? '')?.[1];
  return (ctid && ctidOf(ctid)) ?? (id && referenceKey(id));
}

/** The nodes of a graph, held until it ends: references inside it need it whole. */
function heldGraph() {
  let nodes: PlacedNode[] = [];
  let size = 0;
  let document: string | undefined;
  /** Context and `@id` of each document of the page, by its number. */
  const contexts = new Map<number, unknown>();
  const ids = new Map<number, unknown>();
  let documents = 0;
  let windows = 0;

  function* flush(): Found {
    if (!nodes.length) return;
    const number = Number(document?.slice(1) || 0);
    const id = ids.get(number);
    const found = graphRecords(nodes, contexts.get(number), PROFILE, typeof id === 'string' ? id : undefined);
    nodes = [];
    size = 0;
    for (const record of found) yield rawRecord(record);
  }

  return {
    flush,
    get empty(): boolean {
      return nodes.length === 0;
    },
    /** What stands around the nodes of a document. */
    around(envelope: unknown, complete: boolean): void {
      if (isObject(envelope)) {
        if (envelope['@context'] !== undefined) contexts.set(documents, envelope['@context']);
        if (envelope['@id'] !== undefined) ids.set(documents, envelope['@id']);
      }
      if (complete) documents++;
    },
    *begin(next: string): Found {
      if (next === document) return;
      yield* flush();
      document = next;
    },
    *add(placed: PlacedNode): Found {
      const { node } = placed;
      if (node['@context'] !== undefined && !contexts.has(documents)) contexts.set(documents, node['@context']);
      size += JSON.stringify(node).length;
      nodes.push(placed);
      if (size <= MAX_GRAPH) return;
      yield* flush();
      if (++windows > 1) return;
      yield fault(
        null,
        '',
        'graph-too-large',
        `more than ${MAX_GRAPH} characters in one graph`,
        'split the graph: references across its parts are not followed',
      );
    },
  };
}

function rawRecord({ identifier, part, path, raw }: JsonLdRecord): RawRecord | RecordFault {
  if (identifier !== undefined) return { identifier, path, raw, ...(part === undefined ? {} : { part }) };
  const remedy = 'give the record a ceterms:ctid or an @id that stays the same';
  return fault(null, path, 'missing-identifier', raw.main, remedy);
}

function* fromEnvelope(envelope: JsonNode, path: string): Found {
  const type = envelope.envelope_type;
  // Statements about use and JSON schemas travel in envelopes too; a deleted envelope is a tombstone.
  if (typeof type === 'string' && type !== 'resource_data') return;
  if (envelope.deleted_at) return;
  const headers = envelope.node_headers;
  if (isObject(headers) && headers.deleted_at) return;
  const ctid = typeof envelope.envelope_ceterms_ctid === 'string' ? envelope.envelope_ceterms_ctid : undefined;
  const asText = textOfJson(envelope.decoded_resource);
  let resource = asText ?? envelope.decoded_resource;
  let place = `${path}/decoded_resource`;
  if (!isObject(resource)) {
    resource = decodeToken(envelope.resource);
    place = `${path}/resource`;
  }
  if (isObject(resource)) {
    for (const item of fromDocument(resource, place, ctid)) {
      if (asText && 'raw' in item) {
        const raw = item.raw as JsonLdRaw;
        raw.notes = [...(raw.notes ?? []), problemOf('', 'json-repaired', 'encoded-twice')];
      }
      yield item;
    }
  } else {
    const identifier = ctid === undefined ? null : (ctidOf(ctid) ?? ctid);
    yield fault(identifier, place, 'envelope-without-resource', envelope.envelope_id ?? envelope.resource);
  }
}

/** The object that a text of JSON holds. */
function textOfJson(value: unknown): JsonNode | undefined {
  if (typeof value !== 'string' || !/^\s*\{/.test(value)) return undefined;
  try {
    const held = parseJsonValue(value).value;
    return isObject(held) ? held : undefined;
  } catch {
    return undefined;
  }
}

/** The payload of the old envelopes' JSON Web Token. Its signature is not verified: we record who said what, not proof of it. */
function decodeToken(token: unknown): unknown {
  if (typeof token !== 'string') return undefined;
  const payload = token.split('.')[1];
  if (!payload || !/^[\w-]+={0,2}$/.test(payload)) return undefined;
  return textOfJson(Buffer.from(payload, 'base64url').toString('utf8'));
}

function* fromDocument(document: JsonNode, path: string, ctid?: string): Found {
  const graph = document['@graph'];
  const nodes: PlacedNode[] = Array.isArray(graph)
    ? graph.flatMap((node, i) => (isObject(node) ? [{ node, path: `${path}/@graph/${i}` }] : []))
    : [{ node: document, path }];
  const id = ctid ?? document['@id'];
  for (const record of graphRecords(nodes, document['@context'], PROFILE, typeof id === 'string' ? id : undefined)) {
    yield rawRecord(record);
  }
}

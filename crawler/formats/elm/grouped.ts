import { createHash } from 'node:crypto';
import { isObject, own, providerIdentifierFromName } from '../../../schema/index.ts';
import { langStrings } from '../../../schema/parse/text.ts';
import type { JsonLdRecord, PlacedNode } from '../../decode/linked/document-record.ts';
import { graphRecords } from '../../decode/linked/document-records.ts';
import { type JsonNode, list } from '../../decode/linked/node.ts';
import type { RawRecord, RecordFault } from '../../format.ts';
import { problemOf } from '../../problems/notes.ts';
import { fault } from '../../problems/rules.ts';
import type { createUnreleased } from '../../record/unreleased.ts';
import { credentialsIn } from './credential.ts';
import { addressOf, isAddress, OPPORTUNITIES, PROFILE, SPECIFICATIONS, typesOf } from './names.ts';

export const has = (node: JsonNode, classes: ReadonlySet<string>): boolean =>
  typesOf(node).some((type) => classes.has(type));
/** The property that leads from an opportunity to what is learnt. */
const LEARNT = 'learningAchievementSpecification';

/**
 * The records of one graph: specifications (what is learnt and awarded) with the opportunities to learn it as their parts. An
 * opportunity whose specification is not in the graph, or has no address, is a record of its own. What its register has not released
 * is counted, and left out. `own`: places of the nodes that are asked for, where the others are only referred to.
 */
export function* recordsOf(
  placed: readonly PlacedNode[],
  { unreleased, own }: { unreleased: ReturnType<typeof createUnreleased>; own?: ReadonlySet<string> },
): Generator<RawRecord | RecordFault> {
  const wordless: PlacedNode[] = [];
  const nodes = (credentialsIn(placed, (one) => wordless.push(one)) ?? placed)
    .flatMap((one) => [one, ...hoisted(one)])
    .filter(({ node, path }) => {
      const status = has(node, SPECIFICATIONS) || has(node, OPPORTUNITIES) ? statusOf(node) : undefined;
      if (status !== undefined && own?.has(path) !== false) unreleased.add(status, path);
      return status === undefined;
    });
  for (const { node, path } of wordless)
    yield fault(null, path, 'credential-without-specification', typesOf(node).join(', '));
  const links = linked(nodes);
  for (const record of graphRecords(nodes, undefined, PROFILE)) {
    const { path, raw, part } = record;
    if (own?.has(path) === false) continue;
    const identifier = isAddress(record.identifier) ? record.identifier : named(record);
    if (identifier === undefined) {
      yield fault(null, path, 'missing-identifier', raw.main, 'give the record an address that stays the same');
      continue;
    }
    const of = links.get(identifier);
    if (of) for (const one of of) yield { identifier: one, part: identifier, path, raw };
    else yield { identifier, path, raw, ...(part === undefined ? {} : { part }) };
  }
}

/** Records that are described inside of others (nested JSON-LD) and have an address: there a reference stays. */
function hoisted({ node, path }: PlacedNode): PlacedNode[] {
  const out: PlacedNode[] = [];
  const walk = (at: JsonNode, place: string, depth: number): void => {
    for (const [name, value] of Object.entries(at)) {
      const many = Array.isArray(value);
      const kept = list(value).map((one, n) => {
        if (!isObject(one) || depth > 60) return one;
        const way = `${place}/${name}${many ? `/${n}` : ''}`;
        walk(one, way, depth + 1);
        if (!addressOf(one) || Object.keys(one).length < 3) return one;
        if (!has(one, SPECIFICATIONS) && !has(one, OPPORTUNITIES)) return one;
        out.push({ node: one, path: way });
        return { '@id': one['@id'] };
      });
      if (kept.some((one, n) => one !== list(value)[n])) at[name] = many ? kept : kept[0];
    }
  };
  walk(node, path, 0);
  return out;
}

/** The status of a record that is not released: `elm:status` is a word, in LOQ-mdr a concept; QualityLink has a flag. */
export function statusOf(node: JsonNode): string | undefined {
  const [status] = list(node.status);
  const said = isObject(status) ? (langStrings(status.prefLabel)[0]?.value ?? status['@value']) : status;
  if (typeof said === 'string' && said.trim() && !/(?:^|[/#])released$/i.test(said.trim())) return said.trim();
  return /^false$/i.test(String(list(node.isActive)[0])) ? 'not active' : undefined;
}

/** Opportunities by address, with the specifications in the graph that they are of; the way there is taken away. */
function linked(nodes: readonly PlacedNode[]): Map<string, string[]> {
  const links = new Map<string, string[]>();
  const known = new Set(nodes.flatMap(({ node }) => (has(node, SPECIFICATIONS) ? (addressOf(node) ?? []) : [])));
  for (const { node } of nodes) {
    const own = has(node, OPPORTUNITIES) ? addressOf(node) : undefined;
    if (own === undefined) continue;
    const of = list(node[LEARNT]).flatMap((one) => {
      const address = typeof one === 'string' ? one.trim() : addressOf(one);
      return address !== undefined && known.has(address) ? [address] : [];
    });
    if (!of.length) continue;
    links.set(own, of);
    delete node[LEARNT];
  }
  return links;
}

/** Made of title and awarding body, for what is only numbered within its document; the record says so. No words: they are not masked yet. */
function named({ raw }: JsonLdRecord): string | undefined {
  const { main } = raw;
  if (!has(main, SPECIFICATIONS)) return undefined;
  const title = langStrings(main.title)[0]?.value;
  if (!title) return undefined;
  const bodies = list(main.awardingOpportunity)
    .flatMap((one) => (isObject(one) ? list(one.awardingBody) : []))
    // What is only referred to stands beside it.
    .map((one) => (isObject(one) && own(raw.nodes, String(one['@id']))) || one);
  const body = bodies.flatMap((one) => (isObject(one) ? langStrings(one.legalName) : []))[0]?.value;
  if (!body) return undefined;
  const words = providerIdentifierFromName(`${body}: ${title}`);
  const identifier = `made:${createHash('sha256').update(words).digest('hex').slice(0, 24)}`;
  const remedy = 'give the specification an address of its own: a changed title makes a new record';
  raw.notes = [...(raw.notes ?? []), problemOf('/main', 'identifier-made', identifier, remedy)];
  return identifier;
}

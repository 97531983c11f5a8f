import type { PlacedNode } from '../../decode/linked/document-record.ts';
import { references } from '../../decode/linked/graph.ts';
import { LIMITS } from '../../decode/linked/limits.ts';
import type { JsonNode } from '../../decode/linked/node.ts';
import { createShelf } from '../../decode/shelf.ts';
import type { RawRecord, RecordFault } from '../../format.ts';
import { createUnreleased } from '../../record/unreleased.ts';
import { has, recordsOf, statusOf } from './grouped.ts';
import { OPPORTUNITIES, PROFILE, SPECIFICATIONS, typesOf } from './names.ts';

/** Records that are read at once, with what they refer to. */
const AT_ONCE = 200;

/**
 * Nodes of a catalogue of any size, whose records refer to nodes behind them: put down one by one, and read when all are there, some
 * records at a time. Memory holds the addresses.
 */
export function createCatalogue() {
  const shelf = createShelf<PlacedNode>();
  const byId = new Map<string, number>();
  const specifications: number[] = [];
  const opportunities: number[] = [];
  const bodies: number[] = [];
  const referred = new Set<number>();
  const unreleased = createUnreleased();

  /** These nodes, and those that they refer to, directly or through others. */
  function together(own: readonly number[]): PlacedNode[] {
    const placed = new Map<number, PlacedNode>();
    let wave: JsonNode[] = [];
    for (const number of own) {
      const one = shelf.get(number);
      placed.set(number, one);
      wave.push(one.node);
    }
    for (let hops = 0; hops < LIMITS.hops; hops++) {
      const next: JsonNode[] = [];
      for (const node of wave)
        for (const { id, away } of references(node, (name) => PROFILE.toOthers.has(name))) {
          const number = byId.get(id);
          if (number === undefined || placed.has(number)) continue;
          const one = shelf.get(number);
          placed.set(number, one);
          referred.add(number);
          if (!away) next.push(one.node);
        }
      wave = next;
    }
    return [...placed.values()];
  }

  return {
    add(one: PlacedNode): void {
      const { node } = one;
      const isSpecification = has(node, SPECIFICATIONS);
      const isOpportunity = has(node, OPPORTUNITIES);
      const status = isSpecification || isOpportunity ? statusOf(node) : undefined;
      if (status !== undefined) {
        unreleased.add(status, one.path);
        return;
      }
      const number = shelf.add(one);
      const id = node['@id'];
      if (typeof id === 'string' && !byId.has(id)) byId.set(id, number);
      if (isSpecification) specifications.push(number);
      else if (isOpportunity) opportunities.push(number);
      else if (typesOf(node).some(PROFILE.isOrganisation)) bodies.push(number);
    },
    /** All records: the specifications, their opportunities, and bodies that nobody refers to. */
    *records(): Generator<RawRecord | RecordFault> {
      function* read(numbers: readonly number[]): Generator<RawRecord | RecordFault> {
        for (let at = 0; at < numbers.length; at += AT_ONCE) {
          const some = numbers.slice(at, at + AT_ONCE);
          const placed = together(some);
          const own = new Set(placed.slice(0, some.length).map(({ path }) => path));
          yield* recordsOf(placed, { unreleased, own });
        }
      }
      yield* read(specifications);
      yield* read(opportunities);
      yield* read(bodies.filter((number) => !referred.has(number)));
      yield* unreleased.faults();
    },
    dispose: () => shelf.dispose(),
  };
}

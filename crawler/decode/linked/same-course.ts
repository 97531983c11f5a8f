import { asText, bareRecord } from '../../../schema/index.ts';
import { resolveUrl } from './addresses.ts';
import { isNode, type LinkedNode, list } from './node.ts';

/** What tells courses of one name apart, as far as the course itself says it. */
const TELLING = ['courseCode', 'identifier', 'educationalLevel', 'numberOfCredits', 'timeRequired', 'startDate'];
/** What tells the runs of one course apart. */
const OF_RUNS = ['startDate', 'endDate', 'courseMode', 'location', 'name'];

/** What two descriptions of a course say differently though it can be so only one way: property, and the values found. */
export function contradictions(a: LinkedNode, b: LinkedNode): { property: string; found: string }[] {
  const told = TELLING.map((property) => ({ property, said: [valuesOf(a, property), valuesOf(b, property)] as const }));
  told.push({ property: 'offers', said: [pricesOf(a), pricesOf(b)] });
  return told.flatMap(({ property, said: [one, other] }) =>
    apart(one, other) ? [{ property, found: `${[...one].join(', ')} | ${[...other].join(', ')}` }] : [],
  );
}

/** Whether two descriptions name one provider: undefined when one of them names none. */
export function sameProvider(a: LinkedNode, b: LinkedNode, base: string): boolean | undefined {
  const [one, other] = [providersOf(a, base), providersOf(b, base)];
  if (!one.length || !other.length) return undefined;
  return one.some((name) =>
    other.some((also) => name === also || name.startsWith(`${also} `) || also.startsWith(`${name} `)),
  );
}

/** The runs of both descriptions: those that may be the same are one, and nothing that only one of them says is lost. */
export function joinRuns(rich: readonly unknown[], poor: readonly unknown[]): unknown[] {
  const runs = [...rich];
  for (const run of poor) {
    const at = runs.findIndex((known) => sameRun(known, run, rich.length === 1 && poor.length === 1));
    const known = runs[at];
    if (at < 0) runs.push(run);
    else if (isNode(known) && isNode(run)) runs[at] = bareRecord<LinkedNode>({ ...run, ...known });
  }
  return runs;
}

function sameRun(a: unknown, b: unknown, only: boolean): boolean {
  if (!isNode(a) || !isNode(b)) return asText(a) === asText(b);
  if (OF_RUNS.some((property) => apart(valuesOf(a, property), valuesOf(b, property)))) return false;
  return only || (valuesOf(a, 'startDate').size > 0 && valuesOf(b, 'startDate').size > 0);
}

const apart = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean =>
  a.size > 0 && b.size > 0 && ![...a].some((value) => b.has(value));

/** Values of a property in a form that can be compared: numbers as numbers, dates without their time, nodes by name. */
function valuesOf(node: LinkedNode, property: string): Set<string> {
  const values = list(node[property]).flatMap((value) =>
    isNode(value) ? (value.name ?? value.value ?? value['@id']) : value,
  );
  return new Set(values.flatMap((value) => plain(value) ?? []));
}

function pricesOf(node: LinkedNode): Set<string> {
  const prices = list(node.offers).flatMap((offer) =>
    isNode(offer)
      ? [
          offer.price,
          offer.lowPrice,
          ...list(offer.priceSpecification).map((one) => (isNode(one) ? one.price : undefined)),
        ]
      : [],
  );
  return new Set(prices.flatMap((price) => plain(price) ?? []));
}

function providersOf(node: LinkedNode, base: string): string[] {
  return list(node.provider).flatMap((provider) => {
    if (!isNode(provider)) return plain(provider) ?? [];
    const addresses = [provider['@id'], ...list(provider.url), ...list(provider.sameAs)].flatMap((address) =>
      typeof address === 'string' && !address.startsWith('_:') ? (resolveUrl(address, base) ?? []) : [],
    );
    return [
      ...[provider.name, provider.legalName].flatMap(list).flatMap((name) => plain(name) ?? []),
      ...addresses.map((address) => address.replace(/^https?:\/\/(?:www\.)?/i, '').replace(/\/$/, '')),
    ];
  });
}

function plain(value: unknown): string | undefined {
  const text = typeof value === 'object' && value !== null && '@value' in value ? value['@value'] : value;
  if (typeof text === 'number') return String(text);
  if (typeof text !== 'string' || !text.trim()) return undefined;
  const short = text.slice(0, 200).trim().toLowerCase().replace(/\s+/g, ' ');
  if (/^\d{1,15}(?:\.\d{1,6})?$/.test(short)) return String(Number(short));
  return /^\d{4}-\d\d-\d\d[t ]/.test(short) ? short.slice(0, 10) : short;
}

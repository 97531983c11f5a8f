import type { Provider } from '../../schema/index.ts';

/**
 * What a source says of one body in several records: the newer statement wins where it says something, and what it
 * is silent about stays. Identifiers and alternates add up.
 */
export function mergeProvider(older: Provider, newer: Provider): Provider {
  const said = Object.fromEntries(Object.entries(newer).filter(([, value]) => value !== undefined));
  const identifiers = new Map([...older.identifiers, ...newer.identifiers].map((i) => [`${i.scheme} ${i.value}`, i]));
  return {
    ...older,
    ...said,
    name: newer.name?.length ? newer.name : older.name,
    identifiers: [...identifiers.values()],
    alternates: [...new Set([...older.alternates, ...newer.alternates])],
    evidence: newer.evidence.length ? newer.evidence : older.evidence,
  };
}

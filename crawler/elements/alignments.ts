import type { z } from 'zod';
import { type AlignmentValue, type Element, type LangString, statedIf } from '../../schema/index.ts';

export type Alignment = z.infer<typeof AlignmentValue>;

/** What a source says of one entry of a framework (a skill, an occupation, an outcome), with its place. */
export interface AlignmentFacts {
  text?: readonly LangString[] | undefined;
  /** Address of the entry; anything but a web address is none. */
  uri?: string | undefined;
  framework?: string | undefined;
  path: string;
}

/** An entry as records carry it. ESCO is named when the address stands there. */
export function alignmentIn({ text, uri, framework }: AlignmentFacts): Alignment | undefined {
  const address = uri && /^https?:/i.test(uri) ? uri : undefined;
  const name = framework ?? (address?.includes('data.europa.eu/esco/') ? 'ESCO' : undefined);
  if (!text?.length && !address) return undefined;
  return {
    ...(text?.length ? { text: [...text] } : {}),
    ...(address ? { uri: address } : {}),
    ...(name ? { framework: name } : {}),
  };
}

/** Skills or occupations, each once. */
export function alignmentsElement(facts: readonly AlignmentFacts[]): Element<Alignment[]> {
  const found = facts.flatMap((one) => alignmentIn(one) ?? []);
  const unique = [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
  return statedIf(unique, facts[0]?.path ?? '');
}

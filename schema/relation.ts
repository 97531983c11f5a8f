import { z } from 'zod';
import { Origin } from './element.ts';
import { LangStrings } from './lang-string.ts';

/** `stacksInto`, `requires`, `partOf` and `sameAs` run from this credential to `target`; `hasPart` is the inverse of `partOf`. */
export const RelationType = z.enum(['stacksInto', 'requires', 'partOf', 'hasPart', 'sameAs']);
export type RelationType = z.infer<typeof RelationType>;

/** A declared relation. Who declares it is the record's source; whether it is honoured is the receiver's decision. */
export const Relation = z.object({
  type: RelationType,
  target: z.string().describe('catalogue id (crd_…) or outside URI'),
  label: LangStrings.optional(),
  origin: Origin,
});
export type Relation = z.infer<typeof Relation>;

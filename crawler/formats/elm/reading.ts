import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';

/** A record of ELM: what is learnt and awarded, and the opportunities to learn it. */
export interface ElmReading extends RecordReading {
  /** The specification: the record itself, or what an opportunity without one beside it says of it. */
  spec: Spot | undefined;
  /** The opportunities: parts of a specification, or the record itself. */
  offers: readonly Spot[];
}

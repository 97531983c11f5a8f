import type { RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';

/** A record with what stands around its attributes. */
export interface OccapiReading extends RecordReading {
  root: Spot;
  /** `course`, `programme`, `hei`, `ounit`. */
  type: string;
  /** Its canonical path. */
  self: Spot;
  /** The institution in that. */
  hei: string | undefined;
}

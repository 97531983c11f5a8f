import type { Credential, Problem, Provider, Rejection } from '../../schema/index.ts';

/** What the store last saw of one raw record. */
export interface KnownObservation {
  identifier: string;
  part: string;
  hash: string;
  normaliser: string;
  state: 'accepted' | 'rejected';
  lastRun: string;
  /** Where it was last read; '' when that page has it no longer. */
  page: string;
  /** Another text under its identifier was turned away before. */
  twice: boolean;
  /** It was quarantined a while ago: it may be tried once more. */
  tryAgain: boolean;
}

export interface ObservedRecord {
  identifier: string;
  /** '' for the main record. */
  part: string;
  hash: string;
  /** JSON of the raw record; absent when it is the one the store has. */
  json?: string;
  path: string;
  state: 'accepted' | 'rejected';
  quarantined?: boolean;
}

export interface RecordReport {
  identifier: string | null;
  problems: Problem[];
  rejection?: Rejection;
  /** Adds to what is known of the record instead of replacing it. */
  keep?: boolean;
}

/** What a feed says is gone: a record, a part of one, or a part whose record it does not name. */
export interface Tombstone {
  /** '' where the feed names a part only. */
  identifier: string;
  part: string;
}

/** A batch of one page, to be taken in whole or not at all. */
export interface Batch {
  run: string;
  source: string;
  page: string;
  normaliser: string;
  /** Records of the page read so far, this batch included: the cursor to resume from. */
  cursor: number;
  observations: ObservedRecord[];
  /** Addresses at which these records stood before, and now do not. */
  leftPages: string[];
  /** Records to be put together anew when the run has read everything; `counted`: as what their main record is counted so far. */
  compositions: { identifier: string; counted?: 'updated' }[];
  /** Records of the run's compositions that this batch puts together; no state where the main record is not there yet. */
  composed?: { identifier: string; state: 'accepted' | 'rejected' | undefined }[];
  /** Main records the feed states again to the letter (identifier); a record may have been missing meanwhile. */
  unchanged: string[];
  /** Newly normalised credentials; `counted` says that the main record itself was read in this batch. */
  credentials: { record: Credential; counted: boolean }[];
  providers: Provider[];
  /** Raw records that are no credential by themselves: parts, and bodies that only give providers. */
  others: { created: number; updated: number; unchanged: number };
  gone?: readonly Tombstone[];
  reports: RecordReport[];
  /** Records read again to the letter: what was wrong with them still is, and is this run's finding too. */
  stillReported: string[];
  /** Raw records of the store under whose identifier another text was turned away. */
  twice?: { identifier: string; part: string }[];
  /** Raw records rejected in this batch, faults included. */
  rejected: number;
  /** Raw records (parts are records too) and faults read in this batch. */
  seen: number;
  /** Who must still hold the run for the batch to be taken in. */
  owner?: string;
  /** The feed was not read: nothing in this batch says that a record which is missing or withdrawn is there again. */
  fromStore?: true;
}

export interface Counts {
  seen: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  problems: number;
}

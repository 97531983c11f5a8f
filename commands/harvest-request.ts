import type { RecordProblem, RunSummary } from '../catalogue/catalogue.ts';

/** What `credatlas harvest` is asked for. */
export interface HarvestRequest {
  /** A file, a URL or the id of a source. */
  input: string;
  format?: string;
  source?: string;
  /** The source may come to read another address or format than it does. */
  replace?: boolean;
  dryRun?: boolean;
  allowLoopback?: boolean;
}

/** The last line of `harvest --json`. */
export interface HarvestResult {
  run: string;
  source: string;
  format: string;
  state: RunSummary['state'];
  seen: number;
  created: number;
  updated: number;
  unchanged: number;
  missing: number;
  withdrawn: number;
  rejected: number;
  problems: number;
  requests: number;
  bytes: number;
  seconds: number;
  dryRun?: true;
  trigger?: 'replay';
  reason?: string;
}

export interface HarvestAnswer {
  result: HarvestResult;
  /** The worst of what was found, for people. */
  findings: RecordProblem[];
}

export type HarvestProgress = { page: string; seen: number; of?: number };

import type { Credential, Provider, SourceDefinition } from '../schema/index.ts';
import type { OpenedConcepts } from '../schema/vocabularies/concepts/index.ts';
import type { SearchEngine } from './search/search-engine.ts';

/** `missing`: not in the source's last complete run, within its grace; `withdrawn`: a tombstone. */
export type RecordStatus = 'live' | 'missing' | 'withdrawn';

/** A credential with what the store knows about it. */
export interface StoredCredential {
  record: Credential;
  status: RecordStatus;
  /** Raised by one with each change a reader can see. */
  version: number;
  /** When the source was last seen stating this version's raw record, ISO 8601. */
  retrievedAt: string;
  firstSeen: string;
  changedAt: string;
  withdrawnReason?: string;
  /** Id of the record this one was merged into. */
  mergedInto?: string;
  /** Positions in the change log of its last changes, newest first. */
  places?: number[];
}

export interface StoredProvider {
  record: Provider;
  status: RecordStatus;
  retrievedAt: string;
  changedAt: string;
}

export interface RunSummary {
  id: string;
  source: string;
  format: string;
  /** `replay` worked stored raw records out anew, without fetching. */
  trigger: 'command' | 'schedule' | 'replay';
  state: 'running' | 'complete' | 'incomplete' | 'held' | 'failed';
  startedAt: string;
  finishedAt?: string;
  seen: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Live records that a complete run did not see: flagged, still shown. */
  missing: number;
  withdrawn: number;
  rejected: number;
  problems: number;
  requests: number;
  bytes: number;
  reason?: string;
  /** It read only what the feed had changed since then, ISO 8601. */
  changesSince?: string;
}

export interface RecordProblem {
  run: string;
  identifier: string | null;
  path: string;
  rule: string;
  severity: 'error' | 'warning' | 'info' | 'rejected';
  found: string;
  remedy: string;
  /** Where the standard, or its guidance, says how it should be. */
  link?: string;
}

/** A published rule, as readers are told of it. */
export interface RuleText {
  /** Stable, kebab-case. */
  id: string;
  kind: 'derivation' | 'problem';
  meaning: string;
  remedy?: string;
  /** The standard, crosswalk or guidance that it rests on. */
  link?: string;
}

/** The rules by which values are derived and problems found. Which there are is the crawler's to know. */
export interface Rules {
  get(id: string): RuleText | undefined;
  all(): readonly RuleText[];
}

/** How the last harvest of a source went: `held` waits for approval, `broken` could not be read to its end. */
export type SourceState = 'new' | 'ok' | 'held' | 'broken';

/** The operator wants a source or host left alone. */
export interface Pause {
  since: string;
  /** Absent: until it is resumed. */
  until?: string;
  reason?: string;
}

/** A run that waits for approval because too much would go. */
export interface HoldSummary {
  run: string;
  kind: 'shrunk' | 'empty' | 'churn' | 'unreadable' | 'vanished';
  reason: string;
  /** How many records would go. */
  count: number;
  /** The first of their identifiers. */
  identifiers: string[];
  since: string;
}

/** A host that is not asked now. */
export interface HostWait {
  origin: string;
  /** `closed`: it was busy or did not answer; `parked`: it asked for more than a day; `paused`: by the operator. */
  state: 'closed' | 'parked' | 'paused';
  /** Absent for a pause without an end. */
  until?: string;
  reason?: string;
}

/** What an operator watches besides the sources themselves. */
export interface Operations {
  /** Pages found and not read yet, of all runs under way. */
  queuedPages: number;
  /** When the oldest of them was found. */
  oldestQueuedPage?: string;
  /** Jobs that wait or run, as a crawler last told; absent when none has. */
  queueDepth?: { jobs: number; at: string };
  hosts: HostWait[];
  /** Runs that wait for approval. */
  heldRuns: number;
  /** Runs ever, by state. */
  runs: Record<RunSummary['state'], number>;
}

export interface StoredSource {
  definition: SourceDefinition;
  /** Live credentials. */
  records: number;
  lastRun?: RunSummary;
  /** When the last complete harvest ended. */
  freshAt?: string;
  state: SourceState;
  stateSince?: string;
  hold?: HoldSummary;
  paused?: Pause;
  /** Its manifest no longer names it, so it is not harvested until it does again. */
  vanished?: Pause;
  /** The operator took it out: it is not harvested, its records are withdrawn. */
  retired?: Pause;
  /** A file of the sources folder stated it, and since then none does: not scheduled, its records stay. */
  fileGoneSince?: string;
  /** The operator has switched it on or off; absent: it is as its file says. */
  switched?: boolean;
}

/** A keyset page: `after` is the last key of the page before. */
export interface KeysetPage {
  first: number;
  after?: string;
}

/**
 * What floor 3 reads. Every method takes a batch and costs at most one SQL statement; answers stand in the order
 * of the ids asked, `undefined` where there is none. Answers are fresh objects: callers may mutate them.
 */
export interface Catalogue {
  credentials: {
    byIds(ids: readonly string[]): Promise<(StoredCredential | undefined)[]>;
    /** Public ids for ids or alternates (URL, URN, CTID, source identifier); merged ids answer with where they went. */
    resolve(idsOrAlternates: readonly string[]): Promise<(string | undefined)[]>;
    /** Which of these public ids are of records that were erased for good. */
    purged(ids: readonly string[]): Promise<ReadonlySet<string>>;
    /** How many live credentials each provider awards or teaches. */
    countByProviders(providers: readonly string[]): Promise<number[]>;
  };
  providers: {
    byIds(ids: readonly string[]): Promise<(StoredProvider | undefined)[]>;
    resolve(idsOrAlternates: readonly string[]): Promise<(string | undefined)[]>;
    list(
      page: KeysetPage & { country?: string; text?: string },
    ): Promise<{ total: number; providers: StoredProvider[] }>;
  };
  sources: {
    byIds(ids: readonly string[]): Promise<(StoredSource | undefined)[]>;
    list(): Promise<StoredSource[]>;
    runs(sources: readonly string[], limit: number): Promise<RunSummary[][]>;
    problems(runs: readonly string[], limit: number): Promise<RecordProblem[][]>;
    /** Per source: live records and, for each element, how many state it. */
    completeness(sources: readonly string[]): Promise<{ records: number; stated: Record<string, number> }[]>;
  };
  /** Absent where nothing crawls: then rules have their ids only. */
  rules?: Rules;
  /** What an operator watches. One statement. */
  operations(): Promise<Operations>;
  /** Live counts for the front page. */
  statistics(): Promise<{
    credentials: number;
    providers: number;
    sources: number;
    byCountry: { value: string; count: number }[];
    byLanguage: { value: string; count: number }[];
  }>;
  search: SearchEngine;
  /** What texts of any language can be about, opened when it is first asked for. Absent: search goes by words only. */
  concepts?: () => OpenedConcepts;
}

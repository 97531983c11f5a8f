import { maskContacts } from './persons/mask-contacts.ts';

/** Errors carry the policy in their class. Each has a message that names the place and a remedy. */
abstract class HarvestError extends Error {
  /** What the operator or provider can do. */
  readonly remedy: string;
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.remedy = remedy;
  }
}

/** What it says may come from a feed or a server: persons are not told of. */
abstract class FeedError extends HarvestError {
  constructor(message: string, remedy: string, options?: ErrorOptions) {
    super(maskContacts(message).text, maskContacts(remedy).text, options);
  }
}

/** The source is busy or briefly unreachable: try again after `seconds`. */
export class RetryLater extends FeedError {
  readonly seconds: number;
  /** What the server answered; absent when it did not. */
  readonly status: number | undefined;
  constructor(message: string, remedy: string, seconds: number, options?: ErrorOptions & { status?: number }) {
    super(message, remedy, options);
    this.seconds = seconds;
    this.status = options?.status;
  }
}

/** The page or feed is unusable as it stands; the run ends incomplete and nothing is swept. */
export class SourceBroken extends FeedError {}

/** The operator asked for something that cannot be: unknown format, wrong file, missing setting. */
export class ConfigError extends HarvestError {}

/**
 * The source is not to be read now: paused by the operator, or within a window in which its provider wants no harvest.
 * A run under way stays as it is and is carried on later. `until` (and how long that is, by the clock that said so) is absent for a
 * pause without an end.
 */
export class NotNow extends HarvestError {
  readonly until: Date | undefined;
  readonly waitMs: number | undefined;
  constructor(message: string, remedy: string, end?: { until: Date; now: Date }) {
    super(message, remedy);
    this.until = end?.until;
    this.waitMs = end && Math.max(0, end.until.getTime() - end.now.getTime());
  }
}

/** Another run of the source is under way and in the way. Nothing was changed. */
export class SourceBusy extends HarvestError {}

/** The gate refused an address (scheme, port, network): never retried. */
export class AddressRefused extends FeedError {}

/** One line for people: what happened and what to do. */
export function formatError(error: unknown): string {
  if (error instanceof HarvestError) return `${error.message.replace(/\.$/, '')}. ${error.remedy}`;
  return error instanceof Error ? error.message : String(error);
}

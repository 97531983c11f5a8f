import type { PauseSubject } from '../catalogue/store/pauses.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { readSourceFiles } from '../crawler/source-files.ts';
import { EXIT } from './exit-codes.ts';
import { log } from './log.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface PauseRequest {
  /** Id of a source, or an address on the host. */
  what: string;
  /** ISO date or date and time, UTC; without it until resumed. */
  until?: string;
  reason?: string;
}

export interface PauseAnswer {
  paused: boolean;
  source?: string;
  origin?: string;
  until?: string;
  reason?: string;
}

/** Pauses a source or every source on a host. */
export async function pauseIn({ store }: OpenCatalogue, { what, until, reason }: PauseRequest): Promise<PauseAnswer> {
  const subject = subjectOf(what);
  const end = until === undefined ? undefined : endOf(until);
  if ('source' in subject) {
    const file = (await readSourceFiles(log.warn)).find(({ id }) => id === subject.source);
    if (file) await store.putSource(file);
  }
  if (!(await store.pauses.set(subject, { until: end, reason }))) throw unknown(what);
  return { paused: true, ...subject, ...(end ? { until: end.toISOString() } : {}), ...(reason ? { reason } : {}) };
}

/**
 * Ends a pause; a run that it interrupted is carried on by the next crawler that looks. A host that is not paused but closed (it
 * asked for that, or did not answer) is opened: the operator has asked.
 */
export async function resumeIn({ store }: OpenCatalogue, { what }: PauseRequest): Promise<PauseAnswer> {
  const subject = subjectOf(what);
  const resumed =
    (await store.pauses.clear(subject)) || ('origin' in subject && (await store.pauses.reopen(subject.origin)));
  if (!resumed)
    throw new ConfigError(
      `"${what}" is ${'origin' in subject ? 'neither paused nor closed' : 'not paused'}`,
      'See what is with "credatlas status".',
    );
  return { paused: false, ...subject };
}

/** `credatlas pause <source|origin>`. */
export async function pauseCommand(config: Config, { json, ...request }: PauseRequest & { json: boolean }) {
  const output = createOutput({ json });
  const answer = await withCatalogue(config, 'pause', request, (open) => pauseIn(open, request));
  output.emit(answer);
  output.say(
    `${answer.source ?? answer.origin} is paused ${answer.until ? `until ${answer.until}` : 'until it is resumed'}`,
  );
  return EXIT.allIn;
}

/** `credatlas resume <source|origin>`. */
export async function resumeCommand(config: Config, { json, ...request }: PauseRequest & { json: boolean }) {
  const output = createOutput({ json });
  const answer = await withCatalogue(config, 'resume', request, (open) => resumeIn(open, request));
  output.emit(answer);
  output.say(`${answer.source ?? answer.origin} is no longer ${answer.source ? 'paused' : 'paused or closed'}`);
  return EXIT.allIn;
}

function subjectOf(what: string): PauseSubject {
  if (/^https?:\/\//i.test(what) && URL.canParse(what)) return { origin: new URL(what).origin };
  if (!/^[a-z0-9][a-z0-9-]{1,62}$/.test(what)) throw unknown(what);
  return { source: what };
}

const unknown = (what: string) =>
  new ConfigError(
    `"${what}" is neither a source nor an address of a host`,
    'Give the id of a source (credatlas sources), or an origin like https://feeds.example.org.',
  );

/** A day, or a day and a time; UTC unless the time names its zone. */
function endOf(until: string): Date {
  const [, day, time = '00:00:00', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(until) ?? [];
  const end = new Date(`${day}T${time}${zone}`);
  // The 31st of February is none, whatever a Date makes of it.
  const real = !Number.isNaN(end.getTime()) && new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10) === day;
  if (!real || end.getTime() <= Date.now()) {
    throw new ConfigError(
      `"${until}" is no time to come`,
      'Give a date or a date and time, UTC: 2031-05-01T06:00:00Z.',
    );
  }
  return end;
}

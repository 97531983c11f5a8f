import { keyOf, type Purge, type PurgeSubject } from '../catalogue/store/purge.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { unlessBusy } from '../crawler/harvest/start.ts';
import { EXIT } from './exit-codes.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { whoIs } from './who-is.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface PurgeRequest {
  /** A source or a record by its public id; with `source` an identifier of it. */
  what: string;
  source?: string;
  by: string;
  yes: boolean;
  allow: boolean;
}

export type PurgeAnswer = Purge & { by: string; done: boolean; allowed?: true; remains?: string };

const NOTHING = { credentials: 0, providers: 0, raw: 0 };

/** Erases a source or a record from store and search index; without `yes` only counts. */
export async function purgeIn(
  { store, catalogue, indexer }: OpenCatalogue,
  { what, source, by, yes, allow }: PurgeRequest,
): Promise<PurgeAnswer> {
  const { purges } = store;
  const subject = await subjectOf(purges, what, source);
  const key = subject ? keyOf(subject) : what;
  if (allow) {
    if (!(await purges.allow(key, by)))
      throw new ConfigError(`"${what}" was not purged`, 'See what was with "credatlas audit".');
    return { subject: key, ...NOTHING, by, done: true, allowed: true };
  }
  const before = (await purges.purged([key])).has(key);
  if (!subject && !before) {
    throw new ConfigError(
      `there is neither a source nor a credential "${what}"`,
      'Give an id, or an identifier with --source <id>.',
    );
  }
  if (!yes) return { ...(subject ? await purges.measure(subject) : { subject: key, ...NOTHING }), by, done: false };
  const erased = subject ? await unlessBusy(purges.purge(subject, by)) : { subject: key, ...NOTHING };
  // Asked again it is done again, so that an index that was away then follows.
  await indexer.catchUp();
  await catalogue.search.purge(key.startsWith('crd_') ? [key] : []);
  const gone = await purges.tidy();
  return { ...erased, by, done: true, remains: gone ? COPIES : FREED };
}

async function subjectOf(
  purges: OpenCatalogue['store']['purges'],
  what: string,
  source: string | undefined,
): Promise<PurgeSubject | undefined> {
  return source === undefined ? purges.find(what) : { source, identifier: what };
}

const COPIES = 'copies of the data folder still hold it: let them run out, or purge there too';
const FREED =
  'backups and the log of the database (WAL) still hold it until they run out; freed room in its files is overwritten in time ("vacuum full" does so at once)';

/** `credatlas purge <source|record>`. */
export async function purgeCommand(
  config: Config,
  { json, by, ...asked }: { what: string; source?: string; yes: boolean; allow: boolean; by?: string; json: boolean },
): Promise<number> {
  const output = createOutput({ json });
  const request = { ...asked, by: whoIs(by) };
  const answer = await withCatalogue(config, 'purge', request, (open) => purgeIn(open, request));
  output.emit(answer);
  const { subject, credentials, providers, raw, done, allowed, remains } = answer;
  if (allowed) {
    output.say(`${subject} may be taken in again; its next harvest does so`);
    return EXIT.allIn;
  }
  const counts = `${credentials} credentials, ${providers} providers, ${raw} raw records`;
  output.say(
    done ? `${subject}: ${counts} erased` : `${subject}: ${counts} would be erased for good; nothing was. Add --yes.`,
  );
  if (remains) output.say(`  ${remains}`);
  return done ? EXIT.allIn : EXIT.unusable;
}

import { isOn, type SourceFile } from '../catalogue/source-switch.ts';
import type { Store } from '../catalogue/store/store.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { readSourceFolder } from '../crawler/source-files.ts';
import { EXIT } from './exit-codes.ts';
import { log } from './log.ts';
import { createOutput } from './output.ts';
import { whoIs } from './who-is.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface SwitchRequest {
  /** Id of a source of the files, code of a country, or `all`. */
  what: string;
  on: boolean;
  by: string;
  /** Also one whose file says that it is not to be on. */
  force: boolean;
}

interface Switched {
  id: string;
  /** Cron expression, UTC, by which it is harvested from now on. */
  schedule?: string;
  /** The schedule was made for it: its file has none. */
  made?: true;
  /** Why its file does not have it on. */
  disabledBecause?: string;
}

export interface SwitchAnswer {
  on: boolean;
  by: string;
  sources: Switched[];
  passedOver: { id: string; because: string }[];
  /** A crawler in the process that did it has taken it up. */
  inEffect?: true;
}

/** Switches sources of the files. Of a country, or of all, those that need `--force` are passed over and told. */
export async function switchIn(
  { store }: { store: Store },
  { what, on, by, force }: SwitchRequest,
  files?: readonly SourceFile[],
): Promise<SwitchAnswer> {
  const all = files ?? (await readSourceFolder(log.warn));
  const retired = await store.retirements.retired();
  const switches = await store.switches.all();
  const one = all.find(({ definition }) => definition.id === what);
  const group = one ? [one] : all.filter((file) => what === 'all' || isOf(file, what));
  if (!group.length) throw await unknown(store, what);

  const passedOver: SwitchAnswer['passedOver'] = [];
  const meant = group.flatMap(({ definition }) => {
    const { id, enabled, disabledBecause = '' } = definition;
    // What is off is left as it is.
    if (!on) return one || isOn(definition, switches.get(id)?.on, false) ? [definition] : [];
    const because = retired.has(id)
      ? `it is retired or purged ("credatlas retire ${id} --undo" brings a retired one back)`
      : enabled || (one && force)
        ? undefined
        : disabledBecause;
    if (because === undefined) return [definition];
    passedOver.push({ id, because });
    return [];
  });
  const [refused] = passedOver;
  if (one && refused) {
    throw new ConfigError(
      `${refused.id} is not switched on: ${refused.because}`,
      retired.has(refused.id)
        ? 'Nothing was changed.'
        : `When that is settled: credatlas sources --enable ${refused.id} --force.`,
    );
  }
  const set = await store.switches.set(meant, on, by);
  const sources = meant.map(({ id, schedule, enabled, disabledBecause }): Switched => {
    const made = schedule ? undefined : set.get(id)?.schedule;
    return {
      id,
      ...(schedule || made ? { schedule: schedule ?? made } : {}),
      ...(made ? { made: true as const } : {}),
      ...(enabled ? {} : { disabledBecause }),
    };
  });
  return { on, by, sources, passedOver };
}

/** Whether a source is of the country with that code: its system is at home there, or its records are. */
export const isOf = ({ definition, country }: SourceFile, code: string): boolean =>
  [country, definition.defaults.country].includes(code.toUpperCase());

async function unknown(store: Store, what: string): Promise<ConfigError> {
  const [stored] = await store.read.sources.byIds([what]);
  return stored
    ? new ConfigError(
        `${what} is not switched: no file of the sources folder states it`,
        `Leave it alone with "credatlas pause ${what}", or take it out with "credatlas retire ${what}".`,
      )
    : new ConfigError(
        `"${what}" is no source of the sources folder, nor a country that has one`,
        'List them with "credatlas sources"; "all" means all of them.',
      );
}

/** `credatlas sources --enable` and `--disable`. */
export async function switchCommand(
  config: Config,
  { json, by, ...asked }: { what: string; on: boolean; force: boolean; by?: string; json: boolean },
): Promise<number> {
  const output = createOutput({ json });
  const request: SwitchRequest = { ...asked, by: whoIs(by) };
  const answer = await withCatalogue(config, 'switch', request, (open) => switchIn(open, request));
  output.emit(answer);
  for (const line of switchedLines(answer, config)) output.say(line);
  return answer.on && !answer.sources.length ? EXIT.somethingLeftOut : EXIT.allIn;
}

function* switchedLines(
  { on, sources, passedOver, inEffect }: SwitchAnswer,
  { databaseUrl }: Pick<Config, 'databaseUrl'>,
): Generator<string> {
  for (const { id, schedule, made, disabledBecause } of sources) {
    if (!on)
      yield `${id} is off: it is not harvested by a schedule any more; its records stay, and a run under way goes on`;
    else if (made) yield `${id} is on: harvested ${weekly(schedule ?? '')}, a time of its own, since its file has none`;
    else yield `${id} is on: harvested by its schedule "${schedule}" (UTC)`;
    if (on && disabledBecause) yield `  its file says why it was off: ${disabledBecause}`;
  }
  for (const { id, because } of passedOver) yield `${id} is passed over: ${because}`;
  if (!sources.length) yield on ? 'no source is there to be switched on' : 'no source is on';
  else if (inEffect) yield on ? 'This is in effect; what was never read is read now.' : 'This is in effect.';
  else if (databaseUrl) yield 'Crawlers on this database take it up within ten minutes.';
  else yield 'No crawler runs on this store; the next "credatlas serve" takes it up.';
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `27 3 * * 2` in words. */
function weekly(schedule: string): string {
  const [minute = '', hour = '', , , day = ''] = schedule.split(' ');
  return `every ${DAYS[Number(day)]} at ${hour.padStart(2, '0')}:${minute.padStart(2, '0')} UTC`;
}

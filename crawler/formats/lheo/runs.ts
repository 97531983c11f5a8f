import { type Opportunity, table } from '../../../schema/index.ts';
import { checkOrder, readDate, readStart } from '../../elements/dates.ts';
import { readLanguages } from '../../elements/languages.ts';
import { readUrl } from '../../elements/links.ts';
import { orOnline, readModes } from '../../elements/modes.ts';
import { placeOf, readCountry } from '../../elements/places.ts';
import { distinctPrices, readPrices } from '../../elements/prices.ts';
import { compactRun } from '../../elements/runs.ts';
import { isRangeOfHours, readSpan } from '../../elements/workload.ts';
import type { Spot } from '../../record/spot.ts';
import codes from './codes.json' with { type: 'json' };
import { extrasOf, pagesIn } from './extras.ts';

/** `dict-modalites-enseignement` (LHEO 2.2, 2.3): entirely on site, mixed, entirely at a distance. */
const MODES = table(codes.modes);
/** `dict-etat-recrutement`: 2 closed, 3 suspended. */
const CLOSED = table(codes.recruitment);

/** Every session of every action, with what its action says; an action without a session is a run without dates. */
export const runsOf = (actions: readonly Spot[]): Opportunity[] =>
  actions.flatMap((action) => {
    const sessions = action.each('session');
    const shared = sharedOf(action);
    return (sessions.length ? sessions : [action]).map((session) => runOf(action, session, shared));
  });

type Shared = Partial<Opportunity>;

/** What an action says of all its sessions. */
function sharedOf(action: Spot): Shared {
  const languages = [...new Set(action.each('langue-formation').flatMap(readLanguages))];
  const prices = pricesOf(action);
  const { online, ...place } = placeAt(action);
  const modes = orOnline(readModes(action.each('modalites-enseignement'), MODES), online);
  const pace = action.at('rythme-formation').said();
  return {
    ...place,
    ...hoursOf(action),
    ...readSpan(action.at('duree-indicative')),
    ...(pace ? { pace } : {}),
    ...(modes.codes.length ? { participation: modes.codes } : {}),
    ...(modes.words.length ? { participationText: modes.words.join('; ') } : {}),
    ...(languages.length ? { languages } : {}),
    ...(prices.length ? { prices } : {}),
  };
}

function runOf(action: Spot, session: Spot, shared: Shared): Opportunity {
  const period = session.at('periode');
  const start = startOf(period.at('debut'));
  const endDate = readDate(period.at('fin'));
  checkOrder(session.reading, { startDate: start.startDate, endDate }, period.at('fin').path);
  const enrolment = session.at('periode-inscription').at('periode');
  // "entrées/sorties permanentes": one may begin at any time between the two dates.
  const always = action.at('modalites-entrees-sorties').said() === '1';
  const number = session.at('@numero').said() ?? (session === action ? undefined : action.at('@numero').said());
  const pages = [...pagesIn(session, 'url-session'), ...pagesIn(action, 'url-action')];
  return compactRun<Opportunity>({
    ...shared,
    id: number ?? [start.startDate ?? start.startText, endDate, shared.place].filter(Boolean).join('|'),
    // The place of a run that is held where its action is stands there.
    path: shared.place ? action.path : session.path,
    ...start,
    ...(always ? { startText: 'entrées/sorties permanentes' } : {}),
    endDate,
    applicationStart: readDate(enrolment.at('debut')),
    applicationDeadline: readDate(enrolment.at('fin')),
    status: CLOSED.get(session.at('etat-recrutement').word()) as Opportunity['status'],
    url: pages.flatMap((one) => readUrl(one) ?? [])[0],
  });
}

/** A day of `00` is a month: 20170900 is September 2017. */
function startOf(spot: Spot): ReturnType<typeof readStart> {
  const [, year, month] = /^((?:19|20)\d\d)(0[1-9]|1[0-2])00$/.exec(spot.said() ?? '') ?? [];
  return year && month ? { startText: `${year}-${month}` } : readStart(spot);
}

/** Hours of a learner in all (`nombre-heures-total`: "une charge"); 0 stands for hours that nobody counted. */
function hoursOf(action: Spot): Pick<Opportunity, 'hours'> {
  const total = action.at('nombre-heures-total');
  if (total.silent || isRangeOfHours(total)) return {};
  if (/^0+$/.test(total.said() ?? '')) {
    total.note('implausible-number', 'leave the hours out when they are not known');
    return {};
  }
  const { hours } = readSpan(total, 'heures');
  if (hours === undefined) total.note('not-mapped', 'give the hours in all as a number');
  return hours ? { hours } : {};
}

/** Prices are in euros: `prix-total-TTC`, `prix-horaire-TTC` (LHEO 2.3), `frais-ttc` (EDOF). What is left to pay is words. */
function pricesOf(action: Spot): NonNullable<Opportunity['prices']> {
  const total = [...action.each('prix-total-TTC'), ...extrasOf(action, 'frais-ttc')];
  return distinctPrices([
    ...total.flatMap((amount) => readPrices({ amount, currency: 'EUR' })),
    ...action
      .each('prix-horaire-TTC')
      .flatMap((amount) => readPrices({ amount, currency: 'EUR', recurs: 'par heure de formation' })),
    ...action.each('frais-restants').flatMap((amount) => readPrices({ amount })),
  ]);
}

/** Where the action is held; the names in `coordonnees` are those of persons as often as of places, and stay outside. */
function placeAt(action: Spot): ReturnType<typeof placeOf> {
  const where = action.each('lieu-de-formation')[0];
  const address = where?.at('coordonnees').at('adresse') ?? action;
  const lines = address.each('ligne').flatMap((one) => one.said() ?? []);
  return placeOf(address, {
    name: address.at('denomination').said(),
    street: lines.length ? lines.join(', ') : undefined,
    postcode: address.at('codepostal').said(),
    locality: address.at('ville').said(),
    country: where && !address.at('pays').silent ? readCountry(address.at('pays')) : undefined,
  });
}

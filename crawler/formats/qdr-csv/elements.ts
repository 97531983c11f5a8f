import { type CredentialDraft, notStated, stated } from '../../../schema/index.ts';
import { credentialKinds } from '../../../schema/vocabularies/index.ts';
import { nqfLevelOf } from '../../../schema/vocabularies/nqf-levels.ts';
import { readModified } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindElement, kindInWords } from '../../elements/kind.ts';
import { languagesElement } from '../../elements/languages.ts';
import { createLevel } from '../../elements/level.ts';
import { readUrl } from '../../elements/links.ts';
import { participationElement, readModes } from '../../elements/modes.ts';
import { outcomesElement, readOutcomes, saysNoOutcome } from '../../elements/outcomes.ts';
import { textElement } from '../../elements/texts.ts';
import { creditFramework, readVolume } from '../../elements/volume.ts';
import { createWorkload } from '../../elements/workload.ts';
import { derivedBy } from '../../problems/derivations.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { bodiesOf } from './bodies.ts';

const isAddress = (spot: Spot): boolean => /^https?:/i.test(spot.said() ?? '');
/** What is in words, where terms stand by their addresses. */
const inWords = (spots: readonly Spot[]): Spot[] => spots.filter((one) => !isAddress(one));

/** Words without the tag of their language, where a code is looked for. */
const plain = (spot: Spot): Spot => (spot.said() === undefined ? spot.with(spot.texts()[0]?.value) : spot);

/** Some registers keep titles in a column of this width. */
const COLUMN = 50;

export function elements(reading: RecordReading): Elements {
  const { main } = reading;
  const title = main.at('title');
  for (const { value } of title.texts()) if (value.length === COLUMN) title.note('cut-title', undefined, value);
  const page = main
    .each('homepage')
    .map((one) => readUrl(one))
    .find(Boolean);
  const front = page !== undefined && new URL(page).pathname === '/' && !new URL(page).search;
  if (front) main.at('homepage').note('url-is-front-page', undefined, page);
  const modes = readModes(main.each('mode').map(plain));
  // The register has no place for a pace.
  const further = textElement(...main.each('note'), ...modes.pace.map((pace) => main.at('mode').with(pace)));
  const modified = readModified(main.each('modified')[0] ?? main.at('modified'));
  return {
    ...(page && !front ? { url: page } : {}),
    ...bodiesOf(reading),
    description: textElement(...main.each('description')),
    kind: kindOf(main),
    learningOutcomes: outcomesOf(main),
    workload: workloadOf(main),
    level: levelOf(reading),
    participation: participationElement(modes, reading.language),
    prerequisites: textElement(...inWords(main.each('entryRequirement'))),
    fields: fieldsOf(main),
    languages: languagesElement(main.each('language')),
    furtherInformation:
      further.value || front
        ? stated(
            { ...(further.value ? { text: further.value } : {}), links: front ? [page] : [] },
            further.origin?.path ?? main.at('homepage').path,
          )
        : notStated(),
    ...(modified ? { sourceModified: modified } : {}),
  };
}

const MICRO = /(?<!\p{L})micro-?\s?credential(?!\p{L})/iu;

/** The type where it is a kind; no list of the EU has micro-credentials: a title that says so makes one, derived. */
function kindOf(main: Spot): NonNullable<CredentialDraft['kind']> {
  const types = main.each('type');
  const known = types.find((one) => isAddress(one) && credentialKinds.parse(one.said() ?? ''));
  if (known) return stated({ code: credentialKinds.parse(known.said() ?? '') as string }, known.path);
  const title = main.at('title');
  const rule = title.texts().some(({ value }) => MICRO.test(value) || kindInWords(value) === 'micro-credential')
    ? ({ code: 'micro-credential', path: title.path, id: 'micro-credential-in-title' } as const)
    : undefined;
  const [worded] = inWords(types);
  if (worded) return kindElement(worded, worded.texts(), rule);
  for (const one of types) one.note('unknown-code');
  return rule ? derivedBy({ code: rule.code }, rule.path, rule.id) : notStated();
}

const folded = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** The summary of the outcomes. The title in their place, and words that say that none is known, are none. */
function outcomesOf(main: Spot): NonNullable<CredentialDraft['learningOutcomes']> {
  const titles = new Set(
    main
      .at('title')
      .texts()
      .map(({ value }) => folded(value)),
  );
  const said = inWords(main.each('outcomes')).filter((one) => {
    const texts = one.texts();
    if (texts.every(({ value }) => saysNoOutcome(value))) one.note('no-outcome-in-outcomes');
    else if (texts.every(({ value }) => titles.has(folded(value)))) one.note('title-as-outcome');
    else return true;
    return false;
  });
  // The languages of one summary are together, whichever row each stands in.
  const texts = said.flatMap((one) => one.texts());
  const [first] = said;
  return outcomesElement(first ? [{ outcomes: readOutcomes(first, texts), path: first.path }] : []);
}

/** Credits are ECTS where their framework is; a volume is effort only where it has hours. */
function workloadOf(main: Spot): CredentialDraft['workload'] {
  const load = createWorkload();
  for (const one of main.nodes('creditPoint')) {
    const framework = one.at('framework');
    const unit = framework.silent
      ? undefined
      : isAddress(framework)
        ? creditFramework(framework.said() ?? '')
        : framework.said();
    if (!framework.silent && unit === undefined) framework.note('unknown-code');
    if (!one.at('point').silent) load.credits(one.at('point'), unit);
  }
  for (const one of main.each('volume')) readVolume(load, one);
  const longest = main.each('maximumDuration')[0];
  if (longest && !load.has('duration') && !/^P(?:T?0[YMWDHS])+$/i.test(longest.said() ?? ''))
    load.words(longest, `≤ ${longest.said()}`);
  return load.element();
}

/** The level of the EQF and the national one, each as stated; two of the EQF are none. */
function levelOf(reading: RecordReading): CredentialDraft['level'] {
  const level = createLevel(reading);
  for (const one of reading.main.each('eqf')) level.eqf(one);
  for (const one of reading.main.each('nqf')) {
    const known = isAddress(one) ? nqfLevelOf(one.said() ?? '') : undefined;
    if (known) level.nqf(one, { ...known, label: `${known.framework} Level ${known.level}` });
    else if (isAddress(one)) one.note('unresolved-reference');
    else level.words(one);
  }
  return level.element();
}

/** ISCED-F by address; "000" and 0099 stand where no field is known. */
const fieldsOf = (main: Spot): NonNullable<CredentialDraft['fields']> =>
  fieldsElement(
    main.each('isced').flatMap((one) => {
      const said = one.said() ?? one.texts()[0]?.value ?? '';
      const code = /^(?:https?:\S*\/isced-f\/)?(\d{2,4})$/.exec(said)?.[1];
      if (code && /^0{2,4}$|^0099$/.test(code)) {
        one.note('default-field', undefined, code);
        return [];
      }
      return [code ? { scheme: 'ISCED-F 2013', code, path: one.path } : { text: one.texts(), path: one.path }];
    }),
  );

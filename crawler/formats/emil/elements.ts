import { derived, stated, statedIf } from '../../../schema/index.ts';
import { targetGroups } from '../../../schema/vocabularies/index.ts';
import { defaultCountry } from '../../elements/bodies.ts';
import { readModified } from '../../elements/dates.ts';
import { fieldsElement } from '../../elements/fields.ts';
import { kindInWords } from '../../elements/kind.ts';
import { createLevel } from '../../elements/level.ts';
import { asSaid, codesAndText, codesIn, readTexts, textElement } from '../../elements/texts.ts';
import { createWorkload } from '../../elements/workload.ts';
import type { Elements, RecordReading } from '../../record/define-format.ts';
import type { Spot } from '../../record/spot.ts';
import { idKey } from './pages.ts';
import { runsOf, urlsOf } from './runs.ts';

export function elements(reading: RecordReading): Elements {
  const { main, parts } = reading;
  const [url, ...others] = urlsOf(main);
  const aid = main.at('eligibleForStudentAid').at('code');
  const audience = main.at('audience').at('code');
  const groups = audience.said() === undefined ? [] : [asSaid(audience.said() ?? '', 'sv')];
  return {
    url,
    alternates: [...new Set(others)],
    description: statedIf(readTexts(main.at('description')), main.at('description').path),
    kind: kindOf(main),
    ...bodiesOf(reading),
    workload: workloadOf(main),
    level: levelOf(reading),
    prerequisites: textElement(main.at('eligibility'), main.at('recommendedPriorKnowledge')),
    fields: fieldsElement([
      ...main.nodes('subjects', 'subject').map((one) => ({
        path: one.path,
        scheme: one.at('type').said(),
        code: one.at('code').said(),
      })),
      ...parts
        .map((event) => event.at('keywords'))
        .flatMap((one) => one.texts().map((text) => ({ path: one.path, scheme: 'keywords', text: [text] })))
        .filter(({ text: [text] }, n, all) => all.findIndex((one) => one.text[0]?.value === text?.value) === n),
    ]),
    targetGroup: statedIf(codesAndText(codesIn(targetGroups, groups), groups), audience.path),
    // "saknas" is how the code list says that nothing is said.
    funding: statedIf(
      aid.said() && aid.word() !== 'saknas' ? [asSaid(`studiemedel: ${aid.said()}`, 'sv')] : [],
      aid.path,
    ),
    opportunities: runsOf(parts),
    sourceModified: readModified(main.at('lastEdited')),
  };
}

/** `C_Configuration` (kurs, kurspaket, program), and the degree that it leads to where a university says that it does. */
function kindOf(main: Spot): Elements['kind'] {
  const [configuration, degrees, flag] = [
    main.at('configuration').at('code'),
    main.at('degrees'),
    main.at('resultIsDegree'),
  ];
  const said = configuration.said();
  const awarded = degrees.texts();
  const named = awarded.map(({ value }) => kindInWords(value)).find(Boolean);
  const degree = flag.flag() === true && main.at('type').at('code').word() === 'hs' ? 'degree' : undefined;
  const code = named ?? degree ?? (said === undefined ? undefined : kindInWords(said));
  const text = [...(said === undefined ? [] : [asSaid(said, 'sv')]), ...awarded];
  const { path } = awarded.length ? degrees : said === undefined ? flag : configuration;
  return statedIf(
    code || text.length ? { ...(code ? { code } : {}), ...(text.length ? { text } : {}) } : undefined,
    path,
  );
}

/** Who examines awards; where no event says who, who gives it is taken for that. */
function bodiesOf({ parts, bodies, source }: RecordReading): Elements {
  const named = (name: string) => {
    const spots = parts.flatMap((event) => event.each(name)).filter((one) => one.said() !== undefined);
    const all = spots.flatMap((one) => bodies.add({ identifier: idKey(one.said() ?? '') }) ?? []);
    return { path: spots[0]?.path ?? '', all: [...new Map(all.map((one) => [one.id, one])).values()] };
  };
  const [providers, examining] = [named('providers'), named('examiningBodies')];
  const fallback = bodies.defaultAwardingBody();
  const taken = providers.all.length ? derived(providers.all, providers.path, 'emil-provider-awards') : fallback;
  return {
    offeredBy: statedIf(providers.all, providers.path),
    awardingBody: examining.all.length ? stated(examining.all, examining.path) : fallback.value ? fallback : taken,
    issuerCountry: defaultCountry(source),
  };
}

/**
 * `hp` (högskolepoäng) are ECTS: a year of full-time study is 60 of them (Higher Education Ordinance 1993:100, chapter 6, section 2), as it
 * is 60 ECTS. All other systems (`yh`, `gy`, `fup`, …) count by themselves.
 */
function workloadOf(main: Spot): Elements['workload'] {
  const load = createWorkload();
  const [credits, extent] = [main.at('credits'), main.at('extent')];
  const [least, most] = [credits.at('min'), credits.at('credits')];
  const unit = credits.at('system').at('code').said();
  if (least.silent) load.credits(most, unit);
  else load.credits(least, unit, { to: most });
  const note = extent.at('note');
  if (extent.at('length').silent) load.span(note.with(note.texts()[0]?.value));
  else load.span(extent.at('length'), extent.at('unit').at('code').said(), extent.at('max'));
  return load.element();
}

/** `C_Qualification` is the level of SeQF; levels of education (ISCED, of the universities) are words. */
function levelOf(reading: RecordReading): Elements['level'] {
  const level = createLevel(reading);
  const qualification = reading.main.at('qualificationLevel').at('code');
  const said = qualification.said();
  if (said !== undefined && /^[1-8]$/.test(said))
    level.nqf(qualification, { country: 'SE', framework: 'SeQF', level: said });
  else level.words(qualification, {}, said === undefined ? [] : [asSaid(said)]);
  for (const one of reading.main.nodes('educationLevels').map((place) => place.at('code')))
    level.words(one, {}, one.said() === undefined ? [] : [asSaid(one.said() ?? '')]);
  return level.element();
}

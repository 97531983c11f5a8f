import { derived, type LangString, stated, statedIf, table } from '../../schema/index.ts';
import { defaultCountry } from '../elements/bodies.ts';
import { readModified } from '../elements/dates.ts';
import { fieldsElement } from '../elements/fields.ts';
import { kindInWords } from '../elements/kind.ts';
import { languagesElement } from '../elements/languages.ts';
import { readUrl } from '../elements/links.ts';
import { outcomesElement, readOutcomes } from '../elements/outcomes.ts';
import { asSaid } from '../elements/texts.ts';
import { createWorkload } from '../elements/workload.ts';
import type { Format } from '../format.ts';
import type { Elements, RecordReading } from '../record/define-format.ts';
import { defineJsonFormat } from '../record/json-feed.ts';
import { declareShape } from '../record/shape.ts';
import type { Spot } from '../record/spot.ts';

/** What EHIS calls it, then what a list compiled of it does (`amos.ehis.curriculum_facts/v1`). */
const NAMES = {
  code: ['oppekavaKood', 'ehis_kood'],
  title: ['oppekavaNimetus', 'name_et'],
  english: ['oppekavaNimetusInglise', 'name_en'],
  kind: ['oppekavaLiik', 'curriculum_type'],
  school: ['oppeasutus', 'provider'],
  size: ['maht', 'eap'],
  field: ['ryhmaKood', 'field_code'],
  fieldName: ['ryhmaNimetus', 'field_name'],
  direction: ['oppesuund', 'study_direction'],
  outcomes: ['opivaljundid', 'outcomes'],
  status: ['kehtivStaatus', 'status'],
  changed: ['muudetud', 'updated_at'],
  link: ['avalikOppekavaFailUrl', 'official_pdf_url'],
} as const;
const at = (main: Spot, name: keyof typeof NAMES): Spot => main.first(...NAMES[name]);

/**
 * Kinds of curricula (`OK_LIIK`) by the unit their size is in: EAP are ECTS in higher education and in micro-qualifications, EKAP are the
 * credits of vocational education. Other sizes have no unit.
 */
const UNITS = table({
  'mikrokvalifikatsiooniõppe õppekava': 'EAP',
  'kõrghariduse õppekava': 'EAP',
  'kutsehariduse õppekava': 'EKAP',
});

/** The register of curricula of Estonia (EHIS, open data). No level, form, price or assessment has a place in it. */
export const ehis: Format = defineJsonFormat({
  name: 'ehis',
  title: 'EHIS, curricula of Estonia',
  specification: 'http://enda.ehis.ee/avaandmed/',
  mediaTypes: ['application/json'],
  documentation: {
    reads:
      'the register of curricula of Estonia (EHIS open data), micro-qualifications among them; a list compiled of it',
    elements: ['title', 'kind', 'workload', 'learningOutcomes', 'fields', 'languages', 'offeredBy', 'qualityAssurance'],
    derived: ['awardingBody'],
    quirks: [
      'One answer without pages: `http://enda.ehis.ee/avaandmed/rest/oppekavad/-/-/OK_LIIK_MKVOK/1/JSON` (HTTP only).',
      'The kind of curriculum says what it leads to: "Mikrokvalifikatsiooniõppe õppekava" is a micro-credential.',
      '`maht` is in EAP, which are ECTS, for higher education and micro-qualifications; that of vocational curricula is in EKAP, which are not.',
      'There is no level in it, and none follows from the type of the school.',
      'Outcomes are one text, numbered, with dashes or bullets, under a lead line ("Mikrokraadiõppe läbinu:"), which is no outcome.',
      'The school has no register code, only its name. It is taken for who awards, `derived`.',
      'One language is a text, several are a list. Where an address belongs may stand "Hetkel puudub" or a code: no address, and told.',
      'That a curriculum is registered, and what was decided on its accreditation, are claims; dates are DD.MM.YYYY.',
    ],
  },
  version: 1,
  detect: ({ text }) => {
    const start = text.trimStart();
    if (!/^[[{]/.test(start)) return 0;
    return /"oppekavaKood"\s*:/.test(start) ? 0.95 : /"ehis_kood"\s*:/.test(start) ? 0.9 : 0;
  },
  lists: ['/body/oppekavad/oppekava', '/curricula', ''],
  ids: NAMES.code,
  envelope({ record_count: count }, page) {
    if (typeof count === 'number') page.total = count;
  },
  shape: declareShape(`${Object.values(NAMES).flat().join(' ')} oppeasutuseTyyp * provider_type * koolId registrikood *
    oppeKeeled { oppeKeel } languages akadKraadDiplom ope * spetsialiseerumised * praktikaMaht nominaalKestusAastad nominaalKestusKuud
    vastuvott * akrediteerimisOtsus akrediteerimiseKehtivusKuupaev * kutsestandardid * registrKuupaev * registered_at *`),
  prepare(reading) {
    reading.language = 'et'; // everything but the English title
    return reading;
  },
  named({ main }) {
    const title = at(main, 'title');
    const english = at(main, 'english');
    return { spot: title, texts: [...title.texts(), ...inEnglish(english)] };
  },
  elements,
});

const inEnglish = (spot: Spot): LangString[] => spot.with({ en: spot.said() ?? '' }).texts();

function elements(reading: RecordReading): Elements {
  const { main } = reading;
  const status = at(main, 'status');
  if (status.said() !== undefined && status.word() !== 'registreeritud') status.note('not-active');
  return {
    url: readUrl(at(main, 'link')),
    kind: kindOf(main),
    ...bodiesOf(reading),
    learningOutcomes: outcomesOf(main),
    workload: workloadOf(main),
    qualityAssurance: qualityOf(main),
    fields: fieldsElement([
      {
        path: at(main, 'field').path,
        scheme: 'ISCED-F 2013',
        code: at(main, 'field').said(),
        text: at(main, 'fieldName').texts(),
        isIsced: true,
      },
      { path: at(main, 'direction').path, scheme: 'õppesuund', text: at(main, 'direction').texts() },
    ]),
    languages: languagesElement([
      ...main.nodes('oppeKeeled').flatMap((one) => one.each('oppeKeel')),
      ...main.each('languages'),
    ]),
    sourceModified: readModified(at(main, 'changed')),
  };
}

/** The kind of curriculum, with the degree or diploma that it leads to. */
function kindOf(main: Spot): Elements['kind'] {
  const kind = at(main, 'kind');
  const said = kind.said();
  if (said === undefined) return undefined;
  const code = /mikrokvalifikatsiooni/.test(kind.word()) ? 'micro-credential' : (kindInWords(said) ?? 'programme');
  return stated({ code, text: [asSaid(said, 'et'), ...main.at('akadKraadDiplom').texts()] }, kind.path);
}

function bodiesOf({ main, bodies, source }: RecordReading): Elements {
  const school = at(main, 'school');
  const id = main.at('koolId').said();
  const body = school.texts().length
    ? bodies.add({ ...(id ? { identifier: id } : {}), name: school.texts() })
    : undefined;
  const fallback = bodies.defaultAwardingBody();
  return {
    offeredBy: statedIf(body && [body], school.path),
    awardingBody: fallback.value || !body ? fallback : derived([body], school.path, 'ehis-school-awards'),
    issuerCountry: defaultCountry(source),
  };
}

/** One text; a compiled list has its lines. */
function outcomesOf(main: Spot): Elements['learningOutcomes'] {
  const all = at(main, 'outcomes');
  const lines = NAMES.outcomes.flatMap((name) => main.each(name)).flatMap((one) => one.said() ?? []);
  const whole = all.with(lines.join('\n'));
  return outcomesElement([{ outcomes: readOutcomes(whole), path: all.path }]);
}

function workloadOf(main: Spot): Elements['workload'] {
  const load = createWorkload();
  const size = at(main, 'size');
  const compiled = main.at('maht').silent && !main.at('eap').silent;
  const unit = compiled ? 'EAP' : UNITS.get(at(main, 'kind').word());
  load.credits(size, unit);
  if (unit) load.part(main.at('praktikaMaht'), `praktika ${unit}`);
  const [years, months] = ['Aastad', 'Kuud'].map((part) => Number(main.at(`nominaalKestus${part}`).said() ?? 0));
  const span = [years ? `${years}Y` : '', months ? `${months}M` : ''].join('');
  if (span) load.span(main.first('nominaalKestusAastad', 'nominaalKestusKuud').with(`P${span}`));
  return load.element();
}

/** What the register says of the curriculum: that it is in it, and how it was judged. */
function qualityOf(main: Spot): Elements['qualityAssurance'] {
  const said = [main.at('akrediteerimisOtsus'), at(main, 'status')].filter((one) => one.texts().length);
  const claims = said.map((one) => ({ text: one.texts() }));
  return statedIf(claims.length ? { kinds: [], claims } : undefined, said[0]?.path ?? '');
}

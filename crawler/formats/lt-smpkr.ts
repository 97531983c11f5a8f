import { derived, isObject, type LangString, statedIf } from '../../schema/index.ts';
import { defaultCountry } from '../elements/bodies.ts';
import { readDate, readModified } from '../elements/dates.ts';
import { fieldsElement } from '../elements/fields.ts';
import { kindElement } from '../elements/kind.ts';
import { createLevel } from '../elements/level.ts';
import { createWorkload } from '../elements/workload.ts';
import type { Format, Page, PageRequest } from '../format.ts';
import { fault } from '../problems/rules.ts';
import type { Elements, RecordReading } from '../record/define-format.ts';
import { type Cut, defineJsonFormat, identifierIn } from '../record/json-feed.ts';
import { declareShape } from '../record/shape.ts';
import type { Spot } from '../record/spot.ts';

const ROW = '_type * _id * _revision * vda_prime_key * prg_valst_kodas prg_isced_kodas';
/** The two tables of the dataset that are read, by the last step of their address. */
const [PROGRAMMES, ACCREDITATIONS] = ['StudijuPrograma', 'ProgramosAkreditacija'];

/** The register of study programmes and training of Lithuania (SMPKR), as the open data of the state give it: tables of Spinta. */
export const ltSmpkr: Format = defineJsonFormat({
  name: 'lt-smpkr',
  title: 'SMPKR, programmes of Lithuania',
  specification: 'https://github.com/atviriduomenys/manifest',
  mediaTypes: ['application/json'],
  documentation: {
    reads: 'the register of study and training programmes of Lithuania (SMPKR, open data), with their accreditations',
    elements: ['title', 'kind', 'workload', 'level', 'fields', 'qualityAssurance'],
    derived: ['awardingBody', 'offeredBy'],
    quirks: [
      'Reading starts at the table `StudijuPrograma` (`…/StudijuPrograma/:format/json`), whose first page leads to that of the ' +
        'accreditations. `_page.next` is a token for the next page; after the last one comes a page without rows.',
      'An accreditation is a part of the programme with its state code (`prg_valst_kodas`).',
      'Credits name no scheme, and the register goes back to 1996, when they were no ECTS: they are credits of their own.',
      'The ISCED code does not say of which edition it is: it is kept, and is no ISCED-F code.',
      'Levels and cycles are words. A cycle follows from its English name, an EQF level from nothing.',
      'The institution that registers a programme is taken for who gives it and who awards, `derived`.',
      'Each decision on the accreditation is a claim; whether a programme is accredited says the last one.',
      'A programme with a date of deregistration stays, and is told.',
    ],
  },
  version: 1,
  detect: ({ text }) => {
    const start = text.trimStart();
    return /^[[{]/.test(start) && /"prg_valst_kodas"\s*:/.test(start) ? 0.95 : 0;
  },
  lists: ['/_data', ''],
  ids: ['prg_valst_kodas'],
  cut,
  envelope({ _page: page }, { envelope }) {
    if (isObject(page) && typeof page.next === 'string') envelope.next = page.next;
  },
  ended(page, items) {
    page.envelope.items = items;
    return undefined;
  },
  next,
  shape:
    declareShape(`${ROW} prg_pavad_lt prg_pavad_en prg_lygmuo_lt prg_lygmuo_en stud_tipas_lt stud_tipas_en stud_pakopa_lt stud_pakopa_en
    prg_apimtis_kred teik_issilav_lt teik_issilav_en stud_sritis_lt stud_sritis_en stud_posritis_lt stud_posritis_en prg_ireg_data * prg_isreg_data
    prg_isreg_priezast_lt * prg_reg_inst_lt prg_reg_inst_en prg_reg_inst_kodas prg_reg_inst_kodo_tipas prg_reg_inst_tipas * prg_reg_inst_adr *
    prg_paskut_kitimas duom_paskut_redag`),
  partShape:
    declareShape(`${ROW} inst_kodas * sprendimas akred_data akred_terminas akred_paskut_redagav * akred_ivert_kriterijus_lt
    akred_ivert_kriterijus_en akred_ivert_balas balo_paskut_redagav *`),
  named: ({ main }) => ({ spot: main.first('prg_pavad_lt', 'prg_pavad_en'), texts: inBoth(main, 'prg_pavad') }),
  elements,
});

/** Programmes are records, accreditations parts of theirs; the tables of applicants and students are neither. */
function cut(): Cut {
  return {
    *item(raw, path) {
      const code = identifierIn(raw, ['prg_valst_kodas']);
      const type = typeof raw._type === 'string' ? raw._type : '';
      if ('stud_studijav' in raw || 'lamabpo_pagr_stojim' in raw) {
        yield fault(null, path, 'other-resource', type || 'a row of numbers', `let the source point to ${PROGRAMMES}`);
      } else if (code === undefined) {
        yield fault(null, path, 'missing-identifier', raw, 'give prg_valst_kodas');
      } else if (type.endsWith(`/${ACCREDITATIONS}`) || 'sprendimas' in raw || 'akred_data' in raw) {
        const key = identifierIn(raw, ['vda_prime_key', '_id']) ?? `${raw.akred_data}`;
        yield { identifier: code, part: `accreditation:${key}`, path, raw };
      } else yield { identifier: code, path, raw };
    },
  };
}

/** `?page("token")` (Spinta, manual of the API), and from the first page of the programmes to the accreditations. */
function next({ url: address, envelope, role }: Page): PageRequest[] {
  const url = URL.parse(address);
  if (!url || !/^https?:/.test(address)) return [];
  const others = url.search.slice(1).split('&').filter(Boolean);
  const query = others.filter((one) => !/^page\(/i.test(one));
  const requests: PageRequest[] = [];
  const { next: token, items } = envelope;
  if (typeof token === 'string' && token && items) {
    url.search = [...query, `page("${encodeURIComponent(token)}")`].join('&');
    requests.push({ url: url.href, ...(role ? { role } : {}) });
  }
  const first = query.length === others.length && !role;
  if (first && url.pathname.includes(`/${PROGRAMMES}`)) {
    url.pathname = url.pathname.replace(`/${PROGRAMMES}`, `/${ACCREDITATIONS}`);
    url.search = query.join('&');
    requests.push({ url: url.href, role: 'accreditations' });
  }
  return requests;
}

/** `<name>_lt` and `<name>_en`: the words in both languages. */
const inBoth = (main: Spot, name: string): LangString[] =>
  ['lt', 'en'].flatMap((language) => {
    const one = main.at(`${name}_${language}`);
    return one.with({ [language]: one.said() ?? '' }).texts();
  });
/** The English words first: they are those that vocabularies know. */
const english = (main: Spot, name: string): { spot: Spot; texts: LangString[] } => ({
  spot: main.first(`${name}_en`, `${name}_lt`),
  texts: inBoth(main, name).reverse(),
});

function elements(reading: RecordReading): Elements {
  const { main } = reading;
  const over = main.at('prg_isreg_data');
  if (readDate(over)) over.note('not-active');
  const load = createWorkload();
  load.credits(main.at('prg_apimtis_kred'), 'kreditai');
  const level = createLevel(reading);
  for (const { spot, texts } of ['prg_lygmuo', 'stud_pakopa', 'stud_tipas'].map((name) => english(main, name)))
    level.words(spot, {}, texts);
  const awarded = english(main, 'teik_issilav');
  return {
    kind: kindElement(awarded.spot, awarded.texts),
    ...bodiesOf(reading),
    workload: load.element(),
    level: level.element(),
    fields: fieldsElement([
      { path: main.at('prg_isced_kodas').path, scheme: 'SMPKR', code: main.at('prg_isced_kodas').said() },
      ...['stud_sritis', 'stud_posritis'].map((name) => ({
        path: english(main, name).spot.path,
        scheme: name,
        text: inBoth(main, name),
      })),
    ]),
    qualityAssurance: qualityOf(reading),
    sourceModified: readModified(main.first('prg_paskut_kitimas', 'duom_paskut_redag')),
  };
}

function bodiesOf({ main, bodies, source }: RecordReading): Elements {
  const code = main.at('prg_reg_inst_kodas').said();
  const name = inBoth(main, 'prg_reg_inst');
  const { path } = main.first('prg_reg_inst_lt', 'prg_reg_inst_en', 'prg_reg_inst_kodas');
  const scheme = main.at('prg_reg_inst_kodo_tipas').said() ?? 'prg_reg_inst_kodas';
  const body = bodies.add({ ...(code ? { identifier: code, identifiers: [{ scheme, value: code }] } : {}), name });
  const fallback = bodies.defaultAwardingBody();
  return {
    ...(body ? { offeredBy: derived([body], path, 'smpkr-registrant') } : {}),
    awardingBody: fallback.value || !body ? fallback : derived([body], path, 'smpkr-registrant'),
    issuerCountry: defaultCountry(source),
  };
}

/** What was decided on the programme, by which criterion, from when until when; the register says so for each time. */
function qualityOf({ parts }: RecordReading): Elements['qualityAssurance'] {
  const claims = parts.flatMap((part) => {
    const decision = part.at('sprendimas').said();
    const days = [readDate(part.at('akred_data')), readDate(part.at('akred_terminas'))];
    const grade = part.at('akred_ivert_balas').said();
    if (decision === undefined && !days[0]) return [];
    const span = days.some(Boolean) ? days.map((day) => day ?? '…').join(' – ') : undefined;
    const words = [decision, span, grade].filter(Boolean).join(', ');
    return [{ text: [{ language: 'lt', value: words }, ...inBoth(part, 'akred_ivert_kriterijus')] }];
  });
  // What was decided last holds.
  const last = parts
    .toSorted((a, b) => (a.at('akred_data').said() ?? '').localeCompare(b.at('akred_data').said() ?? ''))
    .findLast((part) => part.at('sprendimas').said() !== undefined);
  const kinds = /^akredituot/i.test(last?.at('sprendimas').said() ?? '') ? ['programme-quality-assurance'] : [];
  return statedIf(claims.length ? { kinds, claims } : undefined, parts[0]?.path ?? '');
}

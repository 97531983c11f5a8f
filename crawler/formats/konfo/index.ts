import { languageTag } from '../../../schema/parse/language.ts';
import type { Format } from '../../format.ts';
import { defineJsonFormat } from '../../record/json-feed.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { cut, ended, envelope, instead, next } from './pages.ts';
import { SHAPE } from './shape.ts';

/** Opintopolku, the national portal of Finland: the external interface of konfo-backend. */
export const konfo: Format = defineJsonFormat({
  name: 'konfo',
  title: 'Opintopolku (konfo-backend)',
  specification: 'https://github.com/Opetushallitus/konfo-backend',
  mediaTypes: ['application/json'],
  documentation,
  version: 1,
  detect: ({ text }) => {
    const start = text.trimStart();
    if (!start.startsWith('{')) return 0;
    // Oids of the national registry: 13 are educations, 17 offers.
    if (/"(?:oid|toteutusOid|koulutusOid)"\s*:\s*"1\.2\.246\.562\.1[37]\./.test(start)) return 0.95;
    return /"toteutusOid"\s*:|"koodiUri"\s*:\s*"(?:koulutus|opintojenlaajuusyksikko)_/.test(start) ? 0.8 : 0;
  },
  lists: ['/hits', ''],
  ids: ['oid'],
  cut,
  envelope,
  ended,
  next,
  instead,
  shape: SHAPE,
  prepare(reading) {
    // The languages that the texts are written in; the first one is meant where a place has room for one.
    reading.language = languageTag(reading.main.each('kielivalinta')[0]?.said()) ?? reading.language;
    return reading;
  },
  named: ({ main }) => ({ spot: main.at('nimi') }),
  elements,
});

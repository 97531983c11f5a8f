import type { Concept } from '../vocabulary.ts';
import { createVocabulary, EU_LICENCE } from '../vocabulary.ts';
import { labels } from './labels.ts';

const concepts: Concept[] = ['1', '2', '3', '4', '5', '6', '7', '8'].map((code) => ({
  code,
  uri: `http://data.europa.eu/snb/eqf/${code}`,
  label: labels({
    en: `EQF level ${code}`,
    de: `EQR-Niveau ${code}`,
    fr: `CEC niveau ${code}`,
    es: `Nivel ${code} del EQF`,
    it: `Livello EQF ${code}`,
    nl: `EQF-niveau ${code}`,
    pt: `Nível ${code} do QEQ`,
    et: `EQF tase ${code}`,
  }),
}));

const closed = createVocabulary(
  {
    name: 'eqf',
    title: 'European Qualifications Framework, levels',
    source: 'http://data.europa.eu/snb/eqf/25831c2 (Council Recommendation 2017/C 189/03, Annex II)',
    version: 'Council Recommendation 2017/C 189/03',
    date: '2017-05-22',
    licence: EU_LICENCE,
  },
  concepts,
);

/**
 * EQF levels 1–8. Reads the number, the URI, "EQF 6", "EQF level 6", "EQR 6", "CEC 6", "QEQ 6". "Level 6" alone is
 * no EQF level: it is as often RQF, SCQF or a year of study.
 */
export const eqf = {
  ...closed,
  parse(text: string): string | undefined {
    const named = /^(?:EQF|EQR|CEC|QEQ|MEC)[\s:_-]*(?:levels?|niveau|nivel|nível|livello|tase)?[\s:_-]*([1-8])$/i;
    return closed.parse(text) ?? named.exec(text.trim().slice(0, 40))?.[1];
  },
};

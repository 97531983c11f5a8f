import { peeked } from '../../decode/peeked.ts';
import { defineFormat } from '../../record/define-format.ts';
import { xmlFeed } from '../../record/xml-feed.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { shape } from './shape.ts';
import { tables } from './tables.ts';

const feed = xmlFeed({
  record: 'FICHE',
  around: ['FICHES'],
  what: 'an export of the RNCP or the RS (flow V4.1)',
  shape,
  identify: (element) => ({
    identifier: element.at('NUMERO_FICHE').said(),
    title: element.at('INTITULE').said(),
    path: `${element.path}/NUMERO_FICHE`,
  }),
  remedy: 'give the entry its NUMERO_FICHE (RNCP…, RS…)',
});

/** The national registers of France: RNCP (qualifications) and répertoire spécifique, as France compétences exports them daily. */
export const rncp = defineFormat({
  name: 'rncp',
  title: 'RNCP and répertoire spécifique (France compétences, flow V4.1)',
  specification:
    'https://www.data.gouv.fr/datasets/repertoire-national-des-certifications-professionnelles-et-repertoire-specifique',
  mediaTypes: ['application/xml', 'text/xml', 'text/csv'],
  documentation,
  version: 1,
  // A table does not show its own end.
  openEnded: true,
  shape,
  partShape: shape,
  detect({ text }) {
    const start = text.replace(/^[\uFEFF\s]+/, '').slice(0, 20_000);
    if (/^"?(?:Id_Fiche|Numero_Fiche)"?;/.test(start)) return 0.98;
    if (!/^<[?!\w]/.test(start)) return 0;
    if (!/<FICHES?[\s>]/.test(start.slice(0, 2000))) return 0;
    return /<(?:NUMERO_FICHE|VERSION_FLUX)>/.test(text) ? 0.98 : 0.4;
  },
  ...feed,
  async *records(body, page) {
    const opened = await peeked(body);
    yield* opened.first === '<' ? feed.records(opened.body, page) : tables(opened.body, page);
  },
  prepare: (reading) => Object.assign(reading, { language: reading.language ?? 'fr' }),
  named: ({ main }) => ({ spot: main.at('FICHE').at('INTITULE') }),
  elements,
});

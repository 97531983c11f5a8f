import { defineFormat } from '../../record/define-format.ts';
import { xmlFeed, xmlStart } from '../../record/xml-feed.ts';
import { documentation } from './documentation.ts';
import { elements } from './elements.ts';
import { shape } from './shape.ts';
import { titleOf } from './texts.ts';

const feed = xmlFeed({
  record: 'af',
  around: ['Envelope', 'Body', 'ProgrammazioneDidatticaResponse', 'ProgdidRoot', 'cds', 'regdid', 'pds'],
  body: 'cds',
  outside: [
    // Who teaches, answers for it and typed it, with date of birth and tax number.
    ...['coperture', 'matrRespDid', 'idAbRespDid', 'cognomeRespDid', 'nomeRespDid', 'sessoRespDid'],
    ...['dataNascitaRespDid', 'codFisRespDid', 'usrIns', 'usrMod'],
  ],
  what: 'an answer of ProgrammazioneDidattica',
  shape,
  // Without a code of its own it is a part of the activity at its root: those whose surnames begin with A to L.
  identify(element) {
    const own = element.at('afGenCod').said();
    const path = `${element.path}/afGenCod`;
    const title = element.at('afGenDes').said();
    if (own) return { identifier: own, title, path };
    const [root, part] = [element.at('afGenCodRadice').said(), element.at('afId').said()];
    return { identifier: root, ...(root && part ? { part } : {}), title, path };
  },
  remedy: 'give the activity its afGenCod',
});

/** Cineca U-GOV (ESSE3), the planning of teaching of Italian universities: cds › regdid › pds › af. */
export const esse3 = defineFormat({
  name: 'esse3',
  title: 'Cineca U-GOV / ESSE3 (ProgrammazioneDidattica)',
  specification: 'http://ws.di.u-gov.cineca.it/',
  mediaTypes: ['application/xml', 'text/xml', 'application/soap+xml'],
  documentation,
  version: 1,
  shape,
  partShape: shape,
  detect({ text }) {
    const start = xmlStart(text);
    return /<(?:\w+:)?ProgrammazioneDidatticaResponse[\s>]|<(?:\w+:)?ProgdidRoot[\s>]/.test(start) ? 0.98 : 0;
  },
  ...feed,
  prepare: (reading) => Object.assign(reading, { language: reading.language ?? 'it' }),
  named: ({ main }) => ({ spot: main.at('af').first('afGenDes', 'afGenDesEng'), texts: titleOf(main.at('af')) }),
  elements,
});

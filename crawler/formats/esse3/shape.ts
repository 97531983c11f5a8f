import { declareShape } from '../../record/shape.ts';

/** Codes, flags and numbers of the planning that are known and that no element has a place for: they stay in the raw record. */
const known = (names: string): string => names.trim().replace(/(?<=\S)(?=\s|$)/g, ' { }');
const PART = 'tipoFatStuCod { } fatPartStuCod { } partStuCod partStuDes partIni { } partFine { } partTot { }';
/** Where the same teaching is planned under other programmes, and the parts of which it consists. */
const ELSEWHERE = `{ ${known(`dipCod dipDes facCod facDes cdsCod nomeCds cdsordCod regdidCod pdsCod pdsDes afId afPdrId afRadiceId afGenCod afGenDes
  afGenCodRadice esameComuneFlg logisticoFlg`)} }`;
const TEXT = `testo { tipoTestoCod tipoTestoEtic prgOrd { } obblFlg { } linguaCod contenuto }`;

/** What is read of an activity (`af`) and of the degree programme around it. */
export const shape = declareShape(`
  cds {
    aaOffId { } cdsCod tipoCorsoCod { } tipoCorsoDes { }
    ciclo { cicloDes tipoCicloCod desTipoCiclo { } dataInizio dataFine }
  }
  af {
    afId afGenCod afGenCodRadice afGenDes afGenDesEng peso umPesoCod settCod nonErogabileFlg tipoEsaCod tipoValCod
    oreFrontAf oreStuInd oreFront { oreFrontAf { tipoAttDidCod { } ore { } oreStuInd { } } } tipoCicloCod cicloDes ${PART}
    ${known(`afPdrId afRadiceId inRegdidFlg tipoCompAfCod tipoCompAfDes logisticoFlg annoCorso tipoAfCod idAmbitoUnivoco idAmbitoUnivocoIntercla
    oreLezione oreSeminari oreLaboratorio oreEsercitazione oreAltreFrontali freqObbligFlg oreMinFreq numMaxReit liberaFlg sceltaModFlg
    pubblTestiAfGuidaFlg pubblTestiAfNoGuidaFlg sostegnoFlg insTestiAfGuidaFlg insTestiAfNoGuidaFlg desAdPubblFlg tipoInsCod numMesiScadEsa
    desTipoCiclo domPartCodEsse3 dtIns dtMod`)}
    testi { insTestiAfGuidaFlg { } insTestiAfNoGuidaFlg { } partStuCod partStuDes ${TEXT} }
    mutuazioni { mutuazione ${ELSEWHERE} } mutuaDa { mutuazione ${ELSEWHERE} } strutture { struttura ${ELSEWHERE} }
     linDid { linDidAf { linDidCod linDidDes } } modDid { modDidAf { modDidCod modDidDes } }
  }
`);

/**
 * Levels in words. The EQF goes by other letters in other languages. "EKR" is not among them: it is the framework of Estonia as well.
 */
const EQF_NAME = `EQF|EQR|CEC|MEC|ERK|EOK|EKO|EKKR|EKS|EKI|QEQ|ΕΠΕΠ|ЕКР|European Qualifications? Framework|Europ[äa]ische[rn]? Qualifikationsrahmen|Cadre européen des certifications|Marco Europeo de Cualificaciones|Quadro europeo delle qualifiche|Europees kwalificatiekader|Europejskie ramy kwalifikacji|Euroopa kvalifikatsiooniraamistik|Evropský rámec kvalifikací|Európsky kvalifikačný rámec|Európai Képesítési Keretrendszer|Europski kvalifikacijski okvir|Evropsko ogrodje kvalifikacij|Cadrul european al calificărilor|Quadro Europeu de Qualificações|Europos kvalifikacijų sandara|Eiropas kvalifikāciju ietvarstruktūra|eurooppalainen tutkintojen viitekehys|europeiska (?:referensramen|kvalifikationsramverket)|europæiske kvalifikationsramme|Европейска(?:та)? квалификационна рамка|Ευρωπαϊκό Πλαίσιο Προσόντων|Creat Cáilíochtaí na hEorpa`;
const LEVEL_WORD = `level|lvl|niveau|niv|stufe|nivel|nível|livello|poziom|tase|taso|nivå|niveauet|úroveň|uroven|razina|raven|szint|lygis|lygmuo|līmenis|ниво|επίπεδο|leibhéal|livell`;

const GAP = String.raw`[\s:.=([\u2013-]{0,4}(?:,?\s?(?:${LEVEL_WORD})[\s:.=()-]{0,3})?`;
const NUMBER = String.raw`([1-9]\d?)`;
const AFTER = new RegExp(String.raw`(?<![\p{L}])(?:${EQF_NAME})(?![\p{L}])${GAP}${NUMBER}(?![\d]|[.,]\d)`, 'giu');
const BEFORE = new RegExp(
  String.raw`(?<![\p{L}\d])(?:${LEVEL_WORD})[\s:.-]{0,3}${NUMBER}\s{0,2}(?:[(\[]|of the |of |des |du |do |da |del |der |de la |van het |dell[ao]? )?\s?(?:${EQF_NAME})(?![\p{L}])`,
  'giu',
);
const NAMES_EQF = new RegExp(String.raw`(?<![\p{L}])(?:${EQF_NAME})(?![\p{L}])`, 'iu');
/** What makes of one number a range, one of several or a limit: "5/6", "5 to 6", "5 or 6", "4, 5", "4 or higher". */
const GOES_ON =
  /^\s{0,2}(?:[-–—/,&+]|to|or|and|bis|oder|und|à|a|ou|et|o|y|e|tot|of|en|till|eller|och|tai|lub|albo|i)\s{0,2}(?:level\s?)?\d(?!\d)/iu;
/** What makes a bound of it: "4 or higher", "5+", "mindestens 4". */
const OPEN_END =
  /^\s{0,2}(?:\+|(?:or|and|oder|und|ou|et|o|y|e|of|en|eller|och|tai|lub)\s(?:higher|above|more|up|lower|below|höher|darüber|mehr|plus|supérieur|superior|superiore|più|hoger|högre|korkeampi|wyżej|wyższy))/iu;
/** The words before the name that take it away again, or make a limit of it. */
const NEGATED =
  /(?:\bno|\bnot(?: an?)?|\bnon|\bkein(?:e|en)?|\bsans|\bsin|\bgeen|\bej|\bbez|\bei|\b(?:above|below|over|under|at least|at most|from|up to|minimum|min\.|ab|über|unter|mindestens|höchstens|bis|au moins|jusqu.au?|à partir du?|al menos|almeno|minstens|minst|vähintään|vähemalt|co najmniej))\s{1,3}$/iu;

/** Other frameworks whose levels stand in words: their usual letters and the country. */
const FRAMEWORKS =
  'SCQF GB|CQFW GB|RQF GB|QCF GB|FHEQ GB|NFQ IE|NLQF NL|DQR DE|NQR AT|SEQF SE|FINQF FI|CROQF HR|HKO HR|MECU ES|RNCP FR|ROQF RO|CYQF CY|EstQF EE|EKR EE|LTQF LT|LKI LV|MQF MT|PRK PL|MKKR HU|SKKR SK|QNQ PT'
    .split('|')
    .map((entry) => {
      const [name = '', country = ''] = entry.split(' ');
      return [
        new RegExp(String.raw`(?<![\p{L}])${name}(?![\p{L}])${GAP}${NUMBER}(?![\d]|[.,]\d)`, 'giu'),
        name,
        country,
      ] as const;
    });
const NAMES_OTHERS = new RegExp(FRAMEWORKS.map(([, name]) => name).join('|'), 'i');

/** What words say of levels. */
export interface LevelInWords {
  /** The one EQF level that they name. */
  eqf?: number;
  /** The one level of the one national framework that they name. */
  nqf?: { framework: string; country: string; level: string };
  /** They speak of the EQF, whether or not they name one level of it: then nothing is derived from another framework. */
  ofEqf: boolean;
}

/**
 * The levels in a text: "EQF level 6", "DQR/EQR-Niveau 6", "niveau 6 du CEC", "SCQF Level 7 / EQF Level 5". Several levels of one
 * framework, a range, and a framework that is named only to say that there is no level of it are none.
 */
export function levelInWords(text: string): LevelInWords {
  if (text.length > 300) return { ofEqf: false };
  const ofEqf = NAMES_EQF.test(text);
  if (!/\d/.test(text)) return { ofEqf };
  const eqf = ofEqf
    ? one([...numbers(text, AFTER), ...(numbers(text, AFTER).length ? [] : numbers(text, BEFORE))], 8)
    : undefined;
  const others = (NAMES_OTHERS.test(text) ? FRAMEWORKS : []).flatMap(([pattern, framework, country]) => {
    const level = one(numbers(text, pattern), 12);
    return level === undefined ? [] : [{ framework, country, level: String(level) }];
  });
  const [nqf] = others.length === 1 ? others : [];
  return { ofEqf, ...(eqf === undefined ? {} : { eqf }), ...(nqf ? { nqf } : {}) };
}

const ALONE = new RegExp(String.raw`^(?:(?:${LEVEL_WORD})[\s:.-]{0,3})?([1-8])$`, 'iu');

/** The level in a text that is nothing but one: "5", "Level 5", "NIV6". */
export const levelAlone = (text: string): number | undefined => {
  const level = ALONE.exec(text)?.[1];
  return level ? Number(level) : undefined;
};

/** Whether words name the EQF as the framework of the level that stands beside them. */
export const isEqfName = (text: string): boolean => NAMES_EQF.test(text) || /(?:esco|snb)\/eqf/i.test(text);

/** The levels found, NaN for one that is negated or a part of a range. */
function numbers(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map((found) => {
    const end = found.index + found[0].length;
    const after = text.slice(end, end + 24);
    const doubtful =
      GOES_ON.test(after) ||
      OPEN_END.test(after) ||
      NEGATED.test(text.slice(Math.max(0, found.index - 12), found.index));
    return doubtful ? Number.NaN : Number(found[1]);
  });
}

function one(levels: readonly number[], most: number): number | undefined {
  const [first] = levels;
  const single = first !== undefined && levels.every((level) => level === first);
  return single && first >= 1 && first <= most ? first : undefined;
}

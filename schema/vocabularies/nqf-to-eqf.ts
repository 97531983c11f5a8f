import { own } from '../table.ts';

/** One national framework: the names it goes by, and its levels where they are not the EQF's own numbers. */
interface Framework {
  country: string;
  /** Lower-case names and abbreviations. The first one is its usual short name. */
  names: readonly string[];
  /** Level → EQF. Absent: each level is the EQF level of the same number. */
  levels?: Readonly<Record<string, number>>;
  /** The country has other level systems in use, so the country alone does not tell the framework. */
  onlyNamed?: true;
  /** What the levels are known by. */
  basis: string;
}

const BY_NUMBER = 'inferred: its levels were made to be those of the EQF, number by number';

const same = (country: string, ...names: string[]): Framework => ({ country, names, basis: BY_NUMBER });

const UK_LEVELS = { 1: 2, 2: 3, 3: 4, 4: 5, 5: 5, 6: 6, 7: 7, 8: 8, 'entry 3': 1 };

const FRAMEWORKS: readonly Framework[] = [
  same('AT', 'nqr', 'nqf', 'at: nqf', 'nationaler qualifikationsrahmen'),
  same('BE', 'vks', 'fqf', 'vlaamse kwalificatiestructuur', 'cfc', 'qdg'),
  same('BG', 'bqf', 'nqf', 'нкр'),
  same('CH', 'nqf vpet', 'nqr berufsbildung', 'nqf', 'nqr'),
  same('CY', 'cyqf', 'nqf'),
  { ...same('CZ', 'nsk', 'nqf'), basis: 'read: eight levels comparable with the EQF (narodnikvalifikace.cz)' },
  same('DE', 'dqr', 'deutscher qualifikationsrahmen', 'gqf'),
  same('DK', 'dk nqf', 'nqf', 'kvalifikationsrammen'),
  {
    ...same('EE', 'estqf', 'ekr', 'ekr tase', 'kvalifikatsiooniraamistik', 'nqf'),
    basis: 'read for levels 6 to 8 (Europass, Compare qualifications frameworks); inferred for the others',
  },
  { country: 'ES', names: ['mecu'], onlyNamed: true, basis: BY_NUMBER },
  {
    country: 'ES',
    names: ['meces'],
    levels: { 1: 5, 2: 6, 3: 7, 4: 8 },
    onlyNamed: true,
    basis: 'inferred: its four levels are those of higher education, short cycle to doctorate',
  },
  same('FI', 'finqf', 'nqf', 'viitekehys'),
  {
    country: 'FR',
    names: ['cncp', 'rncp', 'cadre national des certifications professionnelles'],
    onlyNamed: true,
    basis: 'inferred: the framework of 2019 has the numbers of the EQF',
  },
  {
    country: 'GB',
    names: ['rqf', 'qcf', 'fheq', 'nvq', 'ofqual'],
    levels: UK_LEVELS,
    onlyNamed: true,
    basis: 'read for levels 2 to 4 (EQF column of the register of Ofqual); inferred for the others',
  },
  {
    country: 'GB',
    names: ['cqfw', 'credit and qualifications framework for wales'],
    levels: UK_LEVELS,
    onlyNamed: true,
    basis: 'inferred: its levels are those of the RQF',
  },
  {
    country: 'GB',
    names: ['scqf', 'scottish credit and qualifications framework'],
    levels: { 3: 1, 4: 2, 5: 3, 6: 4, 7: 5, 8: 5, 9: 6, 10: 6, 11: 7, 12: 8 },
    onlyNamed: true,
    basis: 'inferred from "Qualifications can cross boundaries" (the frameworks of the United Kingdom and Ireland)',
  },
  same('GR', 'hqf', 'nqf'),
  same('HR', 'croqf', 'hko', 'nqf'),
  same('HU', 'huqf', 'mkkr', 'nqf'),
  {
    country: 'IE',
    names: ['nfq', 'ie nqf', 'nqf', 'irish national framework of qualifications'],
    levels: { 1: 1, 2: 1, 3: 2, 4: 3, 5: 4, 6: 5, 7: 6, 8: 6, 9: 7, 10: 8 },
    basis: 'read: Europass, Compare qualifications frameworks, for 7 to 10; tables of the NFQ for the others',
  },
  {
    country: 'IS',
    names: ['isqf', 'nqf'],
    levels: { 2: 3, 3: 4, 4: 5, 5: 6, 6: 7, 7: 8 },
    basis: 'inferred from its seven levels; what level 1 is referenced to is not known',
  },
  same('IT', 'qnq', 'it nqf', 'nqf'),
  same('LI', 'nqfl', 'nqfl', 'nqf'),
  same('LT', 'ltqf', 'ltks', 'nqf'),
  same('LU', 'clq', 'nqf'),
  same('LV', 'lqf', 'lki', 'nqf'),
  same('ME', 'me nqf', 'nqf', 'nok'),
  same('MK', 'nnmqf', 'mqf', 'nqf'),
  {
    ...same('MT', 'mqf', 'malta qualifications framework', 'nqf'),
    basis: 'read for levels 2 to 5 (records of the QDR); inferred for the others',
  },
  same('NL', 'nlqf', 'nqf'),
  same('NO', 'nkr', 'nqf', 'nasjonalt kvalifikasjonsrammeverk'),
  same('PL', 'prk', 'pqf', 'zrk', 'polska rama kwalifikacji', 'nqf'),
  same('PT', 'qnq', 'nqf', 'quadro nacional de qualificações'),
  same('RO', 'roqf', 'cnc', 'nqf'),
  same('RS', 'noks', 'nqfs', 'nqf'),
  same('SE', 'seqf', 'nqf'),
  {
    country: 'SI',
    names: ['sqf', 'sok', 'slovensko ogrodje kvalifikacij', 'nqf'],
    levels: { 1: 1, 2: 2, 3: 3, 4: 4, 5: 4, 6: 5, 7: 6, 8: 7, 9: 8, 10: 8 },
    basis: 'read for levels 1 and 2 (nok.si); inferred for the others',
  },
  same('SK', 'skkr', 'nqf'),
  same('TR', 'tqf', 'tyç', 'nqf'),
  same('XK', 'ks nqf', 'nqf'),
];

/** "The country's qualifications framework" in so many words. */
const GENERIC =
  /qualifications? framework|framework of qualifications|qualifikationsrahmen|kvalifikatsiooniraamistik|cadre .*(?:certifications|qualifications)|quadro .*qualific|kwalificatieraamwerk|rama kwalifikacji/;

const clean = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');

/** `Level 6`, `NQF 5B`, `4+`, `7.1` → `6`, `5`, `4`, `7`; Roman and other words give undefined. */
function levelNumber(level: string): string | undefined {
  const text = clean(level.slice(0, 60));
  const entry = /^entry(?: levels?)? (\d)$/.exec(text);
  if (entry) return `entry ${entry[1]}`;
  return /^(?:[\p{L}.:()-]+ ){0,3}[\p{L}:]*?(\d{1,2})(?:\.\d)?\s?(?:[+a-c])?$/u
    .exec(text)?.[1]
    ?.replace(/^0+(?=\d)/, '');
}

function framework(country: string | undefined, name: string | undefined): Framework | undefined {
  const wanted = name === undefined ? undefined : clean(name);
  const possible = FRAMEWORKS.filter((f) => country === undefined || f.country === country);
  if (!wanted) return country && possible.length === 1 && !possible[0]?.onlyNamed ? possible[0] : undefined;
  const words = ` ${wanted.split(/[^\p{L}\p{N}]+/u).join(' ')} `;
  const exact = possible.filter((f) => f.names.includes(wanted));
  const named = exact.length > 0 ? exact : possible.filter((f) => f.names.some((name) => words.includes(` ${name} `)));
  if (named.length > 0) return new Set(named.map((f) => f.country)).size === 1 ? named[0] : undefined;
  const generic = GENERIC.test(wanted) && !/europe|europä|\beqf\b|\behea\b/.test(wanted);
  return generic && country && possible.length === 1 && !possible[0]?.onlyNamed ? possible[0] : undefined;
}

/**
 * The EQF level to which a national level is referenced, or undefined. Always a derivation: mark it so.
 *
 * Only frameworks that their countries have referenced to the EQF (referencing reports, shown in Europass "Compare
 * qualifications frameworks" and Cedefop's NQF inventory) are in the table, and only when country or framework tells
 * which one is meant: for the UK, France and Spain the framework must be named, because levels without its name are
 * as often something else (the "niveau 2" in a French title, the Roman I–V of before 2019, a Catálogo level).
 * Sub-levels (`4+`, `5B`, `7.1`) belong to their level; entry levels below EQF 1 and level 1 of Iceland are left out.
 */
export function eqfFromNqf(nqf: { country?: string; framework?: string; level: string }): number | undefined {
  const found = framework(nqf.country, nqf.framework);
  const level = levelNumber(nqf.level);
  if (!found || !level) return undefined;
  if (found.levels) return own(found.levels, level);
  const number = Number(level);
  return number >= 1 && number <= 8 ? number : undefined;
}

/** A row of the table: the level of a national framework, the EQF level to which it is referenced, and what that is known by. */
export interface NqfRow {
  country: string;
  framework: string;
  level: string;
  eqf: number;
  basis: string;
}

/** All rows, for the pages that say by which rule an EQF level was derived. */
export const nqfRows: readonly NqfRow[] = FRAMEWORKS.flatMap(({ country, names, levels, basis }) =>
  Object.entries(levels ?? Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((level) => [level, level]))).map(
    ([level, eqf]) => ({ country, framework: names[0] ?? '', level, eqf, basis }),
  ),
);

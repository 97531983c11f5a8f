import {
  type Element,
  type LangString,
  type LevelValue,
  lookedUp,
  type NqfLevel,
  notStated,
  stated,
} from '../../schema/index.ts';
import { qfEheaCycle } from '../../schema/vocabularies/index.ts';
import { eqfFromNqf } from '../../schema/vocabularies/nqf-to-eqf.ts';
import { alsoDerived, type DerivationId } from '../problems/derivations.ts';
import type { Reading, Spot } from '../record/spot.ts';
import { isEqfName, levelAlone, levelInWords } from './level-words.ts';

/** What stands beside the words of a level: the framework they are of, addresses that name the level. */
export interface LevelContext {
  framework?: string | undefined;
  uris?: readonly string[] | undefined;
}

const EQF_URI = /(?:data\.europa\.eu\/(?:snb|esco)\/eqf\/|europa\.eu\/[^\s]{0,100}\beqf\b[^\s]{0,100}\/)([1-8])\/?$/i;

/** The EQF level that an address names: the EU's own list, or ESCO's. */
export const eqfOfUri = (uri: string): number | undefined => {
  const level = EQF_URI.exec(uri.trim())?.[1];
  return level ? Number(level) : undefined;
};

/** Frameworks whose name tells their country, by their usual letters. */
const COUNTRIES = new Map(
  'SCQF GB|RQF GB|QCF GB|CQFW GB|NFQ IE|NLQF NL|DQR DE|NQR AT|SEQF SE|FINQF FI|CROQF HR'
    .split('|')
    .map((entry) => entry.split(' ') as [string, string]),
);

/**
 * The level of the learning, put together from all the places where a record says something of it. EQF only where the EQF is named;
 * a national level as stated; the words always. What a rule makes of them stands beside.
 */
export function createLevel(reading: Reading) {
  const value: LevelValue = {};
  const words: LangString[] = [];
  const eqfs: { level: number; spot: Spot }[] = [];
  let path: string | undefined;
  let rule: { value: LevelValue; path: string; id: DerivationId } | undefined;
  let silent = false; // the EQF is named without a level of it: nothing is derived from another framework

  const derive = (spot: Spot, more: LevelValue, id: DerivationId): void => {
    if (Object.keys(more).length) rule ??= { value: more, path: spot.path, id };
  };
  const addEqf = (spot: Spot, level: number): void => {
    eqfs.push({ level, spot });
    path ??= spot.path;
  };
  const addNqf = (spot: Spot, nqf: NqfLevel): void => {
    path ??= spot.path;
    if (value.nqf) return;
    value.nqf = nqf;
    const eqf = eqfFromNqf(nqf);
    if (eqf) derive(spot, { eqf }, 'nqf-to-eqf');
  };

  return {
    /** A level in words, with what stands beside it. */
    words(spot: Spot, { framework, uris = [] }: LevelContext = {}, texts: readonly LangString[] = spot.texts()): void {
      const [first] = texts;
      const label = first?.value ?? '';
      const named = [...uris, label].map(eqfOfUri).find((level) => level !== undefined);
      const inFrame = framework !== undefined && isEqfName(framework);
      const said = levelInWords(inFrame && !isEqfName(label) ? `EQF ${label}` : label);
      const eqf = named ?? said.eqf;
      if (eqf !== undefined) addEqf(spot, eqf);
      else if (inFrame && label) spot.note('not-an-eqf-level', undefined, label);
      if (said.ofEqf && eqf === undefined) silent = true;
      const letters = framework?.trim().toUpperCase() ?? '';
      const number = /^(?:[\p{L}.]{1,20}\s)?(\d{1,2}[a-z]?)$/iu.exec(label)?.[1];
      const country = COUNTRIES.get(letters);
      if (country && number) addNqf(spot, { country, framework: letters, level: number, label });
      else if (said.nqf && !silent) addNqf(spot, { ...said.nqf, label });
      if (!texts.length || /^https?:\/\/\S+$/.test(label)) return;
      path ??= spot.path;
      words.push(
        ...texts.map((text) =>
          framework && !inFrame && !country && !/^https?:/.test(framework)
            ? { ...text, value: `${framework}: ${text.value}` }
            : text,
        ),
      );
      const looked = lookedUp(reading.source, 'level', label);
      if (looked && /^[1-8]$/.test(looked)) derive(spot, { eqf: Number(looked) }, 'source-lookup');
      const cycle = qfEheaCycle.parse(label);
      if (cycle) derive(spot, { cycle }, 'level-in-words-to-cycle');
    },
    /** A number that stands where only levels of the EQF stand ("6", "EQR 5", "niveau 6"); anything else there is noted. */
    eqf(spot: Spot): void {
      const said = spot.said();
      if (said === undefined) return;
      const named = levelAlone(said) ?? eqfOfUri(said) ?? (isEqfName(said) ? levelInWords(said).eqf : undefined);
      if (named === undefined) spot.note('not-an-eqf-level');
      else addEqf(spot, named);
    },
    /** A level of a national framework, as stated. */
    nqf: addNqf,
    /** Whether a place named a level of the EQF. */
    namesEqf: (): boolean => eqfs.length > 0,
    /** What a rule of the format makes of the words there. */
    derive,
    element(): Element<LevelValue> {
      const distinct = [...new Set(eqfs.map(({ level }) => level))];
      const [first] = eqfs;
      if (distinct.length > 1 && first)
        first.spot.note('contradiction', undefined, `EQF levels ${distinct.join(', ')}`);
      if (distinct.length === 1 && first) {
        value.eqf = first.level;
        path = first.spot.path; // the EQF's own number is the better place to point at
      }
      if (words.length)
        value.text = [...new Map(words.map((text) => [`${text.language} ${text.value}`, text])).values()];
      if (path === undefined || !Object.keys(value).length) return notStated();
      const element = stated(value, path);
      if (!rule || (silent && rule.id === 'nqf-to-eqf')) return element;
      const { eqf, ...rest } = rule.value;
      if (value.eqf === undefined) return alsoDerived(element, rule.value, rule.path, rule.id);
      if (eqf !== undefined && eqf !== value.eqf && rule.id !== 'nqf-to-eqf' && first) {
        first.spot.note('contradiction', undefined, `${words[0]?.value ?? eqf} and EQF ${value.eqf}`);
        return element;
      }
      return Object.keys(rest).length ? alsoDerived(element, rule.value, rule.path, rule.id) : element;
    },
  };
}
export type Level = ReturnType<typeof createLevel>;

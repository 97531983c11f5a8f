import { lookedUp, type SourceDefinition } from '../../schema/index.ts';

const NAMED =
  /\b(?:EQF|EQR|CEC|MEC|EKR|European Qualifications? Framework)\b[^\d]{0,20}([1-8])(?![\d.,]\d|\d)(?!\s*[-–/]\s*\d)/i;

/** The level in words that name the EQF: "EQF level 6", "DQR/EQR-Niveau 6". A range, or another framework, is none. */
export function eqfInWords(text: string): number | undefined {
  const level = text.length <= 200 ? NAMED.exec(text)?.[1] : undefined;
  return level ? Number(level) : undefined;
}

/** What the source's definition says that one of its own words for a level means. */
export function eqfByLookup(source: SourceDefinition, word: string): number | undefined {
  const looked = lookedUp(source, 'level', word);
  return looked && /^[1-8]$/.test(looked) ? Number(looked) : undefined;
}

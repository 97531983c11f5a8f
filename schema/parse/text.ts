import { isFiller } from './filler.ts';
import { langStrings } from './lang-strings.ts';
import { splitOutcomes } from './outcomes.ts';
import { plainText } from './plain-text.ts';

/** The text helpers under one roof; each lives in a file of its own. */
export { isFiller, langStrings, plainText, splitOutcomes };

/**
 * Where a sign between or behind letters has a meaning: elided particles, which are no words (`l'énergie`), and names
 * that are another name without their sign (`C++`, `C#`, `.NET`). Looked for in folded text.
 */

/** French, Italian and Catalan particles that lose their vowel before another. What stands before the apostrophe. */
const PARTICLES = [
  ...['l', 'd', 'j', 'm', 't', 's', 'n', 'c', 'qu', 'jusqu', 'lorsqu', 'puisqu', 'quoiqu', 'presqu', 'quelqu'],
  ...['un', 'all', 'coll', 'dall', 'dell', 'nell', 'sull', 'quell', 'quest', 'bell', 'sant', 'gl', 'v'],
];
const ELISION = `(?<![\\p{L}\\p{N}\\p{M}])(?:${PARTICLES.join('|')})['’‘\`](?=\\p{L})`;

/** Names with signs: as folded text has them, and the word that stands for them in both engines. */
const NAMES: readonly [signs: string, word: string][] = [
  ['c\\+\\+(?!\\p{L})', 'cplusplus'],
  ['g\\+\\+(?!\\p{L})', 'gplusplus'],
  ['c[#♯](?!\\p{L})', 'csharp'],
  ['f[#♯](?!\\p{L})', 'fsharp'],
  ['j[#♯](?!\\p{L})', 'jsharp'],
  ['a\\+(?![\\p{L}\\p{N}+])', 'aplus'],
  ['\\.net(?![\\p{L}\\p{N}])', 'dotnet'],
];
const SIGNED = `(?<![\\p{L}\\p{N}\\p{M}])(?:${NAMES.map(([signs]) => `(${signs})`).join('|')})`;
const WORDS: ReadonlySet<string> = new Set(NAMES.map(([, word]) => word));

/** Most texts have none of these and need no further look. */
const MAY_MATTER = /['’‘`+#♯]|\.net/i;
const ANY_ELISION = new RegExp(ELISION, 'gu');
const ANY_SIGNED = new RegExp(SIGNED, 'gu');

/** Folded text without elided particles and with names with signs as words of letters. */
export function withoutSigns(folded: string): string {
  if (!MAY_MATTER.test(folded)) return folded;
  return folded
    .replace(ANY_ELISION, ' ')
    .replace(ANY_SIGNED, (_, ...groups) => ` ${NAMES[groups.findIndex((group) => group !== undefined)]?.[1]} `);
}

/** Whether a folded word stands for a name with signs: it is itself or nothing, neither misspelt nor in two parts. */
export const isSignedName = (word: string): boolean => WORDS.has(word);

const PLAIN_WORD = /[\p{L}\p{N}\p{M}]+/gu;
const WRITTEN_WORD = new RegExp(`(?<name>${SIGNED})|(?<elided>${ELISION})|[\\p{L}\\p{N}\\p{M}]+`, 'giu');

/** The words of a text as they are written, names with signs among them, elided particles in a group of that name. */
export const writtenWords = (text: string): Iterable<RegExpExecArray> =>
  text.matchAll(MAY_MATTER.test(text) ? WRITTEN_WORD : PLAIN_WORD);

const TITLES =
  /^(?:dr|prof|mag|mgr|ing|dipl|ing|phdr|rndr|doc|univ|priv|doz|mr|mrs|ms|miss|mx|sir|herr|frau|m|mme|mlle|sr|sra|srta|don|dona|dott|ssa|avv|inz|hab|ir|drs|phd|msc|bsc|ma|mba|md|llm|eng|habil|fil|kand)\.?$/iu;
const PARTICLES =
  /^(?:van|von|vom|zu|zum|zur|der|den|de|del|della|di|da|do|dos|das|la|le|lo|du|des|ten|ter|bin|binti|ibn|al|el|y|e|i|af|av|ó|ní|ui|mac|mc|st|san|bat|ben)$/iu;
const WORD = /^\p{Lu}[\p{L}\p{M}'’.-]{0,40}$/u;
const BETWEEN = /\s*(?:[,;/&|\n]|\s(?:and|und|et|y|e|en|og|och|ja|i|и|та|ve|és|a|și|ir|un|in)\s)\s*/u;

/** A text that reads like the name of a person, or a list of such: two to five words that begin with a capital. */
export function looksLikePersonName(text: string): boolean {
  const line = text.trim();
  if (line.length < 4 || line.length > 120 || /\d/.test(line)) return false;
  const words = (part: string) => part.split(/\s+/).filter((word) => word && !TITLES.test(word));
  const isName = (part: string) => {
    const all = words(part);
    const capital = all.filter((word) => WORD.test(word));
    return capital.length >= 2 && all.length <= 6 && all.every((word) => WORD.test(word) || PARTICLES.test(word));
  };
  const parts = line.split(BETWEEN).filter(Boolean);
  if (isName(line) || (parts.length > 0 && parts.every(isName))) return true;
  // "Smith, Anna"; "Dr. Smith"
  if (parts.length === 2 && /,/.test(line) && parts.every((part) => words(part).every((word) => WORD.test(word))))
    return true;
  return words(line).length === 1 && /^(?:(?:dr|prof|mr|mrs|ms|herr|frau|mme)\.?\s+)+/iu.test(line);
}

/**
 * Text that is quoted without being understood (broken JSON, a row of too many cells), without words that could be names, addresses
 * (also halves of them) and long numbers.
 */
export const withoutNames = (text: string): string =>
  text
    // The end of a text that began before: nothing says whose telephone it is.
    .replace(/^[^"]*(?="\s*[,}\]])/, '…')
    .replace(/[^\s"'<>,;]*(?:[^\s"'<>,;]@|\/\/|\w\/\w|\w\.\w|(?<![^\s"'<>,;])\/\w)[^\s"'<>,;]*/g, '…')
    .replace(/\d(?:[ ().-]?\d){5,}/g, '…')
    // The end of an address that began before the text: `anna-smith",`.
    .replace(/(?<=^|\s)\p{Ll}{2,}(?:-\p{Ll}{2,})+(?=\\?["'<])/gu, '…')
    .replace(
      /(?<![\p{L}\p{N}_@:/])[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}'’-]+(?:\s+[\p{Lu}\p{Lt}\p{Lo}][\p{L}\p{M}'’.-]*)*/gu,
      '…',
    );

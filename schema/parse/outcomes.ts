import { isFiller } from './filler.ts';

/** A bullet or a number at the start of a line. A bare dash needs a letter after it, a number a blank. */
const BULLET =
  /^(?:[*+•·▪▫■□●○◦‣⁃►▶➢➤→✓✔§]+ *|[-–—]+ +|[-–—](?=\p{L})|\(?\d{1,2}[.)] +|\(?[a-z]\) +|LO ?\d{1,2} ?[.:)] *)/u;

/**
 * One outcome blob in plain text → single outcomes. Lines with bullets or numbers start one each, lines without
 * continue the one before; without any bullets each line is one. `•` and a full numbering `1. … 2. …` also divide
 * inside a line. A lead-in that ends in `:` goes, unless it is all there is. Fillers, repetitions and the `;` or `,` that
 * joins an outcome to the next one go; a full stop stays.
 */
export function splitOutcomes(text: string): string[] {
  const lines = inlineBullets(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const bulleted = lines.some((line) => BULLET.test(line));
  const parts: string[] = [];
  let open = false;
  for (const line of lines) {
    const bare = line.replace(BULLET, '').trim();
    const isItem = bare.length < line.length;
    if (bulleted && !isItem && open && !line.endsWith(':')) parts[parts.length - 1] += ` ${line}`;
    else parts.push(bare);
    open = isItem || (open && !line.endsWith(':'));
  }
  const whole = parts.map((part) => part.replace(/\s*[;,]+$/, ''));
  const outcomes = whole.filter((part) => !part.endsWith(':') && !isFiller(part));
  const kept = outcomes.length > 0 ? outcomes : whole.filter((part) => !isFiller(part));
  return [...new Set(kept)];
}

/** Puts bullets that stand inside a line onto lines of their own. */
function inlineBullets(text: string): string {
  let out = text.replace(/ *[•●▪■‣➢➤►] */g, '\n• ');
  if (!out.includes('\n')) {
    const numbers = [...out.matchAll(/(?:^|[\s;])\(?(\d{1,2})[.)] (?=\S)/g)];
    const inOrder = numbers.length >= 2 && numbers.every((found, i) => Number(found[1]) === i + 1);
    if (inOrder) out = out.replace(/(^|[\s;])(\(?\d{1,2}[.)] )(?=\S)/g, '$1\n$2');
  }
  return out;
}

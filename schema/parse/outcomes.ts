import { isFiller } from './filler.ts';

/** A bullet or a number at the start of a line. A bare dash needs a letter after it, a number a blank. */
const BULLET =
  /^(?:[*+•·▪▫■□●○◦‣⁃►▶➢➤→✓✔§]+ *|[-–—]+ +|[-–—](?=\p{L})|\(?\d{1,2}[.)] +|\(?[a-z]\) +|LO ?\d{1,2} ?[.:)] *)/u;

/**
 * One outcome blob in plain text → single outcomes. Lines with bullets or numbers start one each; without any bullets each line is
 * one. Among bullets, a line without one goes on with the outcome before it, unless it is a heading or a lead-in: what stands over
 * bullets and is no sentence, or ends in `:`. `•` and a full numbering `1. … 2. …` also divide inside a line. Headings and lead-ins
 * are no outcomes, unless they are all there is. Fillers, repetitions and the `;` or `,` that joins an outcome to the next one go; a
 * full stop stays.
 */
export function splitOutcomes(text: string): string[] {
  const lines = inlineBullets(text)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const bulleted = lines.some((line) => BULLET.test(line));
  const parts: string[] = [];
  let open = false;
  for (const [n, line] of lines.entries()) {
    const bare = line.replace(BULLET, '').trim();
    const isItem = bare.length < line.length;
    if (bulleted && !isItem && isHeading(line, lines[n + 1])) {
      parts.push(line.endsWith(':') ? line : `${line}:`);
      open = false;
    } else if (bulleted && !isItem && open && !line.endsWith(':')) parts[parts.length - 1] += ` ${line}`;
    else parts.push(bare);
    open = isItem || (open && !line.endsWith(':'));
  }
  const whole = parts.map((part) => part.replace(/\s*[;,]+$/, ''));
  const outcomes = whole.filter((part) => !part.endsWith(':') && !isFiller(part));
  const kept = outcomes.length > 0 ? outcomes : whole.filter((part) => !isFiller(part));
  return [...new Set(kept)];
}

const LONGEST_HEADING = 90;

/** Over bullets, or over a line that leads to bullets: short, begun like a title, and no sentence. */
function isHeading(line: string, next: string | undefined): boolean {
  if (next === undefined || line.length > LONGEST_HEADING || !/^[\p{Lu}\d"“„«]/u.test(line) || /[.;,!?]$/.test(line))
    return false;
  return BULLET.test(next) || next.endsWith(':');
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

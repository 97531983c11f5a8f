import { printable } from './printable.ts';

/** A line on stderr from the program itself: an error that ends it, a hint. Logs go another way (commands/log.ts). */
export const complain = (line: string): void => void process.stderr.write(`credatlas: ${printable(line)}\n`);

/** What stands below such a line, for who looks for the cause. Each line is set in: none looks like one of ours. */
export function complainInDetail(text: string): void {
  for (const line of text.split('\n')) process.stderr.write(`    ${printable(line)}\n`);
}

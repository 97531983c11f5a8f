import { type Columns, columnsOf } from './columns.ts';
import { underGroups, understand } from './neighbours.ts';
import { type Preset, presetIn } from './presets.ts';
import { meaningsOf, OF_RUN } from './words.ts';

/** The header of a table. */
export interface Header {
  /** One name a cell, unique; undefined for columns without one. */
  names: readonly (string | undefined)[];
  columns: Columns;
  /** Which names mean something only by their neighbours or their group: noted in every row (`SAID`), of those that it has. */
  said: ReadonlyMap<string, string>;
  titles: readonly string[];
  runs: readonly string[];
  /** How many columns of the format it has. */
  size: number;
}

/** Columns of a run that do not make one: a credential has these as well. */
export const OF_CREDENTIAL_TOO = /^(?:duration|language_of_instruction|price|currency|has_fee|free)$/;
const LEAST = 2;

function namesOf(cells: readonly string[]): (string | undefined)[] {
  const used = new Set<string>();
  return cells.map((given) => {
    const text = given.replace(/\s+/g, ' ').trim().replace(/^@+/, ''); // `@…` in a row is what we note
    if (text === '') return undefined;
    let name = text;
    for (let n = 2; used.has(name); n++) name = `${text} (${n})`;
    used.add(name);
    return name;
  });
}

/**
 * The row of names, if it is one: it must name a title and one thing more. `above`: the row before it, which may name groups. `forced`:
 * the template that the source says it is of.
 */
export function readHeader(
  cells: readonly string[],
  above: readonly string[] = [],
  forced?: Preset,
): Header | undefined {
  // Nobody calls a column by an address: a row of data, in a table whose header names no title.
  if (cells.some((cell) => /^\s*https?:\/\/\S+\s*$/.test(cell))) return undefined;
  const names = namesOf(cells);
  const groups = isRowOfGroups(above, cells) ? underGroups(names, above) : new Map<number, string>();
  const preset = forced ?? presetIn(names.filter((name) => name !== undefined));
  const said = new Map<string, string>();
  const meanings = understand(names.map((name, n) => groups.get(n) ?? name ?? ''));
  for (const [n, name] of names.entries()) {
    if (name === undefined || preset?.meaningOf(name) !== undefined) continue;
    const group = groups.get(n);
    const alone = meaningsOf(group ?? name);
    if (alone.length > 1 || alone[0]?.column === 'unit') said.set(name, meanings[n]?.column ?? '');
    else if (group !== undefined) said.set(name, group);
  }
  const kept = names.filter((name) => name !== undefined);
  const columns = columnsOf(kept, said, preset);
  const of = new Set(kept.flatMap((name) => columns.nameOf(name) ?? []));
  if (!of.has('title') || of.size < LEAST) return undefined;
  const runs = kept.filter((name) => {
    const column = columns.nameOf(name);
    return column !== undefined && OF_RUN.has(column) && !OF_CREDENTIAL_TOO.test(column);
  });
  const titles = kept.filter((name) => columns.nameOf(name) === 'title');
  return {
    names,
    columns,
    titles,
    runs,
    size: of.size,
    said,
  };
}

/** Names of groups stand over several columns each: there are fewer of them than of columns, and more than the one of a title. */
function isRowOfGroups(above: readonly string[], cells: readonly string[]): boolean {
  const filled = (row: readonly string[]) => row.filter((cell) => cell.trim() !== '').length;
  return filled(above) > 1 && filled(above) < filled(cells);
}

/**
 * The header out of a row and the one before it, if they are one: names under names of groups, where a cell that goes over both rows
 * stands in the upper one. `least`: how many columns it must have, without what the groups say, to be more than a row of data.
 */
export function readHeaderBelow(
  cells: readonly string[],
  above: readonly string[],
  least: number,
  forced?: Preset,
): Header | undefined {
  const both = cells.map((cell, n) => (cell.trim() ? cell : (above[n] ?? '')));
  const found = readHeader(both, [], forced);
  return found && found.size >= least ? readHeader(both, above, forced) : undefined;
}

/** Whether a row only names the columns once more; `inWords`: also in other words than the header. */
export function repeats({ names, columns }: Header, cells: readonly string[], inWords = false): boolean {
  if (cells.every((cell, n) => cell.trim() === '' || cell.trim() === names[n])) return true;
  if (!inWords) return false;
  const filled = cells.flatMap((cell, n) => (cell.trim() ? [{ cell: cell.trim(), name: names[n] }] : []));
  const same = filled.filter(({ cell, name }) => {
    const column = name && columns.nameOf(name);
    return column !== undefined && meaningsOf(cell).some((one) => one.column === column && !one.near);
  });
  return same.length > LEAST && same.length > filled.length / 2;
}

import { type Meaning, meaningsOf } from './words.ts';

const columnsOf = (meanings: readonly Meaning[]): Set<string> => new Set(meanings.map(({ column }) => column));

/**
 * What each header of a table means. A word that means one column in one language and another in another ("note" is a grade in German,
 * a remark in Italian) means what it does in the language that most of its neighbours are in, and nothing where these do not tell.
 * `unit` is the unit of the column before it.
 */
export function understand(headers: readonly string[]): (Meaning | undefined)[] {
  const all = headers.map((header) => meaningsOf(header));
  const sure = all.map((meanings) => (columnsOf(meanings).size === 1 ? meanings[0] : undefined));
  const votes = new Map<string, number>();
  for (const meaning of sure)
    for (const tongue of meaning?.tongues ?? [])
      votes.set(tongue, (votes.get(tongue) ?? 0) + 1 / (meaning?.tongues.length ?? 1));
  const heard = ({ tongues }: Meaning) => Math.max(0, ...tongues.map((tongue) => votes.get(tongue) ?? 0));
  const chosen = all.map((meanings, n) => {
    if (sure[n] || !meanings.length) return sure[n];
    const [best, next] = [...meanings].sort((a, b) => heard(b) - heard(a));
    return best && heard(best) > (next ? heard(next) : 0) ? best : undefined;
  });
  return chosen.map((meaning, n) => (meaning?.column === 'unit' ? unitAfter(chosen[n - 1], meaning) : meaning));
}

const UNIT_OF = new Map([
  ['duration', 'duration_unit'],
  ['extent', 'extent_unit'],
  ['hours', 'hours_unit'],
  ['credits', 'credits_unit'],
  ['price', 'currency'],
]);

function unitAfter(before: Meaning | undefined, unit: Meaning): Meaning | undefined {
  const column = before && UNIT_OF.get(before.column);
  return column ? { ...unit, column } : undefined;
}

/** What a column means under the name of a group, where that says more than its own: "Provider: Name", "Bewerbung: Beginn, Ende". */
const IN_GROUP = new Map(
  (
    'provider title provider|provider identifier provider_id|provider url provider_url|awarding_body title awarding_body|awarding_body url awarding_body_url|' +
    'awarding_body country country|application start_date application_start|application end_date application_deadline|application url opportunity_url|' +
    'place title place|place country place_country|place url|place identifier|awarding_body identifier'
  )
    .split('|')
    .map((entry) => {
      const [group, own, column] = entry.split(' ');
      return [`${group} ${own}`, column] as const;
    }),
);

const only = (header: string): Meaning | undefined => {
  const meanings = meaningsOf(header);
  return columnsOf(meanings).size === 1 ? meanings[0] : undefined;
};

/**
 * Names of columns under names of groups in the row above (merged cells: a group goes on to the next one). Answers a header that says
 * what the column means, by its place; only where the group says more than the column's own name.
 */
export function underGroups(names: readonly (string | undefined)[], above: readonly string[]): Map<number, string> {
  const said = new Map<number, string>();
  const known = new Set(names.flatMap((name) => (name && only(name)?.column) || []));
  let group = '';
  for (const [n, name] of names.entries()) {
    group = above[n]?.trim() || group;
    if (!name || !group) continue;
    const whole = only(`${group} ${name}`);
    const [own, over] = [only(name), only(group)];
    if (whole && whole.column !== own?.column && !whole.near) {
      known.add(whole.column);
      said.set(n, `${group} ${name}`);
    } else if (own && over && IN_GROUP.has(`${over.column} ${own.column}`))
      said.set(n, IN_GROUP.get(`${over.column} ${own.column}`) ?? '');
    else if (!own && over && !meaningsOf(name).length && over.column !== 'application' && !known.has(over.column)) {
      known.add(over.column);
      said.set(n, group);
    }
  }
  return said;
}

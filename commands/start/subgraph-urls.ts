import { unusable } from './check.ts';

/** A subgraph that a variable says is served elsewhere. */
export interface Elsewhere {
  variable: string;
  name: string;
  url: string;
}

/**
 * Which subgraph each `SUBGRAPH_<NAME>_URL` means. Variables have no hyphens and are written in capitals, so MY_AGENCY may be
 * `my_agency` or `my-agency`, whichever the supergraph has.
 */
export function subgraphsElsewhere(variables: Readonly<Record<string, string>>, names: readonly string[]): Elsewhere[] {
  const found: Elsewhere[] = [];
  for (const [variable, url] of Object.entries(variables)) {
    const asked = variable.slice('SUBGRAPH_'.length, -'_URL'.length).toLowerCase();
    const alike = names.filter((name) => plain(name) === asked);
    const name = alike.find((one) => one.toLowerCase() === asked) ?? alike[0];
    if (!name) {
      throw unusable(variable, `there is no subgraph "${asked}" in the supergraph`, `It has ${names.join(', ')}.`);
    }
    const twice = found.find((one) => one.name === name);
    if (twice) throw unusable(variable, `${twice.variable} means the same subgraph "${name}"`, 'Unset one of them.');
    found.push({ variable, name, url });
  }
  return found;
}

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9_]/g, '_');

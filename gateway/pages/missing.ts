import type { GraphQLFormattedError } from 'graphql';
import { html } from 'hono/html';

type Errors = readonly GraphQLFormattedError[] | undefined;

/** What a reader misses while a subgraph does not answer. */
const MISSED: Readonly<Record<string, string>> = {
  search: 'the search',
  credential: 'titles and details of credentials',
  provider: 'names and countries of providers',
  source: 'titles and licences of sources',
};

const subgraphOf = ({ extensions }: GraphQLFormattedError): string => String(extensions?.subgraph ?? '');

/** What is missing in an answer, in plain words; undefined when nothing is. */
export function missingParts(errors: Errors): string | undefined {
  if (!errors?.length) return undefined;
  const words = errors.map((error) => (Object.hasOwn(MISSED, subgraphOf(error)) && MISSED[subgraphOf(error)]) || '');
  const named = [...new Set(words.filter(Boolean))];
  if (words.includes('')) named.push(named.length > 0 ? 'some other details' : 'some details');
  return named.length > 1 ? `${named.slice(0, -1).join(', ')} and ${named.at(-1)}` : named[0];
}

/** A note for a reader that says so. */
export const missingNote = (errors: Errors) => {
  const missing = missingParts(errors);
  return missing
    ? html`<p class="note" role="status"><strong>Incomplete.</strong> A part of the catalogue does not answer at the moment, so ${missing} may be missing here. What is known is shown; try again in a few seconds for the rest.</p>`
    : '';
};

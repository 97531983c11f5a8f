import { randomUUID } from 'node:crypto';
import { html } from 'hono/html';
import type { Catalogue, StoredSource } from '../../catalogue/catalogue.ts';
import { labelOf, type Vocabulary } from '../../schema/index.ts';
import { countries, languages as languageVocabulary } from '../../schema/vocabularies/index.ts';
import type { ReportError } from '../../subgraphs/shared/errors.ts';
import type { Gateway } from '../gateway.ts';
import { inReach } from '../in-reach.ts';
import { isUnreachable } from '../transport/subgraph-down.ts';
import { EXAMPLE_QUERIES } from './example-queries.ts';
import { layout } from './layout.ts';
import { missingNote } from './missing.ts';
import { type SearchHits, searchHits } from './search-hits.ts';

type Statistics = Awaited<ReturnType<Catalogue['statistics']>>;

/** `/`: what this is, live counts, sources with freshness, a search box that works without scripts, the first query. */
export async function frontPage(
  {
    gateway,
    catalogue,
    report,
  }: { gateway: Gateway; catalogue: Pick<Catalogue, 'statistics' | 'sources'>; report: ReportError },
  { query, after, languages }: { query?: string; after?: string; languages: readonly string[] },
) {
  /** What the store does not answer is left out, and said so. */
  const known = <T>(what: Promise<T>): Promise<T | undefined> =>
    inReach(what).catch((error: unknown) => {
      // A store that is away is told by those who watch it, not by each page.
      if (!isUnreachable(error)) report({ id: randomUUID(), where: 'GET /', error });
      return undefined;
    });
  const [statistics, sources, hits] = await Promise.all([
    known(catalogue.statistics()),
    known(catalogue.sources.list()),
    query ? searchHits(gateway, query, after, languages) : undefined,
  ]);
  const title = query ? `${query} – search – Credatlas` : 'Credatlas – an open catalogue of micro-credentials';
  return layout(
    title,
    html`
<h1>Find and compare micro-credentials</h1>
<p>Credatlas gathers what providers and registers publish about micro-credentials in Europe and answers one
<a href="/graphql">GraphQL</a> interface. Every element says whether it is stated by the source or derived, and where it comes from.</p>
${sources?.some((source) => source.definition.example) ? exampleNote(sources) : ''}
<form class="search" role="search" action="/" method="get">
<label for="q">Search the catalogue</label>
<input type="search" id="q" name="q" value="${query ?? ''}" maxlength="200" autocomplete="off">
<button type="submit">Search</button>
</form>
${hits ? results(hits, query ?? '') : ''}
<h2>What is in it</h2>
${statistics ? counts(statistics, languages) : html`<p class="note" role="status">How much is in the catalogue is not known at the moment: its store does not answer. Try again in a few seconds.</p>`}
${sources ? sourceTable(sources) : html`<h2>Sources</h2><p class="note" role="status">The list of sources is missing: the store does not answer at the moment.</p>`}
<h2>The first query</h2>
<p>Paste this into <a href="/graphql">GraphiQL</a>, where it is saved with others, or send it to <code>/graphql</code>:</p>
<pre tabindex="0"><code>${EXAMPLE_QUERIES[0].query}</code></pre>`,
  );
}

const counts = (statistics: Statistics, languages: readonly string[]) => html`
<p><strong>${count(statistics.credentials)}</strong> credentials of <strong>${count(statistics.providers)}</strong> providers from
<strong>${count(statistics.sources)}</strong> sources.</p>
<div class="columns">
${countTable('By country of the issuer', 'Country', countries, statistics.byCountry, languages)}
${countTable('By language of instruction', 'Language', languageVocabulary, statistics.byLanguage, languages)}
</div>`;

const count = (value: number): string => value.toLocaleString('en');

function exampleNote(sources: readonly StoredSource[]) {
  const all = sources.every((source) => source.definition.example);
  return html`<p class="note"><strong>Example data.</strong> ${
    all ? 'Everything here was' : 'Some sources here were'
  } made up for demonstration; sources marked “example data” describe institutions that do not exist.</p>`;
}

function countTable(
  caption: string,
  heading: string,
  vocabulary: Vocabulary,
  values: Statistics['byCountry'],
  languages: readonly string[],
) {
  return html`<div><table><caption>${caption}</caption>
<thead><tr><th scope="col">${heading}</th><th scope="col" class="number">Credentials</th></tr></thead>
<tbody>${values.map(({ value, count: n }) => {
    const label = labelOf(vocabulary, value, languages);
    return html`<tr><td lang="${label.language}">${label.value}</td><td class="number">${count(n)}</td></tr>`;
  })}</tbody></table></div>`;
}

/** More sources than this have a page of their own alone. */
const SOURCES_SHOWN = 25;

function sourceTable(all: readonly StoredSource[]) {
  const sources = all.slice(0, SOURCES_SHOWN);
  return html`<h2>Sources</h2>
<p><a href="/sources">All sources, and how they stand</a>${all.length > sources.length ? html`; the first ${sources.length} of ${count(all.length)} are here` : ''}.</p>
<div class="scroll"><table><caption>Where the statements come from, and how fresh they are (UTC)</caption>
<thead><tr><th scope="col">Source</th><th scope="col">Publisher</th><th scope="col">Licence</th><th scope="col">Last complete harvest</th><th scope="col" class="number">Credentials</th></tr></thead>
<tbody>${sources.map(
    ({ definition, freshAt, records, lastRun }) => html`<tr>
<th scope="row">${definition.title} ${definition.example ? html`<span class="badge">example data</span>` : ''}</th>
<td>${definition.publisher}</td><td>${definition.licence}</td>
<td>${freshAt ? html`<time datetime="${freshAt}">${freshAt.slice(0, 16).replace('T', ' ')}</time>` : 'none yet'}${
      lastRun && lastRun.state !== 'complete' ? html` <span class="muted">(last run: ${lastRun.state})</span>` : ''
    }</td>
<td class="number">${count(records)}</td></tr>`,
  )}</tbody></table></div>`;
}

/** What else to try. */
function nothing({ didYouMean, nearest = [] }: SearchHits) {
  const link = (text: string, language?: string) =>
    html`<a href="/?${new URLSearchParams({ q: text }).toString()}" ${language ? html`lang="${language}"` : ''}>${text}</a>`;
  return html`<p>Nothing found. Try fewer or other words; small typos are forgiven.</p>
${didYouMean ? html`<p>Did you mean ${link(didYouMean)}?</p>` : ''}
${nearest.length ? html`<p>Nearest subjects:</p><ul>${nearest.map(({ text, language }) => html`<li>${link(text, language)}</li>`)}</ul>` : ''}`;
}

function results(hits: SearchHits, query: string) {
  if (hits.problem)
    return html`<section aria-label="Search results"><p class="note" role="alert">${hits.problem}</p></section>`;
  const next = new URLSearchParams({ q: query, after: hits.endCursor ?? '' });
  return html`<section aria-label="Search results"><h2>${count(hits.total)} ${hits.total === 1 ? 'hit' : 'hits'} for “${query}”</h2>
${missingNote(hits.errors)}
${hits.total === 0 ? nothing(hits) : ''}
<ol class="hits">${hits.hits.map(
    (hit) => html`<li><a href="/credentials/${hit.id}" lang="${hit.language}">${hit.title}</a>
<div class="muted">${hit.facts.join(' · ')}</div>
${hit.through.length ? html`<div class="muted">Found through: ${hit.through.join(' → ')}</div>` : ''}</li>`,
  )}</ol>
${hits.hasNextPage ? html`<p><a rel="next" href="/?${next.toString()}">More hits</a></p>` : ''}</section>`;
}

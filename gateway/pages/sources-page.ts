import { html } from 'hono/html';
import type { StoredSource } from '../../catalogue/catalogue.ts';
import { type ListedSource, listedSources, type SourceFile } from '../../catalogue/source-switch.ts';
import { labelOf } from '../../schema/index.ts';
import { countries } from '../../schema/vocabularies/index.ts';
import { webLink } from './credential-page.ts';
import { layout } from './layout.ts';

/** The sources that come with Credatlas; in a demonstration none of them is harvested unless the operator says so. */
export interface SourceFiles {
  files: readonly SourceFile[];
  demonstration: boolean;
}

const A_PAGE = 100;

/** `/sources`: where the statements come from, or could, under which terms, and how each source stands. */
export function sourcesPage(
  stored: readonly StoredSource[],
  { query, page, languages }: { query?: string; page: number; languages: readonly string[] },
  { files, demonstration }: SourceFiles = { files: [], demonstration: false },
) {
  const all = listedSources(stored, files, demonstration);
  const meant = query ? all.filter((source) => matches(source, query, languages)) : all;
  const pages = Math.max(1, Math.ceil(meant.length / A_PAGE));
  const at = Math.min(Math.max(page, 1), pages);
  const shown = meant.slice((at - 1) * A_PAGE, at * A_PAGE);
  return layout(
    `Sources${query ? ` – ${query}` : ''}${pages > 1 ? ` – page ${at}` : ''} – Credatlas`,
    html`
<h1>Sources</h1>
<p>${summary(all)} What is off is not asked for anything until the operator of this catalogue switches it on.</p>
<form class="search" role="search" action="/sources" method="get">
<label for="q">Find a source by title, publisher, country, format or id</label>
<input type="search" id="q" name="q" value="${query ?? ''}" maxlength="200" autocomplete="off">
<button type="submit">Find</button>
</form>
${query && !meant.length ? html`<p role="status">No source fits “${query}”. <a href="/sources">Show all</a></p>` : ''}
${shown.length ? sourceTable(shown, caption(meant.length, at, query), languages) : ''}
${pages > 1 ? turning(at, pages, query) : ''}`,
  );
}

const count = (value: number): string => value.toLocaleString('en');

const troubled = ({ state, hold }: ListedSource): boolean => hold !== undefined || state === 'broken';

function summary(all: readonly ListedSource[]) {
  const on = all.filter((source) => source.on).length;
  const trouble = all.filter(troubled).length;
  const known = all.filter(({ freshAt }) => freshAt).length;
  return html`<strong>${count(all.length)}</strong> ${all.length === 1 ? 'source' : 'sources'}: ${count(on)} harvested by a schedule, ${count(all.length - on)} not; ${count(known)} read so far${trouble ? html`; ${count(trouble)} in trouble` : ''}.`;
}

function caption(total: number, page: number, query: string | undefined): string {
  const from = (page - 1) * A_PAGE + 1;
  const to = Math.min(page * A_PAGE, total);
  const which = total > A_PAGE ? `${count(from)} to ${count(to)} of ${count(total)}` : count(total);
  return `${which}${query ? ` that fit “${query}”` : ''}; times are UTC`;
}

function matches(source: ListedSource, query: string, languages: readonly string[]): boolean {
  const { id, title, publisher, format } = source.definition;
  const place = source.country ? [source.country, labelOf(countries, source.country, languages).value] : [];
  const text = [id, title, publisher, format, ...place].join('\n').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

const day = (time: string): string => time.slice(0, 10);

const when = (time: string) => html`<time datetime="${time}">${time.slice(0, 16).replace('T', ' ')}</time>`;

function sourceTable(sources: readonly ListedSource[], words: string, languages: readonly string[]) {
  return html`<div class="scroll"><table class="stack"><caption>${words}</caption>
<thead><tr><th scope="col">Source</th><th scope="col">Country</th><th scope="col">Format</th><th scope="col">Licence</th><th scope="col" class="number">Credentials</th><th scope="col" class="few">Fresh since</th><th scope="col">State</th></tr></thead>
<tbody>${sources.map((source) => {
    const { definition, records, freshAt } = source;
    return html`<tr>
<th scope="row">${titled(definition)}<div class="muted"><code>${definition.id}</code></div></th>
<td data-label="Country">${place(source, languages)}</td>
<td data-label="Format">${definition.format}</td>
<td data-label="Licence">${licence(definition.licence)}</td>
<td data-label="Credentials" class="number">${count(records)}</td>
<td data-label="Fresh since" class="few">${freshAt ? when(freshAt) : 'never'}</td>
<td data-label="State">${standing(source)}</td></tr>`;
  })}</tbody></table></div>`;
}

function titled({ title, homepage, example }: ListedSource['definition']) {
  const text = homepage ? html`<a href="${webLink(homepage)}" rel="nofollow noopener">${title}</a>` : html`${title}`;
  return html`${text}${example ? html` <span class="badge">example data</span>` : ''}`;
}

function place({ country }: ListedSource, languages: readonly string[]) {
  if (!country) return html`<span class="muted">several, or not stated</span>`;
  if (country === 'EU') return html`European Union`;
  const label = labelOf(countries, country, languages);
  return html`<span lang="${label.language}">${label.value}</span>`;
}

const licence = (text: string) =>
  /^https?:\/\//i.test(text) ? html`<a href="${text}" rel="nofollow noopener">${shortened(text)}</a>` : html`${text}`;

/** What people call it, else where it stands. */
function shortened(url: string): string {
  const [, name, version] = /creativecommons\.org\/(?:licenses|publicdomain)\/([a-z-]+)\/(\d\.\d)/i.exec(url) ?? [];
  if (name) return `${name === 'zero' ? 'CC0' : `CC ${name.toUpperCase()}`} ${version}`;
  return URL.canParse(url) ? `see ${new URL(url).hostname}` : url;
}

/** How a source stands, in plain words: what became of its last harvest, then whether it is harvested at all. */
function standing({ state, stateSince, hold, lastRun, freshAt, paused, vanished, retired, offBecause }: ListedSource) {
  const since = stateSince ? ` since ${day(stateSince)}` : '';
  const told = retired || vanished || paused;
  const main = retired
    ? `taken out on ${day(retired.since)}${reason(retired.reason)}`
    : vanished
      ? `not named by its manifest any more since ${day(vanished.since)}${reason(vanished.reason)}`
      : paused
        ? `paused ${paused.until ? `until ${day(paused.until)}` : 'until further notice'}${reason(paused.reason)}`
        : hold
          ? `held since ${day(hold.since)}, waits for the operator: ${hold.reason}`
          : lastRun?.state === 'running'
            ? 'being read now'
            : state === 'broken'
              ? `could not be read to its end${since}${reason(lastRun?.reason)}`
              : freshAt
                ? 'in order'
                : 'never read';
  const off = told || offBecause === undefined ? '' : html`<div class="muted">off: ${offBecause}</div>`;
  return html`${main}${off}`;
}

const reason = (text: string | undefined): string => (text ? `: ${text}` : '');

function turning(at: number, pages: number, query: string | undefined) {
  const to = (page: number) => `/sources?${new URLSearchParams({ ...(query ? { q: query } : {}), page: `${page}` })}`;
  return html`<nav class="pages" aria-label="Pages">
${at > 1 ? html`<a rel="prev" href="${to(at - 1)}">Previous ${A_PAGE}</a>` : ''}
<span>Page ${at} of ${count(pages)}</span>
${at < pages ? html`<a rel="next" href="${to(at + 1)}">Next ${A_PAGE}</a>` : ''}</nav>`;
}

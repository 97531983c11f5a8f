import { html } from 'hono/html';
import type { Gateway } from '../gateway.ts';
import { SubgraphDown } from '../transport/subgraph-down.ts';
import { CREDENTIAL_QUERY, type CredentialAnswer, type ElementAnswer, elementLines } from './credential-query.ts';
import { layout } from './layout.ts';
import { missingNote } from './missing.ts';

const STATES: Readonly<Record<string, string>> = {
  STATED: 'stated',
  DERIVED: 'derived',
  NOT_STATED: 'not stated',
  AT_ISSUANCE: 'only on the issued credential',
  NOT_APPLICABLE: 'does not apply',
};

const QUESTIONS: Readonly<Record<string, string>> = {
  SMALL_VOLUME: 'Small volume of learning?',
  OUTCOMES_STATED: 'Learning outcomes stated?',
  ASSESSED: 'Assessed?',
  QUALITY_ASSURED: 'Quality-assured?',
};

const words = (constant: string): string => {
  const text = constant.toLowerCase().replaceAll('_', ' ');
  return text.charAt(0).toUpperCase() + text.slice(1);
};

const UNKNOWN = 'not known at the moment';

/**
 * `/credentials/:id`: one record with every element, its state and its origin. Null when there is no such record;
 * throws what `isUnreachable` when nobody can say.
 */
export async function credentialPage(gateway: Gateway, id: string, languages: readonly string[]) {
  const { result } = await gateway.execute({ query: CREDENTIAL_QUERY, variables: { id }, languages });
  const credential = (result.data as { credential?: CredentialAnswer | null } | undefined)?.credential;
  if (!credential) {
    const [failure] = result.errors ?? [];
    if (!failure) return null;
    const { message, extensions } = failure;
    throw extensions?.code === 'INTERNAL_SERVER_ERROR' ? new Error(message) : new SubgraphDown(message);
  }
  const { source, elements, conformance, retrievedAt } = credential;
  const title = credential.title
    ? (credential.title.text ?? '(no title stated)')
    : `${credential.id} (title ${UNKNOWN})`;
  const further = elements?.slice(16).filter((element) => element.state !== 'NOT_STATED') ?? [];
  return layout(
    `${title} – Credatlas`,
    html`
<h1 lang="${credential.title?.language ?? 'und'}">${title}</h1>
${missingNote(result.errors)}
${source?.example ? html`<p class="note"><strong>Example data.</strong> This record was made up for demonstration.</p>` : ''}
${credential.status === 'LIVE' || !credential.status ? '' : gone(credential)}
<dl class="facts">
<dt>Id</dt><dd><code>${credential.id}</code> (version ${credential.version ?? UNKNOWN})</dd>
<dt>Source</dt><dd>${source ? (source.title ?? source.id) : UNKNOWN}; licence ${source && source.example !== null ? (source.licence ?? 'not stated') : UNKNOWN}</dd>
<dt>Read from the source</dt><dd>${retrievedAt ? html`<time datetime="${retrievedAt}">${retrievedAt.slice(0, 16).replace('T', ' ')} UTC</time>` : UNKNOWN}</dd>
${credential.url ? html`<dt>Provider’s page</dt><dd><a href="${webLink(credential.url)}" rel="nofollow noopener">${credential.url}</a></dd>` : ''}
<dt>As data</dt><dd><a href="/credentials/${credential.id}?format=json">JSON</a></dd>
</dl>
<h2>Is it a micro-credential?</h2>
<p class="muted">The four questions of the EU definition, each with its reason.</p>
${
  conformance
    ? html`<div class="scroll"><table><thead><tr><th scope="col">Question</th><th scope="col">Answer</th><th scope="col">Reason</th></tr></thead>
<tbody>${conformance.map(
        ({ question, answer, reason }) =>
          html`<tr><th scope="row">${QUESTIONS[question] ?? question}</th><td>${answer.toLowerCase()}</td><td>${reason}</td></tr>`,
      )}</tbody></table></div>`
    : html`<p>The answers are ${UNKNOWN}.</p>`
}
<h2>Standard elements</h2>
${elements ? elementTable(elements.slice(0, 16), 'The sixteen elements of Council Recommendation 2022/C 243/02, Annex I') : html`<p>They are ${UNKNOWN}.</p>`}
${further.length > 0 ? html`<h2>More about it</h2>${elementTable(further, 'Further elements that the source states')}` : ''}
${opportunities(credential)}`,
  );
}

/** Only http and https become links: what a feed calls a URL may be a script. */
export const webLink = (url: string): string => (/^https?:\/\//i.test(url) ? url : '#');

function gone({ status, withdrawnReason, mergedInto }: CredentialAnswer) {
  if (mergedInto) {
    return html`<p class="note">This record was merged into <a href="/credentials/${mergedInto.id}">${mergedInto.id}</a>.</p>`;
  }
  return html`<p class="note" role="status">${
    status === 'MISSING'
      ? 'The source did not list this record when it was last read.'
      : html`This record was withdrawn${withdrawnReason ? html`: ${withdrawnReason}` : ''}.`
  }</p>`;
}

function elementTable(elements: readonly ElementAnswer[], caption: string) {
  return html`<div class="scroll"><table><caption>${caption}</caption>
<thead><tr><th scope="col">Element</th><th scope="col">Value</th><th scope="col">State</th><th scope="col">Place in the source</th></tr></thead>
<tbody>${elements.map(
    (element) => html`<tr><th scope="row">${words(element.name)}</th>
<td>${value(element)}${
      element.derived
        ? html`<div class="muted">derived (${element.derived.origin?.rule ?? ''}): ${value(element.derived)}</div>`
        : ''
    }</td>
<td>${STATES[element.state] ?? element.state}</td>
<td>${element.origin ? html`<code>${element.origin.path}</code>${element.origin.rule ? html`<br><span class="muted">rule ${element.origin.rule}</span>` : ''}` : ''}</td></tr>`,
  )}</tbody></table></div>`;
}

function value(element: ElementAnswer) {
  const lines = elementLines(element);
  if (lines.length === 0) return html`<span class="muted">–</span>`;
  return html`<ul class="plain">${lines.map((line) => html`<li lang="${line.language}">${line.text}</li>`)}</ul>`;
}

function opportunities({ opportunities: runs, opportunityCount }: CredentialAnswer) {
  if (!runs) return html`<h2>When and where</h2><p>Dated runs are ${UNKNOWN}.</p>`;
  if (runs.length === 0) return '';
  return html`<h2>When and where</h2>
<div class="scroll"><table><caption>${runs.length} of ${opportunityCount ?? 'all'} dated runs</caption>
<thead><tr><th scope="col">Start</th><th scope="col">End</th><th scope="col">Place</th><th scope="col">Form</th><th scope="col">Price</th></tr></thead>
<tbody>${runs.map(
    (run) => html`<tr><td>${run.startDate ?? run.startText ?? 'not stated'}</td><td>${run.endDate ?? ''}</td>
<td>${[run.place ?? run.locality, run.country?.label].filter(Boolean).join(', ')}</td>
<td>${(run.participation ?? []).map((mode) => mode.label).join(', ')}</td>
<td>${(run.prices ?? []).map((p) => p.text ?? `${p.amount ?? ''} ${p.currency ?? ''}`).join('; ')}</td></tr>`,
  )}</tbody></table></div>`;
}

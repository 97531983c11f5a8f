import { html } from 'hono/html';

type Html = ReturnType<typeof html>;

/** One page: no scripts, no assets from elsewhere; colours follow the reader's system. */
export const layout = (title: string, body: Html, language = 'en'): Html => html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/page.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header><a class="home" href="/">Credatlas</a>
<nav aria-label="Main"><a href="/sources">Sources</a> <a href="/graphql">GraphQL</a> <a href="/health">Health</a> <a href="/metrics">Metrics</a></nav></header>
<main id="main">${body}</main>
<footer><p>Credatlas is an open catalogue of micro-credentials. What a source does not say is shown as not stated.</p>
<p>This service uses the ESCO classification of the European Commission.</p></footer>
</body>
</html>`;

export const ICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#1d4f8c"/><circle cx="16" cy="16" r="9" fill="none" stroke="#fff" stroke-width="2.5"/><path d="M7 16h18M16 7c5 6 5 12 0 18M16 7c-5 6-5 12 0 18" fill="none" stroke="#fff" stroke-width="1.8"/></svg>`;

export const STYLE = `:root { --text: #1b1f24; --muted: #57606a; --back: #fff; --panel: #f4f6f8; --line: #d0d7de; --accent: #1d4f8c; --warn: #fff4ce; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --muted: #9da7b3; --back: #14181d; --panel: #1e242b; --line: #3a434d; --accent: #8ab8f0; --warn: #4a3f14; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 68rem; padding: 0 1.25rem; font: 1rem/1.55 system-ui, sans-serif; color: var(--text); background: var(--back); }
a { color: var(--accent); }
a:focus-visible, button:focus-visible, input:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.skip { position: absolute; left: -100rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--back); padding: .5rem; }
header { display: flex; gap: 1.5rem; align-items: baseline; flex-wrap: wrap; padding: 1rem 0; border-bottom: 1px solid var(--line); }
header nav { display: flex; gap: 1rem; }
.home { font-size: 1.3rem; font-weight: 700; text-decoration: none; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 1.4rem 0 .6rem; } h2 { font-size: 1.2rem; margin: 2rem 0 .6rem; }
.note { background: var(--warn); border: 1px solid var(--line); border-radius: .4rem; padding: .6rem .9rem; }
.badge { background: var(--warn); border: 1px solid var(--line); border-radius: 1rem; padding: 0 .6rem; font-size: .85rem; white-space: nowrap; }
nav.pages { display: flex; gap: 1.5rem; flex-wrap: wrap; margin: 1rem 0; }
form.search { display: flex; gap: .5rem; flex-wrap: wrap; margin: .6rem 0; }
form.search label { flex-basis: 100%; font-weight: 600; }
input[type=search] { flex: 1 1 16rem; font: inherit; padding: .5rem .7rem; border: 1px solid var(--line); border-radius: .4rem; background: var(--back); color: inherit; }
button { font: inherit; padding: .5rem 1.1rem; border: 0; border-radius: .4rem; background: var(--accent); color: var(--back); cursor: pointer; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(17rem, 1fr)); gap: 0 2.5rem; }
table { border-collapse: collapse; width: 100%; } caption { text-align: left; color: var(--muted); padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .35rem .8rem .35rem 0; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
thead th { overflow-wrap: normal; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; padding-right: 0; }
.scroll { overflow-x: auto; }
table.stack .few { white-space: nowrap; } table.stack .number { padding-right: .8rem; } table.stack th .muted { font-weight: 400; }
@media (min-width: 52.01rem) { table.stack td { min-width: 5.8rem; } table.stack th:first-child { min-width: 15rem; } table.stack td:last-child { min-width: 12rem; } }
@media (max-width: 52rem) {
table.stack thead { position: absolute; left: -100rem; } table.stack, table.stack tbody, table.stack caption { display: block; }
table.stack tr { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 0 1rem; padding: .6rem 0; border-bottom: 1px solid var(--line); }
table.stack tr > * { border: 0; padding: .1rem 0; text-align: left; } table.stack th, table.stack td:last-child { grid-column: 1 / -1; }
table.stack td::before { content: attr(data-label) ": "; color: var(--muted); }
}
ol.hits { padding-left: 1.4rem; } ol.hits li { margin: .5rem 0; }
.muted { color: var(--muted); font-size: .92rem; }
mark { background: #ffe08a; color: #1b1f24; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .4rem; padding: .8rem 1rem; overflow-x: auto; font-size: .9rem; }
dl.facts { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1rem; } dl.facts dt { color: var(--muted); } dl.facts dd { margin: 0; overflow-wrap: anywhere; }
ul.plain { list-style: none; margin: 0; padding: 0; }
footer { margin: 3rem 0 1.5rem; border-top: 1px solid var(--line); color: var(--muted); font-size: .9rem; }
`;

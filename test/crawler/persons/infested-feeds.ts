import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { TEMPLATE } from '../../../crawler/formats/csv/words.ts';
import { FIXTURES, fixtureFiles } from '../../support/fixture-files.ts';
import type { Canaries } from './canaries.ts';
import { infestHtml, infestJson, infestRows, infestXml, type Variant } from './infest.ts';

export interface InfestedFeed {
  /** Source id, and path on the server. */
  id: string;
  format: string;
  path: string;
  mediaType: string;
  body: string;
}

const VARIANTS: readonly Variant[] = ['members', 'values', 'identifiers'];

/** A row that fills every column of the template. */
const FULL_TABLE = [
  [...TEMPLATE.keys()],
  ...['F-1', 'F-2'].map((id) =>
    [...TEMPLATE.keys()].map((name) =>
      name === 'identifier'
        ? id
        : name === 'disabled'
          ? ''
          : /url|requires|part_of|stacks_into/.test(name)
            ? `https://full.example/${id}/${name}`
            : /_date|_start$|deadline|modified/.test(name)
              ? '2027-03-01'
              : /ects|hours|level|price/.test(name)
                ? '5'
                : `About ${name} of ${id}`,
    ),
  ),
];

/** The fixtures of every format with canaries in them: whole, and broken in the ways that feeds break. */
export function infestedFeeds(canaries: Canaries): InfestedFeed[] {
  const feeds: InfestedFeed[] = [];
  for (const format of readdirSync(FIXTURES)) {
    for (const name of fixtureFiles(format)) {
      if (name === 'robots.txt' || name === 'sitemap.xml') continue;
      const text = readFileSync(new URL(`${format}/${name}`, FIXTURES), 'utf8');
      for (const variant of VARIANTS) {
        const body = infest(text, name, variant, `${format}/${name}`);
        if (body === undefined) continue;
        for (const [how, broken] of variant === 'identifiers' ? [['whole', body] as const] : breaks(body))
          add(format, `${name}-${variant}-${how}`, name, broken);
      }
    }
  }
  for (const variant of VARIANTS)
    for (const [how, broken] of breaks(infestRows(FULL_TABLE, canaries, variant, 'csv/template')))
      add('csv', `template-${variant}-${how}`, 'template.csv', broken);
  // Pages are named in sitemaps and lists: an address that names somebody is not asked for, nor told.
  const pages = (list: string) =>
    ['?to=', '/people/', '?a=1&mail='].map(
      (start) => `https://pages.example${start}${canaries.next(`${list} ${start}`).email}`,
    );
  const locs = pages('sitemap').map((url) => `<url><loc>${url.replace('&', '&amp;')}</loc></url>`);
  add(
    'schema-org',
    'pages',
    'sitemap.xml',
    `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://pages.example/course</loc></url>${locs.join('')}</urlset>`,
  );
  const items = pages('ItemList').map((url, i) => ({ '@type': 'ListItem', position: i + 1, url }));
  add(
    'schema-org',
    'list',
    'list.jsonld',
    JSON.stringify({ '@context': 'https://schema.org', '@type': 'ItemList', itemListElement: items }),
  );
  return feeds;

  function add(format: string, id: string, name: string, body: string): void {
    const slug = `${format}-${id}`.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const mediaType = /html$/.test(name)
      ? 'text/html'
      : /xml$/.test(name)
        ? 'application/xml'
        : /csv$/.test(name)
          ? 'text/csv'
          : 'application/ld+json';
    feeds.push({ id: slug, format, path: `/${slug}/${name}`, mediaType: `${mediaType}; charset=utf-8`, body });
  }

  function infest(text: string, name: string, variant: Variant, file: string): string | undefined {
    if (/html$/.test(name)) return infestHtml(text, canaries, variant, file);
    if (/xml$/.test(name)) return infestXml(text, canaries, variant, file);
    if (/csv$/.test(name)) {
      // The first row that names columns: titles may stand above it.
      const delimiter = text.split(';').length > text.split(',').length ? ';' : ',';
      const rows = parse(text, {
        delimiter,
        bom: true,
        relax_column_count: true,
        from: delimiter === ';' ? 3 : 1,
      }) as string[][];
      return infestRows(rows, canaries, variant, file);
    }
    const whole = parsed(text);
    if (whole !== undefined) return JSON.stringify(infestJson(whole, canaries, variant, file), undefined, 1);
    const lines = text.split('\n').flatMap((line) => {
      const value = parsed(line);
      return isObject(value) ? [JSON.stringify(infestJson(value, canaries, variant, file))] : [];
    });
    return lines.length ? lines.join('\n') : undefined;
  }
}

const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function* breaks(body: string): Generator<[string, string]> {
  yield ['whole', body];
  yield ['cut', body.slice(0, Math.floor(body.length * 0.6))];
  // A quote, a comma or a bracket too few, here and there.
  for (const [how, share] of [
    ['early', 0.2],
    ['middle', 0.5],
  ] as const) {
    const at = body.slice(Math.floor(body.length * share)).search(/[",>\]]/) + Math.floor(body.length * share);
    yield [`broken-${how}`, `${body.slice(0, at)}${body.slice(at + 1)}`];
  }
  yield ['more', body.replace(/\n(?=[^\n]*$)/, ',"Berthild extra","more"\n')];
  yield [
    'not-at-all',
    `Login: ask somebody. ${body.slice(Math.floor(body.length / 2), Math.floor(body.length / 2) + 3_000)}`,
  ];
}

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Format } from '../../crawler/format.ts';
import { loadFormats } from '../../crawler/registry.ts';
import type { Credential, Problem } from '../../schema/index.ts';
import { type Fact, factsOf, isFact, keeps, tells } from './facts.ts';
import { type Feed, suiteOf, suiteSource } from './format-suite.ts';
import { OWN_CASES } from './own-cases.ts';
import { toldByPlace } from './raw-paths.ts';
import { gathered, normalisedOf, type Reading, readFeed } from './read-feed.ts';

/**
 * Inputs with quirks that people reported, and what a careful reader publishes of them. Those of `../shared/cases` are read from
 * there; `own-cases.ts` has the same kinds in our own words, so that they are proven without that folder.
 */
const SHARED = new URL('../../../shared/cases/', import.meta.url);
const there = existsSync(SHARED);
if (!there) console.warn('../shared/cases is not there: its 23 cases are skipped, only our own run');

const formats = await loadFormats();

/** What a case's feed came to: records by identifier, or by title where identifiers are ours to make. */
interface Outcome extends Reading {
  record(name: string): Credential;
  problems(name: string): Problem[];
  titles: string[];
  /** Whether the record keeps the words, or a problem quotes them or points to the place that says them. */
  told(name: string, words: string): boolean;
}

const url = (file: string): string => `https://cases.example/${file}`;
const MEDIA: Readonly<Record<string, string>> = {
  json: 'application/json',
  xml: 'application/xml',
  html: 'text/html; charset=utf-8',
  csv: 'text/csv',
};

async function outcomeOf(format: string, feed: Feed): Promise<Outcome> {
  const source = suiteSource(format, feed.url);
  const reading = await readFeed(formats.get(format) as Format, feed, { source });
  if (reading.broken) throw reading.broken;
  const results = [...normalisedOf(formats.get(format) as Format, source, reading.records)];
  const find = (name: string) => {
    const found = results.find(
      ([identifier, result]) =>
        identifier === name ||
        ('credential' in result && result.credential?.title.value?.some(({ value }) => value === name)),
    );
    if (!found)
      throw new Error(`no record "${name}" among ${results.map(([identifier]) => identifier).join(', ') || 'none'}`);
    return found[1];
  };
  const suite = await suiteOf(format);
  return {
    ...reading,
    told: (name, words) => {
      const result = find(name);
      const record = 'credential' in result ? result.credential : undefined;
      const identifier = results.find(([, one]) => one === result)?.[0] as string;
      const { raw, parts } = gathered(reading.records).get(identifier) ?? { raw: undefined, parts: [] };
      return (
        (record !== undefined && tells(record, result.problems, words)) ||
        toldByPlace(suite.paths, raw, parts, result.problems, words)
      );
    },
    record: (name) => {
      const result = find(name);
      if (!('credential' in result) || !result.credential)
        throw new Error(`"${name}" was rejected: ${JSON.stringify('rejection' in result ? result.rejection : result)}`);
      return result.credential;
    },
    problems: (name) => find(name).problems,
    titles: results.flatMap(([, result]) =>
      'credential' in result ? (result.credential?.title.value?.map(({ value }) => value) ?? []) : [],
    ),
  };
}

/** Compares facts; one line a fact that is not as wanted. */
function expectFacts(record: Credential, wanted: Readonly<Record<string, Fact | null>>): void {
  const facts = factsOf(record);
  const wrong = Object.entries(wanted).flatMap(([name, value]) =>
    isFact(name, facts[name], value as never)
      ? []
      : [`${name}: ${JSON.stringify(facts[name])}, wanted ${JSON.stringify(value)}`],
  );
  expect(wrong).toEqual([]);
}

const shared = (
  file: string,
  format: string,
  name: string,
  check: (outcome: Outcome) => void | Promise<void>,
  address?: string,
): void => {
  test.skipIf(!there)(`${file}: ${name}`, async () => {
    const body = new Uint8Array(readFileSync(new URL(file, SHARED)));
    const type = MEDIA[file.split('.').at(-1) as string] as string;
    await check(await outcomeOf(format, { body, url: address ?? url(file), mediaType: type }));
  });
};

describe('cases from bug reports', () => {
  for (const n of [1, 2, 3, 4])
    shared(
      'eqf-in-words.json',
      'schema-org',
      `Level ${n} names the EQF only to say that there is none`,
      ({ record }) => {
        expectFacts(record(`Level ${n}`), { eqf: null });
        expect(
          keeps(
            record(`Level ${n}`),
            { 1: 'EQF n/a - SCQF 7', 2: 'No EQF level (SCQF 7)', 3: 'EQF tbc, ISCED 5', 4: 'EQF aligned, RQF 4' }[
              n
            ] as string,
          ),
        ).toBe(true);
      },
    );
  for (const n of [5, 6, 7, 9])
    shared('eqf-in-words.json', 'schema-org', `Level ${n} names several levels`, ({ record }) => {
      expectFacts(record(`Level ${n}`), { eqf: null });
      expect(
        keeps(
          record(`Level ${n}`),
          { 5: 'EQF level 5 or 6', 6: 'EQF 5 to 6', 7: 'EQF 4, 5', 9: 'EQF 5/6' }[n] as string,
        ),
      ).toBe(true);
    });
  shared('eqf-in-words.json', 'schema-org', 'Level 8 and 10 are EQF 5 and 6, and SCQF 7 is not lost', ({ record }) => {
    expectFacts(record('Level 8'), { eqf: 5 });
    expect(keeps(record('Level 8'), 'SCQF Level 7')).toBe(true);
    expectFacts(record('Level 10'), { eqf: 6 });
  });

  shared(
    'recurring-prices.json',
    'schema-org',
    'a price per month, a down payment and an instalment are not the price',
    ({ record, told }) => {
      expectFacts(record('By the month'), { amounts: null });
      expect(told('By the month', '29.99')).toBe(true);
      expectFacts(record('Deposit and instalments'), { amounts: null });
      for (const said of ['100', '50']) expect(told('Deposit and instalments', said)).toBe(true);
      expectFacts(record('Once and for all'), { amounts: ['240 EUR'] });
    },
  );

  shared('prices-in-words.json', 'schema-org', 'Nordic and cut notations, and a range', ({ record }) => {
    expectFacts(record('Swedish money'), { amounts: ['4500 SEK'] });
    expectFacts(record('Leading comma'), { amounts: ['0.89 EUR'] });
    expectFacts(record('Range in words'), { amounts: null });
    expect(keeps(record('Range in words'), '€1.250 – €1.500')).toBe(true);
  });

  shared(
    'cost-audience-with-slash.xml',
    'xcri-cap',
    'the audience of a price is not cut at its slash',
    ({ record }) => {
      const [first, second] = record('Canal locks').opportunities;
      const priced = first?.prices?.filter(({ amount }) => amount !== undefined);
      expect(priced?.map(({ amount, audience }) => [audience, amount])).toEqual([
        ['Full Time UK/EU', 9535],
        ['Full Time Overseas', 16_200],
        ['Part Time UK/EU', 4770],
      ]);
      expect(second?.prices?.filter(({ amount }) => amount !== undefined) ?? []).toEqual([]);
    },
  );

  shared(
    'outcomes-under-headings.xml',
    'xcri-cap',
    'headings are no outcomes, nor part of the one before',
    ({ record }) => {
      expectFacts(record('Timber frames'), {
        outcomes: [
          'the behaviour of joints under load',
          'the grading of softwood',
          'compare frame designs by cost and carbon',
          'report findings to a client',
          'plan a survey',
        ],
      });
    },
  );

  shared('credit-level-twice.xml', 'xcri-cap', 'a second credit:level is told, and no amount', ({ record, told }) => {
    const credits = record('Bridge maintenance').workload.value;
    expect(credits?.ects).toBeUndefined();
    expect(credits?.credits?.some(({ value }) => value !== undefined) ?? false).toBe(false);
    for (const said of ['60', '30']) expect(told('Bridge maintenance', said), said).toBe(true);
  });

  shared('currency-without-amount.xml', 'xcri-cap', 'a currency alone is no price', ({ record }) => {
    const [first, second] = record('Wound care for practice nurses').opportunities;
    expect(first).toMatchObject({ startDate: '2026-09-07', prices: [{ amount: 450, currency: 'GBP' }] });
    expect(second?.startDate).toBe('2027-01-04');
    expect(second?.prices?.filter(({ amount }) => amount !== undefined) ?? []).toEqual([]);
  });

  for (const address of [
    'file:///tmp/rdfa-on-body-in-a-file.html',
    'https://campus.veenkring.example/en/courses/peat-and-carbon/',
  ])
    shared(
      'rdfa-on-body-in-a-file.html',
      'schema-org',
      `a course on the body, read as ${address.slice(0, 5)}`,
      ({ record, titles }) => {
        expect(titles).toEqual(['Peat and carbon']);
        expectFacts(record('Peat and carbon'), {
          runs: 2,
          offeredBy: ['Veenkring University'],
          languages: ['en', 'fr'],
          modes: ['online'],
          amounts: null,
        });
      },
      address,
    );

  shared(
    'one-course-in-two-scripts.html',
    'schema-org',
    'one credential of two scripts',
    ({ record, titles }) => {
      expect(titles).toEqual(['Imkeren voor starters']);
      expectFacts(record('Imkeren voor starters'), {
        amounts: ['120 EUR'],
        hours: 25,
        modes: ['presential'],
        languages: ['nl-BE'],
      });
    },
    'https://zoemhoek.example/cursus/imkeren/',
  );

  shared(
    'ampersand-in-address.html',
    'schema-org',
    'the entity in the address is read, and told',
    ({ records, record, titles }) => {
      const [title = ''] = titles;
      expect(title).toBe("Baker's dozen: bread & pastry");
      expectFacts(record(title), {
        url: 'https://ovenhuis.example/course?id=7&lang=en',
        amounts: ['1250 EUR'],
        offeredBy: ['Ovenhuis & Zonen'],
      });
      expect(records[0]?.identifier).not.toContain('&amp;');
    },
    'https://ovenhuis.example/course?id=7&lang=en',
  );

  shared('languages-of-iso-639-3.json', 'ooapi', 'all registered subtags are languages', ({ record, problems }) => {
    expectFacts(record('Storytelling in sign'), { languages: ['en', 'eso'] });
    expectFacts(record('Tolken voor beginners'), { languages: ['dse'] });
    expectFacts(record('Field methods'), { languages: ['bfi', 'fse', 'gsg', 'se', 'sma', 'vro', 'xas'] });
    expect(problems('Field methods').filter(({ rule }) => rule === 'unknown-language')).toEqual([]);
  });

  shared('durations-with-zero-parts.json', 'ctdl', 'zero parts, ranges, and what is no duration', ({ record }) => {
    expectFacts(record('Fifty hours over six months'), { hours: 50, duration: 'P6M' });
    expectFacts(record('Range of hours'), { hours: 10, hoursMax: 12, duration: null });
    expectFacts(record('All parts of a duration'), { hours: 10, duration: null });
    expectFacts(record('Two months written out'), { duration: 'P2M', hours: null });
    expectFacts(record('Range of calendar time'), { hours: 300, duration: null });
    expect(record('Range of calendar time').workload.value?.durationText).toMatch(/2.*4|P2Y.*P4Y/);
    expectFacts(record('Hours and minutes with a colon'), { hours: null, duration: null, durationText: '25:30' });
  });

  shared(
    'dates-with-zone.json',
    'ooapi',
    'an instant is a day only in a zone: read in it, or told',
    ({ record, problems }) => {
      const run = record('Waterkunde in de stad').opportunities.find(({ id }) => id === 'z-1-a');
      const told = problems('Waterkunde in de stad').some(({ found }) => found.includes('2026-08-31T22:00:00Z'));
      expect(run?.startDate === '2026-09-01' || told).toBe(true);
      const other = record('Waterkunde in de stad').opportunities.find(({ id }) => id === 'z-1-b');
      expect(other).toMatchObject({ startDate: '2027-02-01', endDate: '2027-04-30' });
    },
  );

  shared('study-load-shapes.json', 'ooapi', 'shapes of studyLoad', ({ record, problems }) => {
    expectFacts(record('Loads of study'), { ects: 3 });
    expect(problems('Loads of study').map(({ rule }) => rule)).toContain('contradiction');
    const read = record('Hours and credits').workload.value;
    const told = problems('Hours and credits').some(({ path }) => path.startsWith('/studyLoad'));
    expect((read?.ects === 3 && read.hours === 74) || told).toBe(true);
    expectFacts(record('No credits at all'), { ects: 0, 'workload.state': 'stated' });
    expect(JSON.stringify(record('No credits at all').conformance)).not.toMatch(
      /states no ECTS|no ECTS (?:are |is )?stated|neither/i,
    );
    expectFacts(record('Half credits in words'), { ects: 2.5 });
  });

  test.skipIf(!there)('page-without-has-next: a full page that says nothing of an end is not the last', async () => {
    const format = formats.get('ooapi') as Format;
    const seen = new Set<string>();
    const asked: string[] = [];
    const start = 'https://cases.example/courses?pageSize=10';
    const pages = new Map<string, string>();
    for (const n of [1, 2])
      pages.set(String(n), readFileSync(new URL(`page-without-has-next-${n}.json`, SHARED), 'utf8'));
    let at: string | undefined = start;
    let unproven = false;
    while (at && asked.length < 5) {
      asked.push(at);
      const n = new URL(at).searchParams.get('pageNumber') ?? '1';
      const reading: Reading = await readFeed(
        format,
        {
          body: pages.get(n) ?? JSON.stringify({ pageSize: 10, pageNumber: Number(n), items: [] }),
          url: at,
          mediaType: 'application/json',
        },
        { source: suiteSource('ooapi', start) },
      );
      for (const { identifier } of reading.records) seen.add(identifier);
      unproven ||= reading.faults.some(({ incomplete }) => incomplete);
      at = reading.next[0]?.url;
    }
    // All twenty, or at least no proof that the ten were all.
    expect(
      seen.size === 20 || unproven,
      `${seen.size} records of 20, told as complete; asked for ${asked.join(' ')}`,
    ).toBe(true);
    expect(seen.size).toBe(20);
  });

  shared('currency-in-header-and-level-words.csv', 'csv', 'units in headers, levels in words', ({ record }) => {
    expectFacts(record('K-01'), {
      amounts: ['1250 EUR'],
      eqf: 5,
      ects: 2.5,
      languages: ['de'],
      start: '2026-09-03',
      end: '2026-09-05',
    });
    expectFacts(record('K-02'), { amounts: ['980 EUR'], eqf: 6, ects: 1, languages: ['de', 'en'] });
    expectFacts(record('K-03'), { amounts: ['0 EUR'], eqf: null, ects: 3, ectsMax: 5 });
    expect(keeps(record('K-03'), '5/6')).toBe(true);
    const [run] = record('K-03').opportunities;
    expect(run?.startDate ?? run?.startText).toMatch(/^(?:2026-09-17|17\.09\.26)$/);
  });

  shared('currency-code-in-header.csv', 'csv', 'the currency stands in the header', ({ record }) => {
    expectFacts(record('A1'), { amounts: ['450 GBP'] });
    expectFacts(record('A2'), { amounts: ['390.5 CHF'] });
  });

  shared('duration-unit-column.csv', 'csv', 'a number and the column of its unit', ({ record }) => {
    const span = (id: string) => {
      const { duration, durationText } = factsOf(record(id));
      return duration ?? durationText;
    };
    expect(span('BR-1')).toMatch(/^(?:P10W|10 weeks)$/i);
    expectFacts(record('BR-2'), { hours: 50 });
    expect(span('SP-1')).toMatch(/^(?:P6M|6 months)$/i);
  });

  shared('two-header-rows.csv', 'csv', 'the second row names the columns', ({ record, faults }) => {
    expectFacts(record('MC-1'), {
      title: ['Basket weaving'],
      start: '2026-09-01',
      end: '2026-10-01',
      amounts: ['120 EUR'],
    });
    expectFacts(record('MC-2'), { title: ['Willow growing'], start: '2026-11-01', amounts: ['80 EUR'] });
    expect(faults).toEqual([]);
  });

  shared('spreadsheet-dates.csv', 'csv', 'what is a date, and what is not', ({ record, told }) => {
    expectFacts(record('X6'), { end: '2026-09-30', runs: 1 });
    for (const [id, said] of [
      ['X1', '46266'],
      ['X2', '9/1/26'],
    ] as const) {
      expectFacts(record(id), { start: null, runs: 1, amounts: ['120 EUR'] });
      expect(told(id, said)).toBe(true);
    }
    expectFacts(record('X3'), { start: '2026-04-03', end: '2026-04-05' });
    expectFacts(record('X4'), { start: '2026-04-13', end: '2026-04-14' });
    expectFacts(record('X5'), { start: '2026-09-01', end: '2026-09-30' });
  });

  shared('headers-finnish.csv', 'csv', 'Finnish headers', ({ record }) => {
    expectFacts(record('MV-10'), {
      title: ['Metsän mittaus'],
      ects: 2.5,
      amounts: ['1250 EUR'],
      languages: ['fi'],
      start: '2026-09-01',
      end: '2026-11-30',
      outcomes: ['Opiskelija osaa mitata puuston'],
      modes: ['online'],
      offeredBy: ['Hiidenmaan opisto'],
    });
  });

  shared('headers-polish.csv', 'csv', 'Polish headers', ({ record }) => {
    expectFacts(record('PL-1'), {
      title: ['Pszczelarstwo'],
      ects: 3,
      hours: 75,
      languages: ['pl'],
      amounts: ['1250 PLN'],
      outcomes: ['Uczestnik rozpoznaje choroby pszczół'],
    });
  });
});

describe('the same kinds in our own words', () => {
  test.each(OWN_CASES)('$format: $kind', async ({ format, feed, records, titles, noted, kept, orRefused }) => {
    const outcome = await outcomeOf(format, feed).catch((error: unknown) => {
      if (!orRefused) throw error;
    });
    if (!outcome || (orRefused && outcome.faults.some(({ incomplete }) => incomplete))) return;
    if (titles) expect([...outcome.titles].sort()).toEqual([...titles].sort());
    for (const [name, facts] of Object.entries(records ?? {})) expectFacts(outcome.record(name), facts);
    for (const [name, said] of Object.entries(kept ?? {}))
      for (const words of said)
        expect(keeps(outcome.record(name), words), `${name}: "${words}" is not kept`).toBe(true);
    for (const [name, said] of Object.entries(noted ?? {}))
      for (const words of said)
        expect(outcome.told(name, words), `${name}: "${words}" is lost without a word`).toBe(true);
  });
});

describe('identifiers stay', () => {
  const ID = 'https://reg.example/resources/ce-9d000000-0000-4000-8000-000000000001';
  const graph = (...titles: string[]): Feed => ({
    body: JSON.stringify({
      '@context': 'https://credreg.net/ctdl/schema/context/json',
      '@graph': titles.map((title) => ({
        '@id': ID,
        '@type': 'ceterms:Course',
        'ceterms:ctid': 'ce-9d000000-0000-4000-8000-000000000001',
        'ceterms:name': { en: title },
      })),
    }),
    url: 'https://reg.example/twice.jsonld',
    mediaType: 'application/ld+json',
  });
  const identifiers = async (feed: Feed) =>
    [...new Set((await outcomeOf('ctdl', feed)).records.map(({ identifier }) => identifier))].sort();

  test('one CTID twice does not give ids that change with the title', async () => {
    expect(await identifiers(graph('Chalk walls', 'Flint walls'))).toEqual(
      await identifiers(graph('Chalk walls', 'Flint walls, revised')),
    );
  });

  test('pages that differ only in their fragment are two records, and no name of the one leads to the other', async () => {
    const page = (n: string) => ({
      '@id': `https://reg.example/all#${n}`,
      '@type': 'ceterms:Course',
      'ceterms:name': { en: `Walls ${n}` },
      'ceterms:subjectWebpage': `https://reg.example/all#${n}`,
    });
    const outcome = await outcomeOf('ctdl', {
      ...graph(),
      body: JSON.stringify({
        '@context': 'https://credreg.net/ctdl/schema/context/json',
        '@graph': [page('a'), page('b')],
      }),
    });
    const names = ['Walls a', 'Walls b'].map((title) => {
      const { identifier, alternates, url } = outcome.record(title);
      return [identifier, ...alternates, ...(url ? [url] : [])];
    });
    expect(names[0]?.filter((name) => names[1]?.includes(name))).toEqual([]);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { konfo as unguarded } from '../../crawler/formats/konfo/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { Credential } from '../../schema/index.ts';
import { factsOf, isFact } from '../contract/facts.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../contract/read-feed.ts';

/** As the registry gives it. */
const konfo = behindDoor(unguarded);

const FEEDS = new URL('../../../shared/feeds/finland-konfo/', import.meta.url);
const FILES = [
  'koulutus-ajoneuvoalan-perustutkinto',
  'toteutus-ajoneuvoalan-perustutkinto',
  ...['koulutus-1293', 'koulutus-1806', 'koulutus-2032', 'koulutus-8162', 'koulutus-ilman-koulutusalaa'].map(
    (name) => `kouta/${name}`,
  ),
  ...['arkistoitu', 'ei-opetuskielta', 'ei-tarjoajia', 'ihan-tavanomainen', 'mappingerror', 'tarkka-alkuaika'].map(
    (name) => `kouta/toteutus-${name}`,
  ),
];

async function read(name: string, url: string) {
  const body = readFileSync(new URL(`${name}.json`, FEEDS));
  const source = suiteSource('konfo', url);
  const reading = await readFeed(konfo, { body, url, mediaType: 'application/json' }, { source });
  return { ...reading, results: normalisedOf(konfo, source, reading.records) };
}

describe.skipIf(FILES.some((name) => !existsSync(new URL(`${name}.json`, FEEDS))))(
  'recorded answers of Opintopolku (needs ../shared/feeds)',
  () => {
    const credentials = new Map<string, Credential>();
    const problems = new Set<string>();

    beforeAll(async () => {
      for (const name of FILES) {
        const { faults, broken, results } = await read(name, 'file:///srv/answer.json');
        expect([broken, faults]).toEqual([undefined, []]);
        for (const result of results.values()) {
          if ('credential' in result && result.credential)
            credentials.set(name.replace('kouta/', ''), result.credential);
          for (const { rule } of result.problems) problems.add(rule);
        }
      }
    });

    test('each file is one record, and valid; nothing of them is doubtful', () => {
      expect(credentials.size).toBe(FILES.length);
      for (const one of credentials.values()) Credential.parse(one);
      expect([...problems].sort()).toEqual(['not-active', 'personal-data']);
    });

    test('a search page leads to its 20 hits and the next of 114 pages; as a file it has the educations', async () => {
      const url = 'https://opintopolku.fi/konfo-backend/external/search/toteutukset-koulutuksittain?page=1&size=20';
      const page = await read('search-koulutukset-all', url);
      expect(page.faults).toEqual([]);
      expect(page.records).toEqual([]);
      expect(page.next).toHaveLength(21);
      expect(page.next.at(-1)?.url).toContain('page=2');
      const saved = await read('search-koulutukset-all', 'file:///srv/search.json');
      expect(saved.records).toHaveLength(20);
      const facts = [...saved.results.values()].flatMap((one) =>
        'credential' in one && one.credential ? [factsOf(one.credential)] : [],
      );
      expect(facts).toHaveLength(20);
      // Six are two degrees of 180+120 credits: no single amount of ECTS is stated. One is a unit of a qualification, and says nothing.
      const sizes = facts.map(({ ects, credits }) => ects ?? (credits as string[]).join(', '));
      const two = 'op 120, op 180';
      expect(sizes).toEqual([
        two,
        two,
        two,
        60,
        two,
        90,
        two,
        two,
        330,
        90,
        90,
        90,
        '',
        240,
        240,
        120,
        120,
        120,
        120,
        120,
      ]);
    });

    test('no contact person and no editor of any answer is kept', () => {
      const all = JSON.stringify([...credentials.values()]);
      expect(all).not.toMatch(/Virkailija|-Testi|@/);
    });

    test.each<[string, string, string | number | readonly string[] | null]>([
      [
        'koulutus-ajoneuvoalan-perustutkinto',
        'title',
        ['Ajoneuvoalan perustutkinto', 'Grundexamen inom fordonsbranschen'],
      ],
      ['koulutus-ajoneuvoalan-perustutkinto', 'eqf', 4],
      ['koulutus-ajoneuvoalan-perustutkinto', 'nqf', 'FiNQF 4'],
      ['koulutus-ajoneuvoalan-perustutkinto', 'credits', ['osp 180']],
      ['koulutus-ajoneuvoalan-perustutkinto', 'fields', ['0716']],
      ['koulutus-ajoneuvoalan-perustutkinto', 'kind', 'qualification'],
      ['koulutus-ajoneuvoalan-perustutkinto', 'ects', null],
      ['koulutus-ajoneuvoalan-perustutkinto', 'awarding', null],
      ['toteutus-ajoneuvoalan-perustutkinto', 'runs', 13],
      ['toteutus-ajoneuvoalan-perustutkinto', 'startText', 'Syksy 2023'],
      ['toteutus-ajoneuvoalan-perustutkinto', 'start', null],
      ['toteutus-ajoneuvoalan-perustutkinto', 'duration', 'P3Y'],
      ['toteutus-ajoneuvoalan-perustutkinto', 'modes', ['presential']],
      ['toteutus-ajoneuvoalan-perustutkinto', 'amounts', ['0']],
      ['toteutus-ajoneuvoalan-perustutkinto', 'eqf', null],
      ['koulutus-1293', 'ects', 120],
      ['koulutus-1293', 'eqf', 7],
      ['koulutus-1293', 'kind', 'degree'],
      ['koulutus-1293', 'fields', ['0310']],
      ['koulutus-1806', 'fields', null],
      ['koulutus-2032', 'ects', 300],
      ['koulutus-2032', 'eqf', null],
      ['koulutus-2032', 'nqf', null],
      ['koulutus-2032', 'fields', ['0821']],
      ['koulutus-8162', 'ects', 3],
      ['koulutus-8162', 'eqf', null],
      ['koulutus-8162', 'level.text', ['Core studies', 'Grundstudier', 'Perusopinnot']],
      ['koulutus-ilman-koulutusalaa', 'hours', 5],
      ['koulutus-ilman-koulutusalaa', 'ects', null],
      ['toteutus-arkistoitu', 'ects', 5],
      ['toteutus-arkistoitu', 'amounts', ['160 EUR']],
      ['toteutus-arkistoitu', 'deadline', '2024-04-26'],
      ['toteutus-ei-opetuskielta', 'languages', null],
      ['toteutus-ei-opetuskielta', 'kind', null],
      ['toteutus-ei-tarjoajia', 'offeredBy', null],
      ['toteutus-ei-tarjoajia', 'venue', null],
      ['toteutus-ihan-tavanomainen', 'ects', 1],
      ['toteutus-ihan-tavanomainen', 'modes', ['online']],
      ['toteutus-ihan-tavanomainen', 'languages', ['en']],
      ['toteutus-ihan-tavanomainen', 'eqf', null],
      ['toteutus-mappingerror', 'hours', 27],
      ['toteutus-mappingerror', 'hoursMax', 216],
      ['toteutus-mappingerror', 'duration', 'P5M'],
      ['toteutus-mappingerror', 'funding', ['Jotpa-rahoitus']],
      ['toteutus-tarkka-alkuaika', 'start', '2021-08-04'],
      ['toteutus-tarkka-alkuaika', 'end', '2022-12-21'],
    ])('%s: %s', (name, fact, wanted) => {
      const found = factsOf(credentials.get(name) as Credential)[fact];
      expect(isFact(fact, found, wanted as never), JSON.stringify(found)).toBe(true);
    });
  },
);

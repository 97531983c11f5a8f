import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { ehis as unguarded } from '../../crawler/formats/ehis.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { Credential, type Problem } from '../../schema/index.ts';
import { factsOf, isFact } from '../contract/facts.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { normalisedOf, readFeed } from '../contract/read-feed.ts';

/** As the registry gives it. */
const ehis = behindDoor(unguarded);

const FEED = new URL('../../../shared/feeds/ehis-ee/ehis-mikrokvalifikatsioon.first10.json', import.meta.url);
const url = 'https://lists.example/snapshot.json';

describe.skipIf(!existsSync(FEED))('ten of the 450 registered curricula of Estonia (needs ../shared/feeds)', () => {
  const credentials = new Map<string, Credential>();
  const problems: Problem[] = [];

  beforeAll(async () => {
    const source = suiteSource('ehis', url);
    const { records, faults, broken } = await readFeed(
      ehis,
      { body: readFileSync(FEED), url, mediaType: 'application/json' },
      { source },
    );
    expect([broken, faults]).toEqual([undefined, []]);
    for (const [id, result] of normalisedOf(ehis, source, records)) {
      problems.push(...result.problems);
      if ('credential' in result && result.credential) credentials.set(id, result.credential);
    }
  });

  test('all ten, valid, nothing doubtful; all are micro-credentials with ECTS, a field and outcomes', () => {
    expect(credentials.size).toBe(10);
    expect(problems).toEqual([]);
    for (const one of credentials.values()) {
      Credential.parse(one);
      const facts = factsOf(one);
      expect(facts.kind).toBe('micro-credential');
      expect(Number(facts.ects)).toBeGreaterThan(0);
      expect(facts.fields).toHaveLength(1);
      expect((facts.outcomes as string[]).length).toBeGreaterThan(3);
      expect(facts.outcomes).not.toContain('Õppija');
      // A lead line is none, whether or not it ends in a colon.
      expect((facts.outcomes as string[]).filter((outcome) => /läbinu:?$|^\d+\.|^[-•]/.test(outcome))).toEqual([]);
    }
  });

  test.each<[string, string, string | number | readonly string[] | null]>([
    ['261485', 'title', ['„Vali Andmetarkus!“', 'Choose Data Analytics!']],
    ['261485', 'languagesOfTitle', ['en', 'et']],
    ['261485', 'ects', 7],
    ['261485', 'languages', ['en', 'et']],
    ['261485', 'fields', ['0613']],
    ['261485', 'offeredBy', ['BCS Koolitus AS']],
    ['261485', 'claims', ['Registreeritud']],
    ['261485', 'eqf', null],
    ['261485', 'level.text', null],
    ['261485', 'hours', null],
    ['261485', 'modes', null],
    ['259643', 'ects', 6],
    ['259643', 'languages', ['et']],
    ['259642', 'ects', 19],
    ['259642', 'fields', ['0413']],
    ['259642', 'nqf', null],
    ['259986', 'languages', ['en', 'et', 'ru']],
    ['259986', 'url', 'https://www.eek.ee/mikrokraad/ettevotluse_mikrokraad2025S_Tallinn/'],
    ['259986', 'runs', 0],
    ['259986', 'start', null],
    ['259985', 'fields', ['0411']],
    ['259985', 'amounts', null],
    ['260961', 'title', ['Personaliprotsesside digitaliseerimine', 'Digitalisation in HR Management']],
    ['260961', 'country', null],
    ['259997', 'ects', 5],
    ['259997', 'qualityAssurance', null],
  ])('%s: %s', (id, fact, wanted) => {
    const found = factsOf(credentials.get(id) as Credential)[fact];
    expect(isFact(fact, found, wanted as never), JSON.stringify(found)).toBe(true);
  });

  test('the school is taken for who awards, and says so; the list tells how many there should be', async () => {
    expect(credentials.get('259643')?.awardingBody).toMatchObject({
      state: 'derived',
      origin: { rule: 'ehis-school-awards' },
    });
    const page: Parameters<typeof ehis.records>[1] = { url, source: suiteSource('ehis', url), envelope: {} };
    for await (const _ of ehis.records(
      (async function* () {
        yield readFileSync(FEED);
      })(),
      page,
    ));
    expect(page.total).toBe(450);
  });
});

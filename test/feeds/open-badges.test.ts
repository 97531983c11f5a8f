import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { openBadges as unguarded } from '../../crawler/formats/open-badges/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import type { Credential, Problem, Provider } from '../../schema/index.ts';
import { type Fact, factsOf } from '../contract/facts.ts';
import { suiteSource } from '../contract/format-suite.ts';
import { normalisedOf, type Reading, readFeed } from '../contract/read-feed.ts';

const openBadges = behindDoor(unguarded);
const FEEDS = new URL('../../../shared/feeds/badges/', import.meta.url);
const FOLDERS = ['edubadges', 'ob20', 'ob30', 'clr20'];

interface Read {
  reading: Reading;
  credentials: Credential[];
  providers: Provider[];
  problems: Problem[];
}

async function read(file: string): Promise<Read> {
  const url = `https://api.edubadges.nl/${file.split('/').at(-1)}`;
  const feed = { body: readFileSync(new URL(file, FEEDS), 'utf8'), url, mediaType: 'application/json' };
  const reading = await readFeed(openBadges, feed);
  const results = [...normalisedOf(openBadges, suiteSource('open-badges', url), reading.records).values()];
  return {
    reading,
    credentials: results.flatMap((one) => ('credential' in one && one.credential ? [one.credential] : [])),
    providers: results.flatMap((one) => ('providers' in one ? one.providers : [])),
    problems: results.flatMap(({ problems }) => problems),
  };
}

describe.skipIf(!FOLDERS.every((folder) => existsSync(new URL(folder, FEEDS))))(
  'real badges and the specimens of the specifications (needs ../shared/feeds)',
  () => {
    const all = new Map<string, Read>();
    const of = (file: string): Read => all.get(file) as Read;
    const facts = (file: string, n = 0): Record<string, Fact> => factsOf(of(file).credentials[n] as Credential);
    const inFolder = (folder: string) => [...all].filter(([file]) => file.startsWith(folder));

    beforeAll(async () => {
      for (const folder of FOLDERS)
        for (const name of readdirSync(new URL(folder, FEEDS)))
          if (name.endsWith('.json')) all.set(`${folder}/${name}`, await read(`${folder}/${name}`));
    }, 60_000);

    test('counts: what is a definition is read, what is none is told', () => {
      const count = (folder: string) =>
        inFolder(folder).reduce((sum, [, { credentials }]) => sum + credentials.length, 0);
      expect(FOLDERS.map(count)).toEqual([4, 13, 0, 0]);
      const others = inFolder('ob20').flatMap(([file, { reading }]) =>
        reading.faults.map(({ rejection }) => `${file} ${rejection.rule}`),
      );
      expect(others).toEqual([
        'ob20/badgecriteria.json other-resource',
        'ob20/criteria-no-type.json other-resource',
        'ob20/issuer-invalid-type.json other-resource',
        'ob20/valid-alignment-object.json other-resource',
      ]);
    });

    test('every credential of OB 3.0 and CLR 2.0 is about somebody: refused, and nothing of it is told', () => {
      const files = [...inFolder('ob30'), ...inFolder('clr20')].filter(([file]) => !file.includes('context-3.0.3'));
      expect(files).toHaveLength(12);
      for (const [file, { reading }] of files) {
        expect(reading.records, file).toEqual([]);
        expect(reading.faults, file).toMatchObject([
          { rejection: { rule: 'issued-to-a-person', path: '' }, incomplete: true },
        ]);
        expect(JSON.stringify(reading.faults), file).not.toMatch(/did:example|student|gmail|Ellis/i);
      }
    });

    test('e-mail addresses of issuers leave', () => {
      for (const [file, { reading, providers }] of all)
        expect(JSON.stringify([reading.records, providers]), file).not.toMatch(/[\w.]+@[\w.]+\.\w+/);
    });

    const BADGE = 'edubadges/ob2.badgeclass.real.json';
    test.each<[string, unknown]>([
      ['title', ['Edubadge account complete']],
      ['languagesOfTitle', ['en']],
      ['languages', ['en']],
      ['outcomes', ['you have a basic understanding of edubadges', 'you have a basic understanding how to use eduID.']],
      ['url', 'https://api.edubadges.nl/public/badges/EqLuTedxSEaQneSmWWlF4g'],
      ['kind', 'badge'],
      // What naive code would state: that it is supervised or not, that it stacks or not, that criteria are prerequisites.
      ['prerequisites', []],
      ['supervision', undefined],
      ['stackability', undefined],
      ['assessment', []],
      ['country', undefined],
      ['eqf', undefined],
      ['ects', undefined],
      ['awarding', []],
    ])('a real edubadge: %s', (name, value) => expect(facts(BADGE)[name]).toEqual(value));

    test('a real edubadge: its text without markup, its criteria as conditions, its issuer only referred to', () => {
      const [record] = of(BADGE).credentials;
      expect(record?.description.value?.[0]?.value).toMatch(
        /^Welcome to edubadges\. Let your life long learning begin!\n\nYou are now ready/,
      );
      expect(record?.conditionsToEarn.value?.[0]?.value).toMatch(/^To qualify for this edubadge:/);
      expect(record?.kind).toMatchObject({ state: 'derived', origin: { rule: 'open-badges-type' } });
      expect(of(BADGE).problems.map(({ rule }) => rule)).toEqual(['undescribed-reference']);
    });

    test('its issuer: the same body, with a name; 0000 is no BRIN number', () => {
      const [issuer] = of('edubadges/ob2.issuer.real.json').providers;
      expect(issuer).toMatchObject({
        name: [{ value: 'SURF - Team edubadges' }],
        url: 'https://surf.nl/edubadges',
        identifiers: [],
      });
      expect(issuer?.country).toBeUndefined();
    });

    test.each<[string, unknown]>([
      ['title', ['Growth and Development']],
      ['awarding', ['university-example.org']],
      ['offeredBy', ['Medicine']],
      ['kind', undefined],
      ['country', undefined],
      ['level.state', 'not-stated'],
    ])('an entry of the catalogue: %s', (name, value) =>
      expect(facts('edubadges/catalog.badge-classes.response.json', 1)[name]).toEqual(value),
    );

    test('an entry of the catalogue: its institution is taken for who awards', () =>
      expect(of('edubadges/catalog.badge-classes.response.json').credentials[1]?.awardingBody.origin?.rule).toBe(
        'edubadges-institution-awards',
      ));

    test.each<[string, string, unknown]>([
      ['ob20/badgeclass-with-language.json', 'languagesOfTitle', ['es']],
      ['ob20/badgeclass-with-language.json', 'relations', ['sameAs https://example.org/robotics-badge.json']],
      ['ob20/badgeclass1.json', 'title', ['Example Badge']],
      ['ob20/valid-badge-class.json', 'title', ['Chumley']],
      ['ob20/robotics-badge.json', 'kind', 'badge'],
      ['edubadges/ob3.achievement.proposed.json', 'outcomes', []],
    ])('%s: %s', (file, name, value) => expect(facts(file)[name]).toEqual(value));
  },
);

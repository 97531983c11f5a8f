import { describe, expect, test } from 'vitest';
import type { Page } from '../../../crawler/format.ts';
import { openBadges as unguarded } from '../../../crawler/formats/open-badges/index.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import type { SourceDefinition } from '../../../schema/index.ts';
import { factsOf } from '../../contract/facts.ts';
import { suiteSource } from '../../contract/format-suite.ts';
import { chunks, normalisedOf, readFeed } from '../../contract/read-feed.ts';

const openBadges = behindDoor(unguarded);
const URL_OF_PAGE = 'https://api.isle.example/badges.json';

async function read(body: unknown, url = URL_OF_PAGE, options: SourceDefinition['options'] = {}, role?: string) {
  const source = { ...suiteSource('open-badges', url), options };
  const feed = { body: JSON.stringify(body), url, mediaType: 'application/json' };
  const reading = await readFeed(openBadges, feed, { source, ...(role ? { role } : {}) });
  const results = [...normalisedOf(openBadges, source, reading.records).values()];
  const records = results.flatMap((result) => ('credential' in result && result.credential ? [result.credential] : []));
  return {
    ...reading,
    records,
    facts: records[0] && factsOf(records[0]),
    raw: reading.records,
    rules: results.flatMap(({ problems }) => problems.map(({ rule }) => rule)),
  };
}

const BADGE = {
  type: 'BadgeClass',
  id: 'https://isle.example/b/1',
  name: 'Stile building',
  criteria: { narrative: 'Build one.' },
};

describe('what was issued to somebody is refused, and not quoted', () => {
  const achievement = {
    id: 'https://isle.example/a/1',
    type: ['Achievement'],
    name: 'Stile building',
    criteria: { narrative: 'x' },
  };
  const credential = (subject: Record<string, unknown>) => ({
    '@context': ['https://www.w3.org/ns/credentials/v2'],
    type: ['VerifiableCredential', 'OpenBadgeCredential'],
    issuer: { id: 'https://isle.example/#me', type: ['Profile'], name: 'Isle University' },
    credentialSubject: subject,
  });

  test.each<[string, unknown]>([
    [
      'an assertion of OB 2.0',
      { type: 'Assertion', id: 'x', recipient: { identity: 'Berthild' }, badge: 'https://isle.example/b/1' },
    ],
    [
      'an assertion of OB 1.1, without a type',
      { uid: '1', recipient: { identity: 'Berthild' }, badge: 'https://isle.example/b/1', issuedOn: 1 },
    ],
    [
      'a credential with a subject',
      credential({ id: 'did:example:berthild', type: ['AchievementSubject'], achievement }),
    ],
    [
      'a credential whose subject is known by another identifier',
      credential({ identifier: [{ identityHash: 'Berthild' }], achievement }),
    ],
    ['a credential that says what somebody did', credential({ role: 'Berthild', achievement })],
    ['several subjects', credential([{ achievement }] as never)],
    [
      'the type by its whole address',
      {
        '@type': ['https://w3id.org/openbadges#Assertion'],
        '@id': 'x',
        'https://w3id.org/openbadges#badge': 'Berthild',
      },
    ],
    [
      'a learner record',
      {
        type: ['VerifiableCredential', 'ClrCredential'],
        credentialSubject: { id: 'did:x:berthild', achievement: [achievement] },
      },
    ],
    ['a presentation', { type: 'VerifiablePresentation', holder: 'did:x:berthild', verifiableCredential: [] }],
  ])('%s', async (_, issued) => {
    const { raw, faults, records } = await read([issued, BADGE]);
    expect(raw.map(({ identifier }) => identifier)).toEqual(['https://isle.example/b/1']);
    expect(records).toHaveLength(1);
    expect(faults.map(({ rejection }) => rejection.rule)).toEqual(['issued-to-a-person']);
    expect(JSON.stringify([raw, faults])).not.toMatch(/berthild/i);
  });

  test('a credential about nobody is a specification: its achievement, with the issuer', async () => {
    const { raw, facts } = await read(credential({ type: ['AchievementSubject'], achievement }));
    expect(raw).toMatchObject([{ identifier: 'https://isle.example/a/1', path: '/credentialSubject/achievement' }]);
    expect(facts).toMatchObject({ title: ['Stile building'], awarding: ['Isle University'] });
  });
});

describe('names are read whatever the context', () => {
  test.each<[string, Record<string, unknown>]>([
    ['compact', { '@context': 'https://w3id.org/openbadges/v2', ...BADGE, 'extensions:ECTSExtension': { ECTS: 2 } }],
    [
      'several contexts',
      {
        '@context': ['https://w3id.org/openbadges/v2', { x: 'https://x.example/' }],
        ...BADGE,
        'extensions:ECTSExtension': { 'extensions:ECTS': 2 },
      },
    ],
    ['no context', { ...BADGE, ECTSExtension: { ECTS: 2 } }],
    [
      'expanded',
      {
        '@id': BADGE.id,
        '@type': ['https://w3id.org/openbadges#BadgeClass'],
        'http://schema.org/name': [{ '@value': BADGE.name }],
        'https://w3id.org/openbadges#criteria': [
          { 'https://w3id.org/openbadges#narrative': [{ '@value': 'Build one.' }] },
        ],
        'https://w3id.org/openbadges/extensions#ECTSExtension': [
          { 'https://w3id.org/openbadges/extensions#ECTS': [{ '@value': 2 }] },
        ],
      },
    ],
  ])('%s', async (_, badge) => {
    const { facts, records } = await read([badge]);
    expect(facts).toMatchObject({ title: ['Stile building'], ects: 2, kind: 'badge' });
    expect(records[0]?.conditionsToEarn.value?.[0]?.value).toBe('Build one.');
  });
});

describe('edubadges: from the catalogue to its badge classes', () => {
  const row = (entityId: string, more = {}) => ({
    entityId,
    name: 'Rope',
    typeBadgeClass: 'micro_credential',
    isPrivate: 0,
    ...more,
  });
  const url = 'https://api.dyke.example/queries/catalog/badge-classes';

  test('where the source asks for details, entries are parts, and each badge class is asked for', async () => {
    const { raw, next } = await read([row('a'), row('b'), row('c', { isPrivate: 1 })], url, { details: true });
    expect(raw.map(({ identifier, part }) => [identifier, part])).toEqual([
      ['https://api.dyke.example/public/badges/a', 'catalogue'],
      ['https://api.dyke.example/public/badges/b', 'catalogue'],
    ]);
    expect(next).toEqual([
      { url: 'https://api.dyke.example/public/badges/a?expand=micro&expand=issuer&expand=awards', role: 'badge' },
      { url: 'https://api.dyke.example/public/badges/b?expand=micro&expand=issuer&expand=awards', role: 'badge' },
    ]);
  });

  test('entry and badge class are one record', () => {
    const source = suiteSource('open-badges', url);
    const id = 'https://api.dyke.example/public/badges/a';
    const result = openBadges.normalise({ ...BADGE, id, achievementType: 'Achievement' }, source, id, [
      row('a', { archived: 1 }),
    ]);
    if ('rejection' in result || !result.credential) throw new Error('no record');
    expect(factsOf(result.credential)).toMatchObject({ title: ['Stile building'], kind: 'micro-credential' });
    expect(result.problems.map(({ rule }) => rule)).toContain('not-active');
  });

  test.each([
    [true, 'isPrivate'],
    [1, 'is_private'],
    ['true', 'private'],
  ])('%s as %s: never taken', async (value, name) => {
    const { raw, faults } = await read([
      { ...BADGE, [name]: value },
      { ...BADGE, id: 'https://isle.example/b/2' },
    ]);
    expect(raw.map(({ identifier }) => identifier)).toEqual(['https://isle.example/b/2']);
    // Without an identifier: what was public once must go.
    expect(faults).toMatchObject([{ rejection: { rule: 'private-record', identifier: null } }]);
    expect(faults[0]?.incomplete).toBeUndefined();
  });
});

describe('Open Educational Badges: pages', () => {
  const page = async (items: number, link?: string) => {
    const url = 'https://api.watt.example/public/all-badges?num=2';
    const page: Page = { url, source: suiteSource('open-badges', url), envelope: {}, ...(link ? { link } : {}) };
    const body = Array.from({ length: items }, (_, n) => ({
      slug: `s${n}`,
      name: `N${n}`,
      criteria_text: 'x',
      issuerName: 'Watt',
    }));
    const faults = [];
    for await (const item of openBadges.records(chunks(new TextEncoder().encode(JSON.stringify(body))), page))
      if ('rejection' in item) faults.push(item);
    return { next: openBadges.next?.(page, items), faults };
  };

  test('the field Link leads on', async () => {
    const { next, faults } = await page(2, '<https://api.watt.example/public/all-badges?num=2&cursor=abc>; rel="next"');
    expect(next).toEqual([{ url: 'https://api.watt.example/public/all-badges?num=2&cursor=abc' }]);
    expect(faults).toEqual([]);
  });

  test('a page that is not full is the last; a full one without a link proves nothing', async () => {
    expect(await page(1)).toMatchObject({ next: [], faults: [] });
    expect((await page(2)).faults).toMatchObject([{ incomplete: true, rejection: { rule: 'paging' } }]);
    expect((await page(2, '<https://api.watt.example/x>; rel="prev"')).faults).toEqual([]);
  });
});

describe('what is not stated although naive code would say it', () => {
  const extension = (name: string, members: Record<string, unknown>) => ({ [`extensions:${name}Extension`]: members });
  test.each<[string, Record<string, unknown>, string, unknown]>([
    ['EQF 3.5 is no level', extension('EQF', { EQF: 3.5 }), 'eqf', undefined],
    ['EQF 9 is none, either', extension('EQF', { EQF: 9 }), 'eqf', undefined],
    [
      'a level that is not verified',
      { ...extension('EQF', { EQF: 5 }), eqfNlqfLevelVerified: false },
      'eqf',
      undefined,
    ],
    ['credits without a unit are no ECTS', { creditsAvailable: 3 }, 'ects', undefined],
    [
      'a programme code is no ISCED-F',
      extension('EducationProgramIdentifier', { EducationProgramIdentifier: 56604 }),
      'fields',
      [],
    ],
    [
      'a national level is none of the EQF',
      { alignment: [{ targetFramework: 'NLQF', targetName: '4+' }] },
      'eqf',
      undefined,
    ],
    [
      'EN is no country',
      { issuer: { id: 'i', name: 'I', ...extension('InstitutionCountry', { InstitutionCountry: 'EN' }) } },
      'country',
      undefined,
    ],
    [
      'flags that are false say nothing',
      { assessmentSupervised: false, assessmentIdVerified: false, stackable: false },
      'stackability',
      undefined,
    ],
    ['supervised alone says nothing of identity', { assessmentSupervised: true }, 'supervision', undefined],
    ['criteria are no prerequisites', {}, 'prerequisites', []],
    ['minutes are no hours', { slug: 's', ...extension('StudyLoad', { StudyLoad: 120 }) }, 'hours', undefined],
  ])('%s', async (_, more, name, value) => {
    const { facts } = await read([{ ...BADGE, ...more }]);
    expect(facts?.[name]).toEqual(value);
  });

  test('a BRIN number is Dutch, derived', async () => {
    const { records } = await read([
      {
        ...BADGE,
        issuer: { id: 'i', name: 'I', ...extension('InstitutionIdentifier', { InstitutionIdentifier: '21PB' }) },
      },
    ]);
    expect(records[0]?.issuerCountry).toMatchObject({
      state: 'derived',
      value: { country: 'NL' },
      origin: { rule: 'brin-is-dutch' },
    });
  });
});

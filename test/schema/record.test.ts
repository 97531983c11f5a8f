import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import {
  askedAlternates,
  assessConformance,
  atIssuance,
  Credential,
  type CredentialDraft,
  canonicalAlternate,
  chooseText,
  completeCredential,
  derived,
  ELEMENTS,
  filedAlternates,
  found,
  IsoDate,
  IsoDuration,
  type LangString,
  MANDATORY_ELEMENTS,
  mintCredentialId,
  mintProviderId,
  notApplicable,
  notStated,
  Provider,
  providerIdentifierFromName,
  SourceDefinition,
  STANDARD_ELEMENTS,
  stated,
  statedIf,
  type WorkloadValue,
  withDerived,
} from '../../schema/index.ts';
import { jsonSchema, PUBLISHED_SCHEMAS, staleSchemas } from '../../schema/json-schema.ts';

const text = (value: string, language = 'en'): LangString[] => [{ language, value }];
const draft: CredentialDraft = { source: 'demo', identifier: 'mc-1', title: stated(text('Soil care'), '/name') };
const complete = (more: Partial<CredentialDraft> = {}): Credential => completeCredential({ ...draft, ...more });

describe('ids', () => {
  test('are pinned: a change here breaks every public address', () => {
    expect(mintCredentialId('demo', 'mc-1')).toBe('crd_7p7rjhmk7dewfjh83224');
    expect(mintProviderId('demo', 'uni-1')).toBe('prv_ypfk8hhhcdd5h0gexf7g');
  });
  test('are stable, trimmed, told apart by both parts, and never ambiguous', () => {
    expect(mintCredentialId('a', ' x ')).toBe(mintCredentialId('a', 'x'));
    expect(mintCredentialId('a', 'x')).not.toBe(mintCredentialId('a', 'X'));
    expect(mintCredentialId('ab', 'c')).not.toBe(mintCredentialId('a', 'bc'));
    expect(mintCredentialId('a', '1:b')).not.toBe(mintCredentialId('a1:', 'b'));
    expect(mintCredentialId('a', 'x').slice(4)).toBe(mintProviderId('a', 'x').slice(4));
    const many = new Set(Array.from({ length: 5000 }, (_, i) => mintCredentialId('s', String(i))));
    expect(many.size).toBe(5000);
    for (const id of many) expect(id).toMatch(/^crd_[0-9a-hjkmnp-tv-z]{20}$/);
  });
  test.each([
    ['Universität  Nord', 'name:universitat nord'],
    [' UNIVERSITAT NORD ', 'name:universitat nord'],
    ['École', 'name:ecole'],
    ['Σχολή', 'name:σχολη'],
  ])('a provider known as %j', (name, wanted) => expect(providerIdentifierFromName(name)).toBe(wanted));
  test.each([
    ['https://Example.org/A/', 'example.org/A'],
    ['http://example.org/A', 'example.org/A'],
    ['https://example.org/A#top', 'example.org/A'],
    ['https://example.org', 'example.org'],
    ['https://example.org/a?b=C', 'example.org/a?b=C'],
    ['https://example.org:443/a', 'example.org/a'],
    ['https://example.org:8080/a', 'example.org:8080/a'],
    ['urn:schac:uniqueCourseId:NL:X:1', 'urn:schac:uniquecourseid:nl:x:1'],
    [' CE-0A1B ', 'ce-0a1b'],
    ['ce-0A1b', 'ce-0a1b'],
    ['http://', 'http://'],
  ])('canonicalAlternate(%j) is %j', (input, wanted) => {
    expect(canonicalAlternate(input)).toBe(wanted);
  });
  test('what stands at a fragment is filed by it, and asked for by it first', () => {
    expect(filedAlternates('https://example.org/A/#top')).toEqual(['example.org/A#top', 'example.org/A#']);
    expect(filedAlternates('https://example.org/A')).toEqual(['example.org/A']);
    expect(filedAlternates('https://example.org/A#')).toEqual(['example.org/A']);
    expect(filedAlternates('URN:X:1#2')).toEqual(['urn:x:1#2']);
    expect(askedAlternates('http://example.org/A#top')).toEqual(['example.org/A#top', 'example.org/A']);
    expect(askedAlternates('https://example.org/A')).toEqual(['example.org/A', 'example.org/A#']);
  });
});

describe('chooseText', () => {
  const texts: LangString[] = [
    { language: 'et', value: 'Muld' },
    { language: 'de-AT', value: 'Boden' },
    { language: 'en', value: 'Soil' },
    { language: 'de', value: 'Erde' },
  ];
  test.each<[string[], string]>([
    [['et'], 'Muld'],
    [['DE'], 'Erde'],
    [['de-CH'], 'Boden'],
    [['de-AT'], 'Boden'],
    [['fr', 'et'], 'Muld'],
    [['fr'], 'Soil'],
    [[], 'Soil'],
    [['en-GB'], 'Soil'],
  ])('%j gets %j', (languages, wanted) => expect(chooseText(texts, languages)?.value).toBe(wanted));
  test('without the wanted and without English the first is given, with its own language; nothing gives nothing', () => {
    expect(chooseText([{ language: 'und', value: 'x' }], ['fr'])).toEqual({ language: 'und', value: 'x' });
    expect(chooseText([], ['fr'])).toBeUndefined();
    expect(chooseText(undefined, ['fr'])).toBeUndefined();
  });
});

describe('elements', () => {
  test('sixteen, eleven of them mandatory', () => {
    expect(STANDARD_ELEMENTS).toHaveLength(16);
    expect(MANDATORY_ELEMENTS).toHaveLength(11);
    expect(MANDATORY_ELEMENTS.at(-1)).toBe('qualityAssurance');
    expect(new Set(ELEMENTS).size).toBe(ELEMENTS.length);
  });
  test('stated and derived are never mixed', () => {
    expect(stated(1, '/a')).toEqual({ state: 'stated', value: 1, origin: { path: '/a' } });
    expect(derived(1, '/a', 'r')).toEqual({ state: 'derived', value: 1, origin: { path: '/a', rule: 'r' } });
    expect(withDerived(stated(1, '/a'), 2, '/b', 'r')).toEqual({
      state: 'stated',
      value: 1,
      origin: { path: '/a' },
      derived: { value: 2, origin: { path: '/b', rule: 'r' } },
    });
    expect(statedIf(undefined, '/a')).toEqual(notStated());
    expect(statedIf([], '/a')).toEqual(notStated());
    expect(statedIf(0, '/a')).toEqual(stated(0, '/a'));
    expect(statedIf('', '/a')).toEqual(stated('', '/a'));
    expect(notApplicable('/a')).toEqual({ state: 'not-applicable', origin: { path: '/a' } });
  });
});

describe('completeCredential', () => {
  test('fills silence, and only silence', () => {
    const record = complete();
    for (const name of ELEMENTS) {
      const wanted =
        name === 'title' ? 'stated' : ['learner', 'issueDate', 'grade'].includes(name) ? 'at-issuance' : 'not-stated';
      expect(record[name].state, name).toBe(wanted);
      if (name !== 'title') expect(record[name].value).toBeUndefined();
    }
    expect(record.id).toBe(mintCredentialId('demo', 'mc-1'));
    expect([record.alternates, record.opportunities, record.relations]).toEqual([[], [], []]);
    expect(Credential.parse(record)).toEqual(record);
  });
  test('an element given as undefined is silence too', () => {
    const record = complete({ workload: undefined, alternates: undefined, issueDate: undefined });
    expect(record.workload).toEqual(notStated());
    expect(record.alternates).toEqual([]);
    expect(record.issueDate).toEqual(atIssuance());
    expect(Credential.safeParse(record).success).toBe(true);
  });
  test('no learner data gets in', () => {
    const record = complete({ learner: stated('A. Person' as never, '/x') } as Partial<CredentialDraft>);
    expect(record.learner).toEqual(atIssuance());
  });
});

describe('conformance: silence is never no', () => {
  const kind = (code: string) => ({ kind: stated({ code }, '/k') });
  const load = (value: object) => ({ workload: stated(value, '/w') });
  test('a silent record is unknown throughout', () => {
    const { conformance } = complete();
    for (const entry of Object.values(conformance)) expect(entry.answer).toBe('unknown');
    for (const entry of Object.values(conformance)) expect(entry.reason).not.toBe('');
  });
  test.each<[string, Partial<CredentialDraft>, string]>([
    ['3 ECTS', load({ ects: 3 }), 'yes'],
    ['60 ECTS', load({ ects: 60 }), 'yes'],
    ['60.5 ECTS', load({ ects: 60.5 }), 'no'],
    ['3–90 ECTS', load({ ects: 3, ectsMax: 90 }), 'no'],
    ['0 ECTS', load({ ects: 0 }), 'unknown'],
    ['40 hours', load({ hours: 40 }), 'yes'],
    ['1800 hours', load({ hours: 1800 }), 'yes'],
    ['1801 hours', load({ hours: 1801 }), 'no'],
    ['0 ECTS and 25 hours', load({ ects: 0, hours: 25 }), 'yes'],
    ['10 weeks are no effort', load({ duration: 'P10W' }), 'unknown'],
    ['other credits', load({ credits: [{ scheme: 'SCQF', value: 20 }] }), 'unknown'],
    ['a degree', kind('degree'), 'no'],
    ['a diploma', kind('diploma'), 'no'],
    ['a qualification of 5 ECTS', { ...kind('qualification'), ...load({ ects: 5 }) }, 'no'],
    ['a micro-credential says nothing of volume', kind('micro-credential'), 'unknown'],
    ['a certificate', kind('certificate'), 'unknown'],
    ['derived ECTS', { workload: derived({ ects: 2 }, '/w', 'r') }, 'yes'],
    [
      'text and derived ECTS',
      { workload: withDerived(stated<WorkloadValue>({ durationText: 'short' }, '/w'), { ects: 2 }, '/w', 'r') },
      'yes',
    ],
  ])('small volume: %s', (_title, more, wanted) => expect(complete(more).conformance.smallVolume.answer).toBe(wanted));
  test('0 is a statement: the reason does not say that nothing was stated', () => {
    const reason = (value: object) => complete(load(value)).conformance.smallVolume.reason;
    expect(reason({ ects: 0 })).toBe('the source states 0 ECTS');
    expect(reason({ hours: 0 })).toBe('the source states 0 hours');
    expect(reason({ duration: 'P10W' })).toBe('the source states neither ECTS nor hours');
  });
  test.each<[string, Partial<CredentialDraft>, string]>([
    ['codes', { assessment: stated({ codes: ['quiz'] }, '/a') }, 'yes'],
    ['words', { assessment: stated({ codes: [], text: text('A test') }, '/a') }, 'yes'],
    ['an empty shell', { assessment: stated({ codes: [] }, '/a') }, 'unknown'],
    ['said to be none', { assessment: notApplicable('/a') }, 'no'],
    ['silence', {}, 'unknown'],
  ])('assessed: %s', (_title, more, wanted) => expect(complete(more).conformance.assessed.answer).toBe(wanted));
  test.each<[string, Partial<CredentialDraft>, string]>([
    ['a kind', { qualityAssurance: stated({ kinds: ['institutional-licence'], claims: [] }, '/q') }, 'yes'],
    ['a claim', { qualityAssurance: stated({ kinds: [], claims: [{ name: 'ESG' }] }, '/q') }, 'yes'],
    ['an empty shell', { qualityAssurance: stated({ kinds: [], claims: [] }, '/q') }, 'unknown'],
    ['silence', {}, 'unknown'],
  ])('quality-assured: %s', (_title, more, wanted) =>
    expect(complete(more).conformance.qualityAssured.answer).toBe(wanted),
  );
  test('outcomes', () => {
    const answer = complete({ learningOutcomes: stated([{ text: text('Plans') }], '/o') }).conformance.outcomesStated;
    expect(answer).toMatchObject({ answer: 'yes', element: 'learningOutcomes' });
    expect(assessConformance(complete({ learningOutcomes: notApplicable('/o') })).outcomesStated.answer).toBe(
      'unknown',
    );
  });
});

describe('found', () => {
  test.each<[unknown, string]>([
    ['a\n b', 'a b'],
    [{ a: 1 }, '{"a":1}'],
    [undefined, 'undefined'],
    [12, '12'],
    [null, 'null'],
  ])('%j', (value, wanted) => expect(found(value)).toBe(wanted));
  test('at most 200 characters, well-formed, whatever it is', () => {
    expect(found('😀'.repeat(300)).length).toBeLessThanOrEqual(200);
    expect(found('😀'.repeat(300)).isWellFormed()).toBe(true);
    expect(found(`x${'😀'.repeat(300)}`).isWellFormed()).toBe(true);
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(found(loop)).toBe('[object Object]');
    expect(found(10n)).toBe('10');
  });
});

test.each<[string, boolean]>([
  ['P10W', true],
  ['P1Y6M', true],
  ['P3D', true],
  ['P1DT2H', true],
  ['P', false],
  ['PT50H', false],
  ['Potato', false],
  ['10W', false],
  ['', false],
])('IsoDuration %j: %j', (value, ok) => expect(IsoDuration.safeParse(value).success).toBe(ok));
test.each<[string, boolean]>([
  ['2026-02-28', true],
  ['2024-02-29', true],
  ['2026-02-29', false],
  ['2026-13-45', false],
  ['0000-00-00', false],
  ['2026-2-3', false],
])('IsoDate %j: %j', (value, ok) => expect(IsoDate.safeParse(value).success).toBe(ok));

describe('published JSON Schema', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  const validators = Object.fromEntries(PUBLISHED_SCHEMAS.map((name) => [name, ajv.compile(jsonSchema(name))]));
  const credential = complete({
    url: 'https://example.org/mc-1',
    workload: withDerived(stated<WorkloadValue>({ hours: 50, duration: 'P10W' }, '/w'), { ects: 2 }, '/w', 'r'),
    learningOutcomes: stated([{ text: text('Plans') }], '/o'),
    awardingBody: stated([{ id: mintProviderId('demo', 'uni-1'), name: text('University of Nowhere') }], '/p'),
    relations: [{ type: 'stacksInto', target: 'https://example.org/mc-2', origin: { path: '/r' } }],
    opportunities: [
      { id: '1', path: '/offers/0', startDate: '2026-09-01', duration: 'P10W', prices: [{ amount: 0 }], country: 'NL' },
    ],
  });

  test('the committed files are what the models say (else: node schema/json-schema.ts --write)', () =>
    expect(staleSchemas()).toEqual([]));
  test('says what it is', () => {
    expect(jsonSchema('credential')).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'urn:credatlas:schema:credential.schema.json',
      title: 'Credential',
    });
  });
  test('an independent validator takes a record, before and after a round trip', () => {
    validators.credential?.(JSON.parse(JSON.stringify(credential)));
    expect(validators.credential?.errors).toBeNull();
    validators.credential?.(JSON.parse(JSON.stringify(complete())));
    expect(validators.credential?.errors).toBeNull();
  });
  test.each<[string, (record: Record<string, unknown>) => void]>([
    ['a missing element', (r) => delete r.workload],
    [
      'an unknown state',
      (r) => {
        r.level = { state: 'maybe' };
      },
    ],
    [
      'a level of 9',
      (r) => {
        r.level = { state: 'stated', value: { eqf: 9 } };
      },
    ],
    [
      'negative ECTS',
      (r) => {
        r.workload = { state: 'stated', value: { ects: -1 } };
      },
    ],
    [
      'a text without language',
      (r) => {
        r.title = { state: 'stated', value: [{ value: 'x' }] };
      },
    ],
    [
      'an empty text',
      (r) => {
        r.title = { state: 'stated', value: [{ language: 'en', value: '' }] };
      },
    ],
    [
      'learner data',
      (r) => {
        r.learner = { state: 'stated', value: 'A. Person' };
      },
    ],
    [
      'a date that is none',
      (r) => {
        r.opportunities = [{ id: '1', path: '/', startDate: '2026-13-45' }];
      },
    ],
    [
      'a foreign id',
      (r) => {
        r.id = 'mc-1';
      },
    ],
    [
      'a field nobody knows',
      (r) => {
        r.contactPerson = 'A. Person';
      },
    ],
  ])('and refuses %s, as the model does', (_title, spoil) => {
    const record = JSON.parse(JSON.stringify(credential)) as Record<string, unknown>;
    spoil(record);
    expect(validators.credential?.(record)).toBe(false);
  });
  test('providers and sources', () => {
    const provider = {
      id: mintProviderId('demo', 'u'),
      source: 'demo',
      identifier: 'u',
      alternates: [],
      identifiers: [{ scheme: 'ror', value: '0abc' }],
      evidence: [],
    };
    expect(Provider.safeParse(provider).success).toBe(true);
    expect(validators.provider?.(provider)).toBe(true);
    expect(validators.provider?.({ ...provider, id: 'u' })).toBe(false);
    const source = {
      id: 'demo',
      title: 'Demo',
      format: 'csv',
      url: 'https://example.org/f.csv',
      publisher: 'P',
      licence: 'CC0-1.0',
    };
    expect(validators.source?.(source)).toBe(true);
    expect(validators.source?.({ ...source, code: 'x' })).toBe(false);
    expect(SourceDefinition.parse(source)).toMatchObject({
      politeness: { requestsPerSecond: 1, concurrency: 1 },
      allowLoopback: false,
      defaults: {},
    });
    expect(SourceDefinition.safeParse({ ...source, id: 'Demo Source' }).success).toBe(false);
    expect(SourceDefinition.parse(source).enabled).toBe(true);
    const off = SourceDefinition.safeParse({ ...source, enabled: false });
    expect(off.error?.issues).toMatchObject([
      { path: ['disabledBecause'], message: 'a source that is not enabled must say why' },
    ]);
    const why = { enabled: false, disabledBecause: 'needs an agreement' };
    expect(SourceDefinition.parse({ ...source, ...why })).toMatchObject(why);
  });
  test('an address that is no web address is refused', () => {
    expect(Credential.safeParse({ ...credential, url: 'javascript:alert(1)' }).success).toBe(false);
    expect(Credential.safeParse({ ...credential, url: 'http://127.0.0.1:4010/x' }).success).toBe(true);
  });
});

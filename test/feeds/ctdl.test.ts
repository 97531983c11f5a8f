import { createReadStream, existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type Page, type RawRecord, type RecordFault } from '../../crawler/format.ts';
import { ctdl as unguarded } from '../../crawler/formats/ctdl/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { Credential, type Problem, Provider, SourceDefinition } from '../../schema/index.ts';

/** As the registry gives it. */
const ctdl = behindDoor(unguarded);

const FEEDS = new URL('../../../shared/feeds/ctdl/', import.meta.url);
const source = SourceDefinition.parse({
  id: 'mkval',
  title: 'Mikrokvalifikatsioonid',
  format: 'ctdl',
  url: 'https://mkval.example/',
  publisher: 'mkval',
  licence: 'none stated',
});

async function harvest(name: string) {
  const page: Page = { url: 'file:///x', source, envelope: {} };
  const raws: RawRecord[] = [];
  const faults: RecordFault[] = [];
  for await (const item of ctdl.records(createReadStream(new URL(name, FEEDS)), page)) {
    if (isFault(item)) faults.push(item);
    else raws.push(item);
  }
  const credentials: Credential[] = [];
  const providers = new Map<string, Provider>();
  const problems: Problem[] = [];
  for (const main of raws.filter((r) => r.part === undefined)) {
    const parts = raws
      .filter((r) => r.identifier === main.identifier && r.part !== undefined)
      .sort((a, b) => ((a.part ?? '') < (b.part ?? '') ? -1 : 1));
    const result = ctdl.normalise(
      main.raw,
      source,
      main.identifier,
      parts.map((p) => p.raw),
    );
    if ('rejection' in result) faults.push({ rejection: result.rejection });
    else {
      if (result.credential) credentials.push(Credential.parse(result.credential));
      for (const provider of result.providers) providers.set(provider.id, Provider.parse(provider));
      problems.push(...result.problems);
    }
  }
  return { raws, faults, credentials, providers: [...providers.values()], problems };
}

// The values below were read in the files themselves, the counts taken with an independent script.
describe.skipIf(!existsSync(FEEDS))('Estonian micro-credentials (needs ../shared/feeds)', async () => {
  const { raws, faults, credentials, providers } = existsSync(FEEDS)
    ? await harvest('estonia-mkval/catalog.jsonld')
    : { raws: [], faults: [], credentials: [], providers: [] };
  const at = (end: string): Credential => {
    const found = credentials.find((c) => c.identifier.endsWith(end));
    if (!found) throw new Error(`no record ${end}`);
    return found;
  };
  const outcomes = (c: Credential) => c.learningOutcomes.value?.map((o) => o.text[0]?.value);

  test('250 entries are all in: 158 micro-credentials, 92 repetitions of them', () => {
    expect(faults).toEqual([]);
    expect(raws).toHaveLength(250);
    expect(credentials).toHaveLength(158);
    expect(new Set(credentials.map((c) => c.id)).size).toBe(158);
    expect(credentials.every((c) => c.kind.value?.code === 'micro-credential')).toBe(true);
    expect(providers).toHaveLength(9);
  });

  test('Estonian stays Estonian', () => {
    expect(credentials.filter((c) => c.title.value?.[0]?.language === 'et')).toHaveLength(155);
    expect(credentials.filter((c) => c.title.value?.[0]?.language === 'en')).toHaveLength(3);
    expect(at('kursus/56564').title.value).toEqual([{ language: 'et', value: 'Äriühingu omaniku meistriklass' }]);
    expect(at('kursus/56564').languages.value).toEqual(['et']);
    expect(at('training/16738').description.value).toEqual([
      { language: 'et', value: 'Õpetab asutuse töötajale dokumentide ja teabe korras hoidmist.' },
    ]);
  });

  test('ECTS, outcomes, fields, providers, dates', () => {
    expect(at('training/16738').workload.value).toEqual({ ects: 18 });
    expect(outcomes(at('training/16738'))).toHaveLength(6);
    expect(outcomes(at('training/16738'))?.[1]).toBe(
      'Analüüsib organisatsiooni infojuhtimist ja teeb parendusettepanekuid',
    );
    expect(at('training/16738').fields.value?.[0]?.text?.[0]?.value).toBe('majandus ja juhtimine');
    expect(at('training/16738').offeredBy.value?.[0]?.name?.[0]?.value).toBe('Tallinna Tehnikakõrgkool');
    expect(at('kursus/56564').workload.value).toEqual({ ects: 6 });
    expect(outcomes(at('kursus/56564'))).toHaveLength(3);
    expect(
      at('kursus/56564')
        .opportunities.map((o) => o.applicationDeadline)
        .sort(),
    ).toEqual(['2026-06-28', '2026-08-21']);
    expect(at('sooritus-ja-spordipsuhholoogia').workload.value?.ects).toBe(30);
    expect(at('sooritus-ja-spordipsuhholoogia').opportunities[0]?.applicationDeadline).toBe('2026-02-10');
    expect(at('andmeteaduse-mikrokraad').opportunities).toMatchObject([{ startDate: '2026-08-31' }]);
    expect(at('finantsalane-kommunikatsioon').opportunities).toHaveLength(1);
    expect(outcomes(at('finantsalane-kommunikatsioon'))?.[0]).toMatch(
      /^Mikrokraadi edukalt lõpetanud osaleja Analüüsib/,
    );
    expect(at('digitaalse-toote-disain-ja-arendus').opportunities[0]).toMatchObject({
      startDate: '2026-10-17',
      applicationDeadline: '2026-10-08',
    });
  });

  test('a page that lists three programmes gives three records', () => {
    const three = credentials.filter((c) =>
      c.identifier.startsWith('https://www.tktk.ee/taiendusoppijale/mikrokraadid/'),
    );
    expect(three.map((c) => [c.title.value?.[0]?.value, c.workload.value?.ects])).toEqual([
      ['Finantsaruandlus ja -juhtimine ettevõttes', 24],
      ['Toote disain ja turundus', 21],
      ['Võõrkeeled inseneerias', 6],
    ]);
  });

  test('what the file does not say stays unsaid', () => {
    expect(credentials.filter((c) => c.workload.state === 'not-stated')).toHaveLength(22);
    expect(credentials.filter((c) => c.learningOutcomes.state === 'not-stated')).toHaveLength(47);
    const supply = at('tarneahelajuhi_arenguprogramm/');
    expect(supply.workload.state).toBe('not-stated');
    expect(supply.learningOutcomes.state).toBe('not-stated');
    expect(supply.opportunities).toEqual([]);
    expect(at('op-akadeemia-mikrokraadid').learningOutcomes.state).toBe('not-stated');
    expect(at('op-akadeemia-mikrokraadid').workload.state).toBe('not-stated');
    expect(at('op-akadeemia-mikrokraadid').opportunities).toHaveLength(1);
    expect(at('kursus/55564').workload.state).toBe('not-stated');
    expect(at('kursus/56564').opportunities[0]?.startDate).toBeUndefined();
    expect(at('andmeteaduse-mikrokraad').opportunities[0]?.applicationDeadline).toBeUndefined();
    // .ee addresses are no country, "IT ja andmed" is no ISCED field, a micro-credential has no level by itself.
    for (const element of [
      'issuerCountry',
      'level',
      'assessment',
      'participation',
      'qualityAssurance',
      'prerequisites',
      'supervision',
      'stackability',
      'costs',
    ] as const) {
      expect(credentials.filter((c) => c[element].state !== 'not-stated')).toEqual([]);
    }
    expect(credentials.flatMap((c) => c.fields.value ?? []).filter((f) => f.isced)).toEqual([]);
    expect(credentials.filter((c) => c.workload.value?.hours !== undefined)).toEqual([]);
    expect(credentials.filter((c) => c.awardingBody.state === 'stated')).toEqual([]);
    expect(credentials.filter((c) => c.issueDate.state !== 'at-issuance')).toEqual([]);
  });
});

describe.skipIf(!existsSync(FEEDS))('Credential Registry (needs ../shared/feeds)', () => {
  test('a certification in an envelope with a byte order mark', async () => {
    const { credentials, faults, providers } = await harvest('envelopes/CredentialEnvelope.json');
    const c = credentials[0];
    expect(faults).toEqual([]);
    expect(c?.identifier).toBe('ce-14525aea-57c5-4f5a-8f1c-bdc95c7f8b9b');
    expect(c?.title.value).toEqual([{ language: 'en', value: '21st Century Skills for Workplace Success' }]);
    expect(c?.qualityAssurance.value?.claims[0]?.name).toBe(
      'approved by National College Credit Recommendation Service (NCCRS)',
    );
    expect(c?.fields.value?.[0]).toMatchObject({ scheme: 'Classification of Instructional Programs', code: '35.0103' });
    expect(c?.conditionsToEarn.value?.[0]?.value).toMatch(/^To be eligible for this credential/);
    // Its owner stands in another envelope, upper case there: one identity, no name, no country.
    expect(c?.awardingBody.value).toEqual([
      { id: providers.find((p) => p.identifier === 'ce-6a62b250-a1a2-4d31-a702-cdc2437efd31')?.id },
    ]);
    expect(c?.issuerCountry.state).toBe('not-stated');
    // Jurisdiction, "3 semester hours" in a text, audience levels and the renewal's cost are none of these:
    expect(c?.workload.state).toBe('not-stated');
    expect(c?.level.value?.eqf).toBeUndefined();
    expect(c?.level.derived).toBeUndefined();
    expect(c?.costs.state).toBe('not-stated');
    expect(c?.learningOutcomes.state).toBe('not-stated');
    expect(c?.supervision.state).toBe('not-stated');
    expect(c?.issueDate).toEqual({ state: 'at-issuance' });
  });

  test('a learning opportunity, an organisation, and what is no record', async () => {
    const { credentials } = await harvest('envelopes/LearningOpportunityEnvelope.json');
    expect(credentials[0]?.costs.value?.map((p) => [p.amount, p.currency, p.audience])).toEqual([
      [1535, 'USD', 'In-State'],
      [986, 'USD', 'In-State'],
      [5886, 'USD', 'Out-of-State'],
    ]);
    expect(credentials[0]?.participation.value?.codes).toEqual(['presential', 'online']);
    expect(credentials[0]?.kind.value?.code).toBeUndefined();
    expect(credentials[0]?.workload.state).toBe('not-stated');
    const organisation = await harvest('envelopes/OrganizationEnvelope.json');
    expect(organisation.credentials).toEqual([]);
    expect(
      organisation.providers.find((p) => p.identifier === 'ce-6a62b250-a1a2-4d31-a702-cdc2437efd31'),
    ).toMatchObject({ country: 'US', locality: 'Big Rapids' });
    expect(JSON.stringify(organisation.raws)).not.toMatch(/nocti@nocti\.org|231-796-4890/);
    for (const name of ['AssessmentEnvelope', 'CostManifest']) {
      expect(await harvest(`envelopes/${name}.json`)).toMatchObject({ raws: [], faults: [] });
    }
  });

  test('broken JSON is one clear fault that names the record', async () => {
    const { faults } = await harvest('envelopes/ConditionManifest.malformed.json');
    expect(faults).toHaveLength(1);
    expect(faults[0]?.rejection).toMatchObject({
      rule: 'json-syntax',
      identifier: 'ce-82a854b6-1e17-4cd4-845d-0b9b6df2fb5c',
    });
  });

  test('defects that a validator knows', async () => {
    expect((await harvest('validator-fixtures/clean_empty_graph.json')).raws).toEqual([]);
    expect((await harvest('validator-fixtures/clean_framework.json')).raws).toEqual([]);
    expect((await harvest('validator-fixtures/ctid_warnings.json')).credentials).toHaveLength(2);
    expect((await harvest('validator-fixtures/inverse_mismatch.json')).credentials).toHaveLength(3);
    expect((await harvest('validator-fixtures/unresolved_bnode.json')).problems[0]?.rule).toBe('unresolved-reference');
    expect((await harvest('validator-fixtures/unresolved_bnode.json')).credentials[0]?.awardingBody.state).toBe(
      'not-stated',
    );
    expect((await harvest('validator-fixtures/bug_class_250_bare_uuid_for_ctid.json')).problems[0]?.rule).toBe(
      'ctid-malformed',
    );
    expect(
      (await harvest('validator-fixtures/external_reference.json')).credentials[0]?.awardingBody.value?.[0]?.name,
    ).toBeUndefined();
  });
});

import { createReadStream, existsSync, readdirSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { isFault } from '../../crawler/format.ts';
import { rncp as unguarded } from '../../crawler/formats/rncp/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { type Credential, SourceDefinition } from '../../schema/index.ts';

const FEEDS = new URL('../../../shared/feeds/rncp/', import.meta.url);
const rncp = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'rncp',
  title: 'RNCP',
  format: 'rncp',
  url: 'https://rncp.example/',
  publisher: 'RNCP',
  licence: 'etalab-2.0',
  defaults: { country: 'FR' },
});

// The files are synthetic values in the true shape of the flow V4.1; read by hand.
describe.skipIf(!existsSync(FEEDS))('RNCP and RS (needs ../shared/feeds)', () => {
  const entries = new Map<string, { record: Credential; rules: string[]; bodies: string[] }>();
  beforeAll(async () => {
    for (const file of ['synthetic-rncp-v4-1.xml', 'synthetic-rs-v4-1.xml'])
      for await (const item of rncp.records(createReadStream(new URL(file, FEEDS)), {
        url: 'file:///x',
        source,
        envelope: {},
      })) {
        if (isFault(item)) throw new Error(JSON.stringify(item));
        const result = rncp.normalise(item.raw, source, item.identifier, []);
        if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
        entries.set(item.identifier, {
          record: result.credential,
          rules: result.problems.map(({ rule }) => rule),
          bodies: result.providers.map(({ identifier }) => identifier),
        });
      }
  });
  const entry = (number: string) => entries.get(number) ?? expect.fail(`no ${number}`);

  test('three entries', () => {
    expect([...entries.keys()]).toEqual(['RNCP12345', 'RNCP6789', 'RS2381']);
  });

  test('an entry of the RNCP', () => {
    const { record, bodies } = entry('RNCP12345');
    expect(record.title.value?.[0]?.value).toBe('Certification de test');
    expect(record.alternates).toContain('https://www.francecompetences.fr/recherche/rncp/12345/');
    expect(record.level.value?.nqf).toEqual({ country: 'FR', framework: 'RNCP', level: '5', label: 'Niveau 5' });
    expect(record.level.derived).toMatchObject({ value: { eqf: 5 }, origin: { rule: 'nqf-to-eqf' } });
    expect(record.awardingBody.value?.map(({ name }) => name?.[0]?.value)).toEqual(['ORG A', 'ORG B']);
    expect(bodies).toEqual(['siret:11111111100011', 'siret:22222222200022']);
    expect(record.learningOutcomes.value?.map(({ text }) => text[0]?.value)).toEqual(['Competences de test']);
    expect(record.description.value?.[0]?.value).toBe('Activites de test');
    expect(record.kind.value?.text?.[0]?.value).toBe('Titre professionnel');
    expect(record.fields.value?.map(({ scheme, code }) => `${scheme} ${code}`)).toEqual(['NSF 326', 'ROME M1805']);
    expect(record.furtherInformation.value?.links).toEqual(['https://www.francecompetences.fr/recherche/rncp/99999/']);
    expect(record.qualityAssurance.value?.claims[0]?.text?.[0]?.value).toBe("fin d'enregistrement 31/12/2026");
  });

  test('an entry of the RS, and one that has ended', () => {
    const { record } = entry('RS2381');
    expect(record.awardingBody.value?.[0]?.name?.[0]?.value).toBe('OCTO-TECHNOLOGY');
    expect(record.fields.value?.map(({ code }) => code)).toEqual(['326', '326t', '31054']);
    expect(record.qualityAssurance.value?.claims[0]?.name).toBe('RS2381');
    expect(entry('RNCP6789').rules).toContain('not-active');
    expect(record.issuerCountry).toMatchObject({ state: 'derived', value: { country: 'FR' } });
  });

  test('what the registers do not say stays unsaid', () => {
    // The RS has no level, and no law makes its entries a kind.
    expect(entry('RS2381').record.level.state).toBe('not-stated');
    expect(entry('RS2381').record.kind.state).toBe('not-stated');
    expect(entry('RNCP6789').record.level.state).toBe('not-stated');
    // The EQF level is no statement of the register.
    expect(entry('RNCP12345').record.level.value?.eqf).toBeUndefined();
    // That an entry is a qualification is derived; its words are "Titre professionnel".
    expect(entry('RNCP12345').record.kind.value?.code).toBeUndefined();
    // The end of the registration is not the end of the awarding.
    expect(entry('RNCP12345').record.issueDate.state).toBe('at-issuance');
    for (const { record } of entries.values()) {
      expect(record.workload.state).toBe('not-stated');
      // A jury for the VAE is no way of taking part.
      expect(record.participation.state).toBe('not-stated');
      expect(record.assessment.state).toBe('not-stated');
      expect(record.offeredBy.state).toBe('not-stated');
      expect(record.costs.state).toBe('not-stated');
      expect(record.opportunities).toEqual([]);
      expect(record.fields.value?.some(({ isced }) => isced) ?? false).toBe(false);
    }
  });
});

// Nine real entries, cut from the daily export; read by hand in its ten tables.
describe.skipIf(!existsSync(FEEDS))('the tables of the CSV export (needs ../shared/feeds)', () => {
  const FOLDER = new URL('csv-sample-2024-02-22/', FEEDS);
  const entries = new Map<string, Credential>();
  const rules = new Map<string, string[]>();
  beforeAll(async () => {
    const names = readdirSync(FOLDER)
      .filter((name) => name.endsWith('.csv'))
      .sort();
    expect(names).toHaveLength(10);
    async function* bytes() {
      for (const name of names)
        yield* [readFileSync(new URL(encodeURIComponent(name), FOLDER)), new TextEncoder().encode('\n')];
    }
    const raw = new Map<string, { main?: unknown; parts: unknown[] }>();
    for await (const item of rncp.records(bytes(), { url: 'file:///x', source, envelope: {} })) {
      if (isFault(item)) throw new Error(JSON.stringify(item));
      const entry = raw.get(item.identifier) ?? { parts: [] };
      if (item.part === undefined) entry.main = item.raw;
      else entry.parts.push(item.raw);
      raw.set(item.identifier, entry);
    }
    for (const [number, { main, parts }] of raw) {
      const result = rncp.normalise(main, source, number, parts);
      if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
      entries.set(number, result.credential);
      rules.set(
        number,
        result.problems.map(({ rule }) => rule),
      );
    }
  });
  const entry = (number: string): Credential => entries.get(number) ?? expect.fail(`no ${number}`);

  test('nine entries with their certifiers, blocks and levels', () => {
    expect([...entries.keys()].sort()).toEqual(
      [
        'RNCP1197',
        'RNCP19468',
        'RNCP22094',
        'RNCP28155',
        'RNCP30271',
        'RNCP4049',
        'RNCP509',
        'RS5000',
        'RS6117',
      ].sort(),
    );
    expect(entry('RNCP509').level).toMatchObject({ value: { nqf: { level: '3' } }, derived: { value: { eqf: 3 } } });
    expect(entry('RNCP509').kind.value?.text?.[0]?.value).toBe("Certificat d'aptitude professionnelle");
    expect(entry('RNCP509').stackability.value?.text?.[0]?.value.split('\n')).toHaveLength(6);
    expect(entry('RNCP509').furtherInformation.value?.links).toEqual([
      'https://www.francecompetences.fr/recherche/rncp/38228/',
    ]);
    expect(entry('RNCP19468').furtherInformation.value?.links).toEqual([
      'https://www.francecompetences.fr/recherche/rs/6117/',
    ]);
    expect(
      entry('RS6117')
        .awardingBody.value?.map(({ name }) => name?.[0]?.value)
        .sort(),
    ).toEqual(['CONFEDE. NATIONALE BOULANGERS PATISSIERS', 'INSTITUT NATIONAL BOULANGERIE PATISSERIE']);
    expect(rules.get('RNCP1197')).toContain('not-active');
    expect(rules.get('RS5000')).not.toContain('not-active');
    expect(
      entry('RNCP4049').fields.value?.some(({ text }) => text?.[0]?.value === "Management et ingénierie d'affaires"),
    ).toBe(true);
  });

  test('what the tables do not say stays unsaid', () => {
    // "REPRISE" is a level that was never determined; the RS has none.
    for (const number of ['RNCP19468', 'RS5000', 'RS6117']) expect(entry(number).level.state).toBe('not-stated');
    // Partners who may train are not who offers, and a jury "par expérience" is no form of assessment.
    for (const record of entries.values()) {
      expect(record.offeredBy.state).toBe('not-stated');
      expect(record.assessment.state).toBe('not-stated');
      expect(record.learningOutcomes.state).toBe('not-stated');
      expect(record.workload.state).toBe('not-stated');
      expect(record.issueDate.state).toBe('at-issuance');
    }
    // "CQP Tourier" of the RS is the same title as one of the RNCP, and no qualification by law.
    expect(entry('RS6117').kind.state).toBe('not-stated');
  });
});

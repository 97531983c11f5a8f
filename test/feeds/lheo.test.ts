import { createReadStream, existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { isFault } from '../../crawler/format.ts';
import { lheo as unguarded } from '../../crawler/formats/lheo/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { type Credential, type Provider, SourceDefinition } from '../../schema/index.ts';

const FEEDS = new URL('../../../shared/feeds/lheo/', import.meta.url);
const lheo = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'lheo',
  title: 'LHEO',
  format: 'lheo',
  url: 'https://lheo.example/',
  publisher: 'LHEO',
  licence: 'none stated',
});

async function harvest(file: string) {
  const credentials: Credential[] = [];
  const providers: Provider[] = [];
  const all: string[] = [];
  const page = { url: 'file:///x', source, envelope: {} };
  for await (const item of lheo.records(createReadStream(new URL(file, FEEDS)), page)) {
    if (isFault(item)) throw new Error(JSON.stringify(item));
    const result = lheo.normalise(item.raw, source, item.identifier, []);
    if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
    credentials.push(result.credential);
    providers.push(...result.providers);
    all.push(JSON.stringify([item.raw, result]));
  }
  return { credentials, providers, all: all.join('\n') };
}

// The values were read in the files themselves.
describe.skipIf(!existsSync(FEEDS))('LHEO (needs ../shared/feeds)', () => {
  const files = ['certifiante', 'formation', 'heures_centre_empty', 'without_rncp'].map(
    (name) => `trefle-intercarif/${name}.xml`,
  );
  files.push('edof-mcf/edof-catalogue-v7r0-excerpt.xml', 'lheo-schema-2.3/exemple-bts-onisep.xml');
  const read = new Map<string, Awaited<ReturnType<typeof harvest>>>();
  beforeAll(async () => {
    for (const file of files) read.set(file, await harvest(file));
  });
  const one = (file: string): Credential => {
    const found = [...read].find(([name]) => name.includes(file))?.[1].credentials;
    if (found?.length !== 1) throw new Error(`${file}: ${found?.length} records`);
    return found[0] as Credential;
  };

  test('one formation a file, all of them taken in', () => {
    expect([...read.values()].map(({ credentials }) => credentials.length)).toEqual(files.map(() => 1));
  });

  test('Intercarif: two actions with a session each', () => {
    const c = one('certifiante');
    expect(c.identifier).toBe('07_10');
    expect(c.title.value).toEqual([{ language: 'fr', value: 'Titre professionnel plaquiste' }]);
    expect(c.sourceModified).toBe('2017-12-13');
    expect(c.opportunities).toMatchObject([
      {
        id: '114782',
        startDate: '2017-12-04',
        endDate: '2018-06-01',
        locality: 'Veigné',
        country: 'FR',
        participation: ['presential'],
      },
      {
        id: '123324',
        startDate: '2017-10-30',
        applicationDeadline: '2018-05-22',
        hours: 697,
        startText: 'entrées/sorties permanentes',
      },
    ]);
    expect(c.workload.value?.credits).toEqual([
      { scheme: 'heures en centre', value: 585 },
      { scheme: 'heures en entreprise', value: 112 },
    ]);
    expect(c.fields.value?.map(({ scheme, code }) => `${scheme} ${code}`)).toEqual([
      'FORMACODE V12 22403',
      'FORMACODE V12 22402',
      'NSF 233',
      'ROME F1604',
    ]);
    expect(c.offeredBy.value?.map(({ name }) => name?.[0]?.value)).toEqual(["DRAFPA d'Olivet", 'AFPA de Veigné']);
    expect(c.qualityAssurance.value?.claims[0]?.name).toBe('RNCP320');
    expect(one('without_rncp').qualityAssurance.state).toBe('not-stated');
  });

  test('EDOF: the price with tax, blocks of the certification, objectives as a list', () => {
    const c = one('edof');
    expect(c.identifier).toBe('RNCP40344_VETO2027');
    expect(c.learningOutcomes.value?.slice(0, 2).map(({ text }) => text[0]?.value)).toEqual([
      'Objectif pédagogique 1',
      'Objectif pédagogique 2',
    ]);
    expect(c.opportunities[0]).toMatchObject({
      startDate: '2027-01-01',
      endDate: '2027-12-01',
      locality: 'LARDY',
      prices: [{ amount: 600.6, currency: 'EUR' }],
    });
    expect(c.relations).toMatchObject([
      { type: 'stacksInto', target: 'https://www.francecompetences.fr/recherche/rncp/40344/' },
    ]);
    expect(c.workload.derived).toMatchObject({ value: { hours: 21 }, origin: { rule: 'lheo-hours-of-parts' } });
  });

  test('ONISEP: a BTS of two years', () => {
    const c = one('onisep');
    expect(c.opportunities[0]).toMatchObject({
      duration: 'P2Y',
      pace: 'Temps plein',
      startDate: '2015-09-01',
      locality: 'QUIMPERLÉ',
    });
    expect(c.url).toBe('https://www2.cndp.fr/archivage/valid/brochadmin/bouton/c052.htm');
    expect(c.offeredBy.value?.[0]?.url).toBe('https://lyceedekerneuzec.fr/');
  });

  test('what the files do not say stays unsaid', () => {
    // Code 4 of dict-niveaux is level V of 1969 and code 6 is level III: neither is the level of that number.
    expect(one('certifiante').level.value?.nqf?.level).toBe('V');
    expect(one('certifiante').level.derived).toBeUndefined();
    expect(one('onisep').level.value?.nqf?.level).toBe('III');
    expect(one('onisep').level.derived).toBeUndefined();
    expect(one('edof').level.state).toBe('not-stated');
    // "L'objectif est d'obtenir la qualification" is no outcome, and "-" is nothing.
    expect(one('certifiante').learningOutcomes.state).toBe('not-stated');
    expect(one('certifiante').prerequisites.state).toBe('not-stated');
    // 00000000 is no date, and the first action states no hours.
    expect(one('certifiante').opportunities[1]?.applicationStart).toBeUndefined();
    expect(one('certifiante').opportunities[0]?.hours).toBeUndefined();
    expect(one('certifiante').workload.value?.hours).toBeUndefined();
    expect(one('certifiante').workload.derived).toBeUndefined();
    // EDOF gives hours in the centre and in the company, and no total.
    expect(one('edof').opportunities[0]?.hours).toBeUndefined();
    // Who is responsible for the offer does not award the title.
    for (const file of ['certifiante', 'edof', 'onisep']) {
      expect(one(file).awardingBody.state).toBe('not-stated');
      expect(one(file).issuerCountry.state).toBe('not-stated');
      expect(one(file).kind.state).toBe('not-stated');
      expect(one(file).assessment.state).toBe('not-stated');
      expect(one(file).workload.value?.ects).toBeUndefined();
      expect(one(file).fields.value?.some(({ isced }) => isced) ?? false).toBe(false);
    }
    // A number of 99999999999 is none.
    const [onisep] = [...read].filter(([name]) => name.includes('onisep')).flatMap(([, { providers }]) => providers);
    expect(onisep?.identifiers).toEqual([{ scheme: 'siret', value: '19290076900014' }]);
    const everything = [...read.values()].map(({ all }) => all).join('\n');
    expect(everything).not.toMatch(/LEROY|BERNOT|LE POEC|Michèle|@afpa|@ac-rennes|0123456789|06 32/);
  });
});

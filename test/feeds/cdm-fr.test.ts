import { createReadStream, existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { isFault } from '../../crawler/format.ts';
import { cdmFr as unguarded } from '../../crawler/formats/cdm-fr/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { type Credential, SourceDefinition } from '../../schema/index.ts';

const FILE = new URL('../../../shared/feeds/cdm-fr/profetes-program-cdm.xml', import.meta.url);
const cdmFr = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'unistra',
  title: 'Strasbourg',
  format: 'cdm-fr',
  url: 'https://unistra.example/',
  publisher: 'Strasbourg',
  licence: 'none stated',
  defaults: { country: 'FR' },
});

// Read in the file itself: one programme of the University of Strasbourg.
describe.skipIf(!existsSync(FILE))('CDM-fr, Strasbourg (needs ../shared/feeds)', () => {
  let c: Credential;
  let everything = '';
  beforeAll(async () => {
    const found: Credential[] = [];
    for await (const item of cdmFr.records(createReadStream(FILE), { url: 'file:///x', source, envelope: {} })) {
      if (isFault(item)) throw new Error(JSON.stringify(item));
      const result = cdmFr.normalise(item.raw, source, item.identifier, []);
      if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
      found.push(result.credential);
      everything += JSON.stringify([item.raw, result]);
    }
    expect(found).toHaveLength(1);
    c = found[0] as Credential;
  });

  test('the programme and who offers it', () => {
    expect(c.identifier).toBe('FR_RNE_0673021V_PR_LV203_231');
    // The abbreviation (MTP) and the search form (TRL) are no names.
    expect(c.title.value).toEqual([{ language: 'fr-FR', value: 'Licence Anglais' }]);
    expect(c.offeredBy.value?.map(({ name }) => name?.[0]?.value)).toEqual(['Faculté Langues et Cultures étrangères']);
    expect(c.awardingBody).toMatchObject({ state: 'derived', origin: { rule: 'provider-as-awarding-body' } });
    expect(c.awardingBody.value?.[0]?.name?.[0]?.value).toBe('UNIVERSITÉ DE STRASBOURG');
    expect(c.level.value?.text?.[0]?.value).toBe('Licence');
    expect(c.level.derived?.value.cycle).toBe('first');
    expect(c.learningOutcomes.value?.[0]?.text[0]?.value).toBe('Analyser, synthétiser, argumenter en anglais.');
    expect(c.learningOutcomes.value?.at(-1)?.text[0]?.value).toBe('Traduire en anglais et en français.');
    expect(c.fields.value?.map(({ scheme, text }) => `${scheme}: ${text?.[0]?.value}`)).toEqual([
      'domaine: Arts, Lettres, Langues',
      'mention: Langues, littératures et civilisations etrangères',
      'specialite: Anglais',
    ]);
    expect(c.prerequisites.value?.[0]?.value).toMatch(/^Accès\n/);
    expect(c.stackability.value?.text?.[0]?.value).toMatch(/^Master Monde Anglophone/);
    expect(c.furtherInformation.value?.text?.[0]?.value).toMatch(/Contrôle continu$/);
  });

  test('what the file does not say stays unsaid', () => {
    // No credits, no duration, no level of the EQF; "Contrôle continu" is a regulation of the whole and no form of assessment.
    expect(c.workload.state).toBe('not-stated');
    expect(c.level.value?.eqf).toBeUndefined();
    expect(c.level.derived?.value.eqf).toBeUndefined();
    expect(c.level.value?.nqf).toBeUndefined();
    expect(c.assessment.state).toBe('not-stated');
    // "enseignementADistance: Aucune" and "formationInitiale: Oui" are no ways of taking part.
    expect(c.participation.state).toBe('not-stated');
    expect(c.languages.state).toBe('not-stated');
    expect(c.kind.state).toBe('not-stated');
    expect(c.costs.state).toBe('not-stated');
    expect(c.opportunities).toEqual([]);
    expect(c.fields.value?.some(({ isced }) => isced)).toBe(false);
    // Persons stand in `person`, and in the free text of whom to ask.
    expect(everything).not.toMatch(/Mantrant|Choffat|Lotz|@unistra|03 68 85/);
  });
});

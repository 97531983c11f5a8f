import { createReadStream, existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault } from '../../crawler/format.ts';
import { openqcat as unguarded } from '../../crawler/formats/openqcat/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { SourceDefinition } from '../../schema/index.ts';

const FEEDS = new URL('../../../shared/feeds/germany-kursnet/', import.meta.url);
const openqcat = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'kursnet',
  title: 'KURSNET',
  format: 'openqcat',
  url: 'https://kursnet.example/',
  publisher: 'KURSNET',
  licence: 'none stated',
});

// The sample of the Bundesagentur is a skeleton that a program filled ("trimester", "STR", 100): every element is there, none says anything true.
describe.skipIf(!existsSync(FEEDS))('the skeleton of openQ-cat (needs ../shared/feeds)', () => {
  const read = async () => {
    const gone: string[] = [];
    const faults: { rule: string; incomplete: boolean }[] = [];
    const records: { identifier: string; part: string | undefined; raw: unknown }[] = [];
    const page = { url: 'file:///x', source, envelope: {} };
    for await (const item of openqcat.records(createReadStream(new URL('Sample_XML_KursNet.xml', FEEDS)), page)) {
      if (isFault(item)) faults.push({ rule: item.rejection.rule, incomplete: item.incomplete === true });
      else if (item.gone) gone.push(item.identifier || `#${item.part}`);
      else records.push({ identifier: item.identifier, part: item.part, raw: item.raw });
    }
    return { gone, faults, records };
  };

  test('what is deleted, and what is new; no person in it', async () => {
    const { gone, records } = await read();
    expect(gone).toEqual(['trimester', '#trimester']);
    expect(records.length).toBeGreaterThan(0);
    expect(JSON.stringify(records)).not.toMatch(/FIRST_NAME|LAST_NAME|SALUTATION|EMAIL|PHONE/);
  });

  test('filler texts make no dates, hours, credits, levels or modes', async () => {
    const { records } = await read();
    for (const { identifier, raw } of records) {
      const result = openqcat.normalise(raw, source, identifier, []);
      if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result).slice(0, 500));
      const { workload, level, participation, learningOutcomes, qualityAssurance, issuerCountry, opportunities } =
        result.credential;
      expect([workload, level, learningOutcomes, qualityAssurance, issuerCountry].map(({ state }) => state)).toEqual(
        Array.from({ length: 5 }, () => 'not-stated'),
      );
      expect(participation.value?.codes ?? []).toEqual([]);
      expect(
        opportunities.map(({ startDate, endDate, hours, duration }) => [startDate, endDate, hours, duration]),
      ).toEqual(opportunities.map(() => [undefined, undefined, undefined, undefined]));
    }
  });
});

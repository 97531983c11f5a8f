import { createReadStream, existsSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { isFault } from '../../crawler/format.ts';
import { emgXml as unguarded } from '../../crawler/formats/emg-xml/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { type Credential, type Provider, SourceDefinition } from '../../schema/index.ts';

const FEEDS = new URL('../../../shared/feeds/other/emg-xml/samples/', import.meta.url);
const emgXml = behindDoor(unguarded);
const source = SourceDefinition.parse({
  id: 'emg',
  title: 'EMG XML',
  format: 'emg-xml',
  url: 'https://emg.example/',
  publisher: 'EMG',
  licence: 'MIT',
});

async function harvest(file: string) {
  const credentials: Credential[] = [];
  const providers: Provider[] = [];
  const all: string[] = [];
  const page = { url: 'file:///x', source, envelope: {} };
  for await (const item of emgXml.records(createReadStream(new URL(file, FEEDS)), page)) {
    if (isFault(item)) throw new Error(JSON.stringify(item));
    const result = emgXml.normalise(item.raw, source, item.identifier, []);
    if ('rejection' in result || !result.credential) throw new Error(JSON.stringify(result));
    credentials.push(result.credential);
    providers.push(...result.providers);
    all.push(JSON.stringify([item.raw, result]));
  }
  return { credentials, providers, all: all.join('\n') };
}

// The values were read in the samples of the specification.
describe.skipIf(!existsSync(FEEDS))('EMG XML (needs ../shared/feeds)', () => {
  const files = ['2.0/basic', '3.0/basic', '3.0/course', '3.0/event', '3.0/location', '3.0/provider'];
  const read = new Map<string, Awaited<ReturnType<typeof harvest>>>();
  beforeAll(async () => {
    for (const file of files) read.set(file, await harvest(`${file}-sample.xml`));
  });
  const course = (file: string, identifier: string): Credential => {
    const found = read.get(file)?.credentials.find((one) => one.identifier === identifier);
    if (!found) throw new Error(`${file}: no ${identifier}`);
    return found;
  };
  const run = (n: number) => course('3.0/event', 'sample/sample').opportunities[n - 1];

  test('2, 1, 13 and 1 courses; providers without courses give none', () => {
    expect([...read.values()].map(({ credentials }) => credentials.length)).toEqual([2, 1, 13, 1, 0, 0]);
    expect(course('3.0/event', 'sample/sample').opportunities).toHaveLength(34);
  });

  test('3.0: a course with its events, places and provider', () => {
    const c = course('3.0/basic', 'provider-3823/course-1');
    expect(c.title.value?.map(({ value }) => value)).toEqual(['First course']);
    expect(c.description.value?.map(({ value }) => value)).toEqual([
      'This is the description of the course. It accepts HTML.',
    ]);
    expect(c.opportunities).toMatchObject([
      {
        id: 'event-1',
        place: 'EMG HQ, Karlavägen 104, 115 26, Stockholm',
        locality: 'Stockholm',
        country: 'SE',
        languages: ['en'],
        participation: ['presential'],
        participationText: 'Open class',
      },
      { id: 'event-2', participation: ['online'], languages: ['en'] },
      { id: 'event-3', place: 'Stockholm', participationText: 'In-house' },
    ]);
    expect(read.get('3.0/basic')?.providers[0]?.description?.[0]?.value).toMatch(
      /^This is the description of the provider\. It accepts HTML\.\n\nAbout EMG: Today/,
    );
  });

  test('2.0: an education of an institute', () => {
    const c = course('2.0/basic', '3823/education-2');
    expect(c.title.value?.map(({ value }) => value)).toEqual(['Second course']);
    expect(c.opportunities).toMatchObject([
      { id: 'event-1', locality: 'Stockholm', country: 'SE', languages: ['en'], participation: ['presential'] },
      { id: 'event-2', languages: ['sv'], participationText: 'distance' },
      { id: 'event-3', place: 'Stockholm', languages: ['it'] },
    ]);
  });

  test('what a course says of itself', () => {
    expect(course('3.0/course', 'sample/course-02').url).toBe('https://www.educationsmediagroup.com/statistics');
    expect(course('3.0/course', 'sample/course-03').workload.value?.credits).toEqual([
      { scheme: 'not named', value: 180 },
    ]);
    expect(course('3.0/course', 'sample/course-04').fields.value?.map(({ text }) => text?.[0]?.value)).toEqual([
      'keywords',
      'course',
    ]);
    expect(course('3.0/course', 'sample/course-05').opportunities).toMatchObject([
      { applicationStart: '2018-12-01', applicationDeadline: '2018-12-31' },
    ]);
    expect(course('3.0/course', 'sample/course-07').fields.value).toHaveLength(3);
    expect(course('3.0/course', 'sample/course-08').kind.value?.text?.[0]?.value).toBe('Certificate 1');
    expect(course('3.0/course', 'sample/course-10').workload.value).toMatchObject({ hours: 40 });
    expect(course('3.0/course', 'sample/course-11').workload.value).toEqual({
      hours: 40,
      durationText: '8 hours/day, 5 days',
    });
    expect(course('3.0/course', 'sample/course-12').furtherInformation.value?.text?.[0]?.value).toMatch(
      /^Special information: This is a custom field\./,
    );
  });

  test('when, at what pace and for how much', () => {
    expect(run(7)?.pace).toBe('50 %');
    expect(run(8)).toMatchObject({ applicationStart: '2018-12-01', applicationDeadline: '2018-12-31' });
    expect([11, 12, 13, 14, 15, 21].map((n) => run(n)?.startText)).toEqual([
      'This event starts every three days',
      'Spring',
      'Fall 2019',
      'November',
      '2019-01',
      'always open',
    ]);
    expect(run(20)).toMatchObject({ startDate: '2018-12-01', endDate: '2018-12-31' });
    expect(run(23)?.prices).toEqual([{ amount: 500, currency: 'EUR' }]);
    expect(run(25)?.prices).toEqual([{ amount: 500, text: 'VAT 15 % included' }]);
    expect(run(30)?.prices).toEqual([{ amount: 500, text: 'discount 10 %' }]);
    expect(run(34)?.prices).toEqual([{ amount: 0 }]);
  });

  test('what the samples do not say stays unsaid', () => {
    // "The default currency of the site is assumed", "if not specified, 100.00 is assumed", "implicitly considered AlwaysOpen".
    expect(run(22)?.prices).toEqual([{ amount: 500 }]);
    expect(run(6)?.pace).toBeUndefined();
    expect(run(1)?.startText).toBeUndefined();
    // A start at a time and an end at a time are one day, of which only the start is given.
    expect(run(19)?.endDate).toBeUndefined();
    // A discount for a while does not lower the price.
    expect(run(29)?.prices).toMatchObject([{ amount: 500 }]);
    // Distance is not said to be online, in-house not to be on site.
    expect(run(5)?.participation).toBeUndefined();
    expect(run(2)?.participation).toBeUndefined();
    expect(run(2)?.country).toBe('SE');
    // 180 credits of a university programme are not said to be ECTS.
    expect(course('3.0/course', 'sample/course-03').workload.value?.ects).toBeUndefined();
    // 8 hours/day, 5 days: words.
    expect(course('3.0/course', 'sample/course-09').workload.value?.hours).toBeUndefined();
    expect(course('3.0/course', 'sample/course-00').opportunities).toEqual([]);
    expect(course('2.0/basic', '3823/education-1').kind.state).toBe('not-stated');
    for (const { credentials, providers } of read.values()) {
      for (const one of credentials) {
        expect(one.awardingBody.state).toBe('not-stated');
        expect(one.issuerCountry.state).toBe('not-stated');
        expect(one.level.state).toBe('not-stated');
        expect(one.learningOutcomes.state).toBe('not-stated');
        expect(one.assessment.state).toBe('not-stated');
      }
      for (const one of providers) expect(one.name).toBeUndefined();
    }
    expect([...read.values()].map(({ all }) => all).join('\n')).not.toMatch(/yourcompany|081 123/);
  });
});

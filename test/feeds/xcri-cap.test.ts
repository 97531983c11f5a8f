import { createReadStream, existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type Page } from '../../crawler/format.ts';
import { xcriCap as unguarded } from '../../crawler/formats/xcri-cap/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { Credential, type Problem, Provider, SourceDefinition } from '../../schema/index.ts';

/** As the registry gives it. */
const xcriCap = behindDoor(unguarded);

const FILE = new URL('../../../shared/feeds/xcri/validator/ou-conversion.xml', import.meta.url);
const source = SourceDefinition.parse({
  id: 'ou',
  title: 'OU',
  format: 'xcri-cap',
  url: 'https://ou.example/',
  publisher: 'OU',
  licence: 'none stated',
  defaults: { language: 'en' },
});

async function harvest(file: URL) {
  const page: Page = { url: 'file:///x', source, envelope: {} };
  const credentials: Credential[] = [];
  const providers = new Map<string, Provider>();
  const problems: Problem[] = [];
  let faults = 0;
  for await (const item of xcriCap.records(createReadStream(file), page)) {
    if (isFault(item)) {
      faults++;
      continue;
    }
    const result = xcriCap.normalise(item.raw, source, item.identifier, []);
    if ('rejection' in result || !result.credential) faults++;
    else {
      credentials.push(result.credential);
      problems.push(...result.problems);
      for (const provider of result.providers) providers.set(provider.id, provider);
    }
  }
  return { credentials, providers: [...providers.values()], problems, faults };
}

// The values below were read in the file itself, the counts taken with an independent parser; the code names the course.
describe.skipIf(!existsSync(FILE))('Open University, XCRI-CAP 1.2 (needs ../shared/feeds)', async () => {
  const { credentials, providers, problems, faults } = existsSync(FILE)
    ? await harvest(FILE)
    : { credentials: [], providers: [], problems: [], faults: 0 };
  const course = (code: string): Credential => {
    const found = credentials.find((c) => c.alternates.includes(code));
    if (!found) throw new Error(`no course ${code}`);
    return found;
  };

  test('965 courses, 1,034 presentations, all in and valid', () => {
    expect(faults).toBe(0);
    expect(new Set(credentials.map((c) => c.id)).size).toBe(965);
    const runs = credentials.flatMap((c) => c.opportunities);
    expect(runs).toHaveLength(1034);
    expect(new Set(runs.map((o) => o.id)).size).toBe(1034);
    for (const credential of credentials) Credential.parse(credential);
    for (const provider of providers) Provider.parse(provider);
  });

  test('counts that the file gives', () => {
    const runs = credentials.flatMap((c) => c.opportunities);
    expect(runs.filter((o) => o.startDate)).toHaveLength(678);
    expect(runs.filter((o) => o.startText)).toHaveLength(356);
    expect(runs.filter((o) => o.durationText === 'Variable')).toHaveLength(168);
    expect(credentials.filter((c) => c.assessment.state === 'stated')).toHaveLength(346);
    expect(credentials.filter((c) => c.prerequisites.state === 'stated')).toHaveLength(608);
    expect(credentials.filter((c) => c.learningOutcomes.state === 'stated')).toHaveLength(496);
    expect(credentials.filter((c) => c.opportunities.length === 0)).toHaveLength(69);
    expect(problems.filter((p) => p.rule === 'zero-credits')).toHaveLength(198);
    expect(providers.map((p) => [p.identifier, p.locality])).toEqual([['http://www.open.ac.uk/', 'Milton Keynes']]);
    expect(credentials.flatMap((c) => c.fields.value ?? [])).toHaveLength(3519);
  });

  test('A150, Voices and texts', () => {
    const c = course('A150');
    expect(c.identifier).toBe('http://www3.open.ac.uk/study/undergraduate/course/a150.htm');
    expect(c.title.value).toEqual([{ language: 'en', value: 'Voices and texts' }]);
    expect(c.awardingBody.value?.[0]?.name?.[0]?.value).toBe('The Open University');
    expect(c.fields.value?.[0]).toEqual({
      scheme: 'JACS3',
      code: 'Q300',
      text: [{ language: 'en', value: 'English studies' }],
    });
    expect(c.fields.value?.[4]).toEqual({ text: [{ language: 'en', value: 'Arts and Humanities' }] });
    expect(c.workload.value?.credits).toEqual([
      { scheme: 'The Open University', value: 30, level: '1' },
      { scheme: 'SCQF', value: 30, level: '7' },
    ]);
    expect(c.level.value?.text?.[0]?.value).toBe('Undergraduate');
    expect(c.level.value?.nqf).toEqual({ country: 'GB', framework: 'SCQF', level: '7' });
    expect(c.level.derived?.value.eqf).toBe(5);
    expect(c.opportunities.map((o) => o.id)).toEqual(['A1502012K', 'A1502013J']);
    expect(c.opportunities[1]).toMatchObject({
      startDate: '2013-10-05',
      endDate: '2014-03-31',
      applicationStart: '2012-03-27',
      applicationDeadline: '2013-02-14',
      durationText: '5 months (approx)',
      pace: 'part-time',
      participationText: 'Distance without attendance',
      languages: ['en'],
      url: 'http://www.open.ac.uk/study/',
    });
    expect(c.opportunities[0]?.prices?.map((p) => [p.amount, p.currency, p.audience])).toEqual([
      [1250, 'GBP', 'Ireland fee'],
      [1250, 'GBP', 'Continental Europe fee'],
    ]);
  });

  test('Y186 has five runs, A815 prices by region, EE880 a price that is not yet known', () => {
    expect(course('Y186').opportunities).toHaveLength(5);
    expect(course('Y186').opportunities[0]?.prices?.map((p) => p.amount)).toEqual([195, 610]);
    expect(course('A815').opportunities[0]?.prices?.map((p) => p.amount)).toEqual([4230, 4550]);
    expect(course('A815').level.derived?.value.eqf).toBe(7);
    expect(course('EE880').opportunities[0]?.prices).toEqual([{ text: 'Continental Europe fee: Not yet known' }]);
    expect(course('EE880').furtherInformation.value?.text?.[0]?.value).toMatch(
      /^This course provides evidence of the continuing/,
    );
    expect(course('EE880').description.value?.[0]?.value).not.toContain('This course provides evidence');
  });

  test('B01 is a degree by its title only, with a start in words', () => {
    const c = course('B01');
    expect(c.kind.value).toEqual({ text: [{ language: 'en', value: 'BA (Honours) History' }] });
    expect(c.kind.derived).toMatchObject({ value: { code: 'degree' }, origin: { rule: 'uk-qualification-title' } });
    expect(c.opportunities[0]?.startText).toMatch(/^OU qualifications have up to three start points/);
    expect(c.opportunities[0]?.prices).toEqual([{ text: 'Costs are paid per unit not per qualification.' }]);
  });

  test('what the file does not say stays unsaid', () => {
    // Credits of the OU, SCQF or CATS are not ECTS, of no course.
    expect(credentials.filter((c) => c.workload.value?.ects !== undefined)).toEqual([]);
    // "20-week course" in a description and "6 months (approx)" are no ISO durations and no hours.
    expect(credentials.filter((c) => c.workload.value?.hours !== undefined || c.workload.value?.duration)).toEqual([]);
    expect(credentials.flatMap((c) => c.opportunities).filter((o) => o.duration)).toEqual([]);
    // Distance learning is not said to be online.
    expect(credentials.filter((c) => c.participation.value?.codes.length)).toEqual([]);
    // The address names a town and no country.
    expect(credentials.filter((c) => c.issuerCountry.state !== 'not-stated')).toEqual([]);
    expect(providers[0]?.country).toBeUndefined();
    // Nobody says anything of quality assurance, supervision, stacking or grades.
    for (const element of ['qualityAssurance', 'supervision', 'stackability', 'skills', 'occupations'] as const) {
      expect(credentials.filter((c) => c[element].state !== 'not-stated')).toEqual([]);
    }
    expect(credentials.filter((c) => c.grade.state !== 'at-issuance' || c.issueDate.state !== 'at-issuance')).toEqual(
      [],
    );
    // "May lead to a variety of qualifications" is no kind: not of A150, nor of the other 529.
    expect(course('A150').kind.state).toBe('not-stated');
    expect(credentials.filter((c) => c.kind.state === 'not-stated')).toHaveLength(530 + 79);
    // An empty level is no level, OU level "M" and "0" no level of a framework.
    expect(course('B01').workload.value?.credits).toEqual([{ scheme: 'The Open University', value: 360 }]);
    expect(course('B01').level.value?.nqf).toBeUndefined();
    expect(course('B01').level.derived).toBeUndefined();
    expect(course('GA028').level.value).toEqual({ text: [{ language: 'en', value: 'Course Certificate' }] });
    expect(course('GA028').level.derived).toBeUndefined();
    expect(course('GA028').opportunities).toEqual([]);
    expect(course('GA028').assessment.state).toBe('not-stated');
    expect(course('GA028').learningOutcomes.state).toBe('not-stated');
    expect(course('A815').learningOutcomes.state).toBe('not-stated');
    expect(course('A815').assessment.state).toBe('not-stated');
    expect(course('B01').opportunities[0]?.startDate).toBeUndefined();
    expect(course('B01').opportunities[0]?.prices?.[0]?.amount).toBeUndefined();
    expect(course('EE880').opportunities[0]?.prices?.[0]?.currency).toBeUndefined();
    // JACS and LDCS codes are not ISCED.
    expect(credentials.flatMap((c) => c.fields.value ?? []).filter((f) => f.isced)).toEqual([]);
    // "Undergraduate" is not a cycle of the QF-EHEA.
    expect(credentials.filter((c) => c.level.value?.cycle || c.level.derived?.value.cycle)).toEqual([]);
    expect(JSON.stringify(providers)).not.toMatch(/3006090|general-enquiries/);
  });

  test('the shorter example: XHTML flattened, the year 1900 is no date', async () => {
    const example = await harvest(new URL('ou-example.xml', FILE));
    expect(example.credentials.map((c) => c.opportunities.length)).toEqual([3, 1]);
    expect(example.credentials[0]?.assessment.value?.text?.[0]?.value).toMatch(
      /entirely your choice\.\n+The second TMA/,
    );
    expect(example.credentials[0]?.opportunities[0]?.prices?.map((p) => [p.audience, p.amount])).toEqual([
      ['UK fee', 155],
      ['Ireland fee', 340],
      ['Continental Europe fee', 385],
    ]);
    expect(example.credentials[1]?.identifier).toBe('B01');
    expect(example.credentials[1]?.opportunities[0]?.startDate).toBeUndefined();
    expect(example.problems.map((p) => p.rule)).toContain('placeholder-date');
  });
});

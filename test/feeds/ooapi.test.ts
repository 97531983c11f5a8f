import { createReadStream, existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { isFault, type Page, type RecordFault } from '../../crawler/format.ts';
import { ooapi as unguarded } from '../../crawler/formats/ooapi/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { Credential, type Problem, type Provider, SourceDefinition } from '../../schema/index.ts';

/** As the registry gives it. */
const ooapi = behindDoor(unguarded);

const FEEDS = new URL('../../../shared/feeds/ooapi/', import.meta.url);
const PAGES = [1, 2, 3, 4, 5, 6].map((n) => new URL(`wur-v5-pages/courses-page-${n}.json`, FEEDS));

const source = SourceDefinition.parse({
  id: 'wur',
  title: 'Courses',
  format: 'ooapi',
  url: 'https://wur.example/v5/courses?pageSize=250',
  publisher: 'test',
  licence: 'unknown',
});

interface Read {
  credentials: Credential[];
  providers: Provider[];
  problems: Problem[];
  faults: RecordFault[];
  pages: Page[];
}

async function read(files: readonly URL[]): Promise<Read> {
  const out: Read = { credentials: [], providers: [], problems: [], faults: [], pages: [] };
  for (const [n, file] of files.entries()) {
    const page: Page = { url: `https://wur.example/v5/courses?pageSize=250&pageNumber=${n + 1}`, source, envelope: {} };
    const main = new Map<string, unknown>();
    const parts = new Map<string, unknown[]>();
    for await (const item of ooapi.records(createReadStream(fileURLToPath(file)), page)) {
      if (isFault(item)) out.faults.push(item);
      else if (item.part) parts.set(item.identifier, [...(parts.get(item.identifier) ?? []), item.raw]);
      else main.set(item.identifier, item.raw);
    }
    for (const [identifier, raw] of main) {
      const result = ooapi.normalise(raw, source, identifier, parts.get(identifier) ?? []);
      out.problems.push(...result.problems);
      if ('rejection' in result) out.faults.push({ rejection: result.rejection });
      else {
        out.providers.push(...result.providers);
        if (result.credential) out.credentials.push(result.credential);
      }
    }
    out.pages.push(page);
  }
  return out;
}

describe.skipIf(PAGES.some((file) => !existsSync(file)))(
  '1,451 real courses in six OOAPI v5 pages (needs ../shared/feeds)',
  () => {
    let all: Read;
    const by = (title: string): Credential => {
      const found = all.credentials.find((c) => c.title.value?.[0]?.value === title);
      if (!found) throw new Error(`no course "${title}"`);
      return found;
    };
    const outcomes = (title: string) => by(title).learningOutcomes.value?.map((outcome) => outcome.text[0]?.value);

    beforeAll(async () => {
      all = await read(PAGES);
    }, 60_000);

    test('all of them, none refused, nothing doubtful', () => {
      expect(all.credentials).toHaveLength(1451);
      expect(new Set(all.credentials.map((c) => c.id)).size).toBe(1451);
      expect(all.faults).toEqual([]);
      // Reading lists and the like are named once a record, and that is all there is to say of these feeds.
      expect(new Set(all.problems.map(({ rule, severity }) => `${severity} ${rule}`))).toEqual(
        new Set(['info not-mapped', 'info personal-data']),
      );
    });

    test('each is a valid record', () => {
      for (const c of all.credentials) Credential.parse(c);
    });

    test('five pages lead to the next, the sixth to none', () => {
      const next = all.pages.map((page) => ooapi.next?.(page, 250).map((request) => request.url));
      expect(next[0]).toEqual(['https://wur.example/v5/courses?pageSize=250&pageNumber=2']);
      expect(next[4]).toEqual(['https://wur.example/v5/courses?pageSize=250&pageNumber=6']);
      expect(next[5]).toEqual([]);
    });

    test('counts: what the files state, no more', () => {
      const count = (
        name: 'learningOutcomes' | 'description' | 'assessment' | 'prerequisites' | 'furtherInformation' | 'languages',
      ) => all.credentials.filter((c) => c[name].state === 'stated').length;
      expect(count('languages')).toBe(1451);
      expect(count('learningOutcomes')).toBeGreaterThan(1170); // 1,192 have the member; some hold only markup
      expect(count('learningOutcomes')).toBeLessThanOrEqual(1192);
      expect(count('description')).toBeGreaterThan(1200);
      expect(count('description')).toBeLessThanOrEqual(1223);
      expect(count('assessment')).toBeLessThanOrEqual(1215);
      expect(count('prerequisites')).toBeLessThanOrEqual(1030);
    });

    test('no markup, no carriage return, no entity in any text', () => {
      const texts = all.credentials.flatMap((c) => [
        ...(c.title.value ?? []),
        ...(c.description.value ?? []),
        ...(c.prerequisites.value ?? []),
        ...(c.assessment.value?.text ?? []),
        ...(c.learningOutcomes.value ?? []).flatMap((outcome) => outcome.text),
      ]);
      expect(texts.length).toBeGreaterThan(5000);
      for (const { value } of texts) {
        expect(value).not.toMatch(/<\/?(?:br|p|span|li|ul|b|strong)\b[^>]*>|\r|&(?:nbsp|amp|lt|gt|quot|#\d+);|<!--/i);
        expect(value).toBe(value.trim());
      }
    });

    test('never stated, though naive code would invent it', () => {
      for (const c of all.credentials) {
        expect(c.level, 'level "undefined" is a filler').toEqual({ state: 'not-stated' });
        expect(c.workload, 'there is no studyLoad').toEqual({ state: 'not-stated' });
        expect(c.participation, 'there is no modeOfDelivery').toEqual({ state: 'not-stated' });
        expect(c.awardingBody, 'there is no organization').toEqual({ state: 'not-stated' });
        expect(c.offeredBy).toEqual({ state: 'not-stated' });
        expect(c.issuerCountry, 'a Dutch feed does not state a country').toEqual({ state: 'not-stated' });
        expect(c.qualityAssurance).toEqual({ state: 'not-stated' });
        expect(c.supervision).toEqual({ state: 'not-stated' });
        expect(c.stackability).toEqual({ state: 'not-stated' });
        expect(c.fields).toEqual({ state: 'not-stated' });
        expect(c.costs).toEqual({ state: 'not-stated' });
        expect(c.issueDate).toEqual({ state: 'at-issuance' });
        expect(c.kind.value, 'a course without a mark is no micro-credential').toEqual({ code: 'course' });
        expect(c.opportunities, 'no offerings were given').toEqual([]);
        expect(c.alternates, 'a bare number identifies nothing elsewhere').toEqual([
          expect.stringMatching(/^code:wur:\d+$/),
        ]);
        expect(c.url).toBeUndefined();
        expect(c.conformance.smallVolume.answer).toBe('unknown');
        expect(c.conformance.qualityAssured.answer).toBe('unknown');
      }
    });

    test('Economics and Governance of Energy Transitions', () => {
      const c = by('Economics and Governance of Energy Transitions');
      expect(c.identifier).toBe('5374e965-92e3-554e-9fbe-ce590640dd67');
      expect(c.title.value).toEqual([{ language: 'en-GB', value: 'Economics and Governance of Energy Transitions' }]);
      expect(c.languages).toEqual({ state: 'stated', value: ['en'], origin: { path: '/teachingLanguage' } });
      expect(c.description.value?.[0]?.value).toMatch(
        /^THIS COURSE WILL BE GIVEN FOR THE FIRST TIME IN ACADEMIC YEAR 2020\/21\.\nSustainable energy is/,
      );
      expect(c.assessment.value?.text?.[0]?.value).toMatch(
        /^- exam \(30%\);\n- group assignments \(20%\);\n- individual paper \(50%\)\.\nTo pass/,
      );
      expect(c.assessment.value?.codes).toEqual([]);
      expect(c.prerequisites.value?.[0]?.value).toMatch(/^AEP-21306 Econometrics\nENR-20306 Environmental Economics/);
      expect(c.furtherInformation).toEqual({ state: 'not-stated' });
      expect(outcomes('Economics and Governance of Energy Transitions')).toEqual([
        'apply advanced economic and governance theories to energy transitions',
        'collect, analyse and interpret relevant information in the field of economics and governance related to energy transitions',
        'apply qualitative and quantitative economic and governance analysis methods to energy transitions',
        'design and evaluate potential policy interventions',
        'reflect on the usefulness of integrating economic and governance theories.',
      ]);
    });

    test('outcomes without the lead-in, one an outcome', () => {
      expect(outcomes('Agroecological Cropping Practices')).toHaveLength(2);
      expect(outcomes('Tourism Destination Management')).toHaveLength(5);
      expect(outcomes('Tourism Destination Management')?.[0]).toBe('understand the concept of tourism destination');
      expect(outcomes('Field Robot Design')).toEqual([
        'create effective and robust robotic solutions to fulfil common field robot tasks',
        'apply state-of-the-art robotic perception, modelling, and actuation algorithms',
        'use project management, teamwork, and public relation skills, in order to reach the project goals',
        'understand the challenges of hardware and software development in real-world environments.',
      ]);
      expect(outcomes('Bio-organic Chemistry for Life Sciences')).toHaveLength(5);
      expect(outcomes('Introduction to Soil Geography')).toHaveLength(3);
      expect(outcomes('Software Engineering')?.[1]).toBe('write a software specification using UML');
      expect(outcomes('Software Engineering')).toHaveLength(7);
      expect(outcomes('Tutoraat Religiewetenschappen Basis')).toHaveLength(1);
      expect(outcomes('Food Engineering')).toHaveLength(4);
    });

    test('what is stated in others', () => {
      expect(by('Agroecological Cropping Practices').prerequisites.value?.[0]?.value).toBe(
        'The courses of the first year of MOA specialization',
      );
      expect(by('Field Robot Design').prerequisites.value?.[0]?.value).toBe('FTE-27306 Sensor Technology');
      expect(by('Bio-organic Chemistry for Life Sciences').assessment.value?.text?.[0]?.value).toBe(
        'Multiple-choice exam. The exam will be in English.',
      );
      expect(by('Vakdidactiek Aardrijkskunde 1').assessment.value?.text?.[0]?.value).toBe('Test');
      expect(by('Postharvest Physiology').prerequisites.value?.[0]?.value).toBe('Basic Plant Physiology.');
      expect(by('Bacheloreindwerkstuk KI').furtherInformation.value?.text).toEqual([
        { language: 'en-GB', value: 'Osiris' },
      ]);
      expect(
        by('Ges-Verbeelding van wereldrijken').title.value?.[0]?.language,
        'Dutch tagged as English is not tagged anew',
      ).toBe('en-GB');
    });

    test('what is missing in single records stays missing', () => {
      const internship = by('MSc Internship Urban Economics');
      for (const name of [
        'description',
        'learningOutcomes',
        'assessment',
        'prerequisites',
        'furtherInformation',
      ] as const) {
        expect(internship[name], name).toEqual({ state: 'not-stated' });
      }
      expect(internship.conformance.outcomesStated.answer).toBe('unknown');
      expect(internship.conformance.assessed.answer).toBe('unknown');
      expect(by('Bacheloreindwerkstuk KI').learningOutcomes).toEqual({ state: 'not-stated' });
      expect(by('Tourism Destination Management').prerequisites).toEqual({ state: 'not-stated' });
      expect(by('Bio-organic Chemistry for Life Sciences').prerequisites).toEqual({ state: 'not-stated' });
      expect(by('Introduction to Soil Geography').furtherInformation).toEqual({ state: 'not-stated' });
    });
  },
);

const QUICKSTART = new URL('quickstart-unita/', FEEDS);
describe.skipIf(!existsSync(QUICKSTART))('demonstration data of the quick start (needs ../shared/feeds)', () => {
  const file = (name: string) => new URL(name, QUICKSTART);

  test('a single course', async () => {
    const { credentials, problems } = await read([file('src/main/resources/3-Course.json')]);
    const [c] = credentials;
    expect(c?.workload.value).toEqual({ ects: 6 });
    expect(c?.level).toMatchObject({
      value: { text: [{ value: 'bachelor' }] },
      derived: { value: { eqf: 6, cycle: 'first' } },
    });
    expect(c?.level.value?.eqf).toBeUndefined();
    expect(c?.participation.value?.codes).toEqual(['presential', 'online']);
    expect(c?.languages.value).toEqual(['es']);
    expect(c?.stackability.state, 'an alliance without microcredential promises none').toBe('not-stated');
    expect(c?.kind.value?.code).toBe('course');
    expect(c?.issuerCountry.state, 'the place of teaching is not the country of the issuer').toBe('not-stated');
    expect(problems.map(({ rule, found }) => [rule, found])).toEqual([
      // It has no offering that the place could be of.
      ['not-mapped', 'Mayor 10, Classroom location, 31001, Pamplona'],
      ['not-mapped', expect.stringMatching(/^firstStartDate, resources, consumers\/alliances\/enrollmentForGuests, /)],
      // `title='Criterios Generales de los candidatos.'` in a link
      ['personal-data', '3 × attribute of markup'],
    ]);
  });

  test('an organisation gives a provider only; an offering alone gives nothing', async () => {
    const organisation = await read([file('src/main/resources/1-Organization.json')]);
    expect(organisation.credentials).toEqual([]);
    expect(organisation.providers).toMatchObject([{ country: 'NL', locality: 'Amsterdam' }]);
    const offering = await read([file('src/main/resources/4-Offering.json')]);
    expect(offering.credentials).toEqual([]);
  });

  test('a programme with values copied from the specification', async () => {
    const { credentials, problems } = await read([file('program-demo04.json')]);
    const [c] = credentials;
    expect(c?.kind.value?.code).toBe('degree');
    expect(c?.level.value?.eqf).toBe(4);
    expect(c?.workload.value).toEqual({ ects: 131 });
    expect(c?.learningOutcomes.value).toHaveLength(4);
    // Its code in a register of kinds of programmes (twice), its pace and place (it has no runs), and what nobody reads.
    expect(problems.map(({ rule, path }) => `${rule} ${path}`)).toEqual([
      'not-mapped /primaryCode',
      'not-mapped /otherCodes/0',
      'specification-example /duration',
      'not-mapped /modeOfStudy',
      'not-mapped /addresses',
      'not-mapped ',
    ]);
  });
});

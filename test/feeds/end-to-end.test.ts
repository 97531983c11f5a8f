import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runCli, startCli, temporaryFolder } from '../support/cli.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';

const feeds = fileURLToPath(new URL('../../../shared/feeds/', import.meta.url));
const PORT = 4392;

interface Connection {
  totalCount: number;
  edges: { node: Record<string, never> }[];
}

const FIELDS =
  'title { text language } kind { state } level { state eqf } workload { state ects hours credits { scheme value } } awardingBody { state } participation { state } ' +
  'assessment { state } learningOutcomes { state outcomes { text } } qualityAssurance { state } fields { state } prerequisites { state } ' +
  'opportunities { startDate endDate prices { amount currency } }';

const not = { state: 'NOT_STATED' };
const stated = { state: 'STATED' };
const derived = { state: 'DERIVED' };
/** One file a format: what a person reads in it, and what it does not say although one might think so. */
const FILES: {
  format: string;
  file: string;
  run: Record<string, unknown> & { created: number };
  bodies?: number;
  records: Record<string, object>;
}[] = [
  {
    format: 'open-badges',
    file: 'badges/edubadges/ob2.badgeclass.real.json',
    run: { state: 'complete', created: 1 },
    // Criteria say how it is earned; that is no assessment, and a badge of no level has none.
    records: {
      'Edubadge account complete': {
        awardingBody: stated,
        learningOutcomes: stated,
        level: not,
        workload: not,
        assessment: not,
      },
    },
  },
  {
    format: 'cdm-fr',
    file: 'cdm-fr/profetes-program-cdm.xml',
    run: { state: 'complete', created: 1 },
    // A degree is 180 credits, but nobody says so here; who teaches is not who awards.
    records: {
      'Licence Anglais': {
        title: { language: 'fr-FR' },
        level: stated,
        awardingBody: derived,
        prerequisites: stated,
        workload: not,
        assessment: not,
      },
    },
  },
  {
    format: 'ehis',
    file: 'ehis-ee/ehis-mikrokvalifikatsioon.first10.json',
    // The page says that there are 450: ten do not prove what is gone.
    run: { state: 'incomplete', created: 10, reason: 'the feed says it has 450 records, its pages gave 10' },
    records: {
      'Choose Data Analytics!': {
        workload: { ects: 7 },
        qualityAssurance: stated,
        awardingBody: derived,
        level: not,
        participation: not,
      },
      Entrepreneurship: { workload: { ects: 15 }, assessment: not, prerequisites: not },
    },
  },
  {
    format: 'elm',
    file: 'elm/loq/AUTHORED-microcredential-loq.ttl',
    run: { state: 'complete', created: 2 },
    // One of the two is an organisation.
    bodies: 1,
    records: {
      'Digital micro-credential creation': {
        level: { eqf: 6 },
        workload: { ects: 2, hours: 60 },
        kind: derived,
        prerequisites: not,
        opportunities: [{ startDate: '2026-02-01', endDate: '2026-03-01', prices: [{ amount: 150, currency: 'EUR' }] }],
      },
    },
  },
  {
    format: 'elm',
    file: 'elm/edc/Sample-MC-Annex1-signed.jsonld',
    run: { state: 'complete', created: 1 },
    // A credential: what it says of its specification, nothing of its holder.
    records: {
      'Digital micro-credential creation': {
        level: { eqf: 6 },
        workload: { ects: 2 },
        kind: stated,
        qualityAssurance: not,
        opportunities: [],
      },
    },
  },
  {
    format: 'emil',
    file: 'emil/emil3-fixtures-fuzzymcp/educationInfos.json',
    run: { state: 'complete', created: 2 },
    records: {
      'Elektronik för ingenjörer': { workload: { ects: 7.5 }, level: not, awardingBody: not },
      // 400 points of vocational higher education are no ECTS.
      'Yrkesteknisk produktionsledare': {
        workload: { ects: null, credits: [{ scheme: 'yh', value: 400 }] },
        level: { state: 'STATED', eqf: null },
      },
    },
  },
  {
    format: 'konfo',
    file: 'finland-konfo/koulutus-ajoneuvoalan-perustutkinto.json',
    run: { state: 'complete', created: 1 },
    // Competence points of vocational education are no ECTS.
    records: {
      'Ajoneuvoalan perustutkinto': {
        level: { eqf: 4 },
        workload: { ects: null, credits: [{ scheme: 'osp', value: 180 }] },
        awardingBody: not,
        learningOutcomes: not,
      },
    },
  },
  {
    format: 'openqcat',
    file: 'germany-kursnet/Sample_XML_KursNet.xml',
    run: { state: 'complete', created: 1 },
    records: {
      trimester: {
        kind: stated,
        prerequisites: stated,
        workload: not,
        level: not,
        learningOutcomes: not,
        qualityAssurance: not,
      },
    },
  },
  {
    format: 'lheo',
    file: 'lheo/edof-mcf/edof-catalogue-v7r0-excerpt.xml',
    run: { state: 'complete', created: 1 },
    records: {
      "L'intitulé de la formation": {
        // Hours in the centre are a part of the hours only; the level of entry is none of the outcome.
        workload: { ects: null, hours: null, credits: [{ scheme: 'heures en centre', value: 21 }] },
        level: not,
        assessment: not,
        opportunities: [
          { startDate: '2027-01-01', endDate: '2027-12-01', prices: [{ amount: 600.6, currency: 'EUR' }] },
        ],
      },
    },
  },
  {
    format: 'emg-xml',
    file: 'other/emg-xml/samples/3.0/course-sample.xml',
    run: { state: 'complete', created: 13 },
    records: {
      // 180 credits of no named scheme are no ECTS; a course with nothing but a name says nothing else.
      'Course 03': { workload: { ects: null, credits: [{ scheme: 'not named', value: 180 }] }, level: not },
      'Minimal course': { workload: not, assessment: not, awardingBody: not, opportunities: [] },
    },
  },
  {
    format: 'ewp-courses',
    file: 'other/ewp-courses/response-example.xml',
    run: { state: 'complete', created: 2 },
    records: {
      'Introductory calculus': {
        workload: { ects: 15, hours: null },
        level: { state: 'STATED', eqf: null },
        assessment: not,
      },
      'Political science, main subject': { workload: not, level: not, awardingBody: not, opportunities: [] },
    },
  },
  {
    format: 'occapi',
    file: 'other/occapi/data/v1/hei/domain.tld/course/aabbccdd-eeff-1122-3344-556677889900/index.json',
    run: { state: 'complete', created: 1 },
    // The level of the programmes that it is in is not stated of the course, and half of a year is no run.
    records: {
      'Example Course': {
        workload: { ects: 6 },
        level: { state: 'DERIVED' },
        qualityAssurance: not,
        opportunities: [],
      },
    },
  },
  {
    format: 'rncp',
    file: 'rncp/csv-sample-2024-02-22/export_fiches_CSV_Standard_2024_02_22.csv',
    run: { state: 'complete', created: 9 },
    records: {
      // Of the RS: no level, whatever number stands in its title.
      'Exploiter la blockchain dans le développement d’applications': { level: not, kind: not, workload: not },
      "Chef de projet commercial pour l'agroalimentaire": {
        level: { state: 'STATED', eqf: null },
        learningOutcomes: not,
      },
    },
  },
];

/** Real feeds, through `credatlas harvest` into a catalogue that is being served, then asked by GraphQL. */
describe.skipIf(!existsSync(feeds))('real feeds, end to end (needs ../shared/feeds)', () => {
  const folder = temporaryFolder();
  const env = { DATA_DIR: join(folder.path, 'data'), PORT: String(PORT), EXAMPLES: 'off' };
  let server: Awaited<ReturnType<typeof startCli>>;
  let provider: FeedServer;

  beforeAll(async () => {
    server = await startCli(['serve'], env, /Stop with Ctrl-C/);
    provider = await createFeedServer();
  }, 60_000);
  afterAll(async () => {
    await server?.stop();
    await provider?.close();
    folder.remove();
  });

  const harvest = async (...args: string[]) => (await runCli(['harvest', ...args, '--json'], env)).last();
  const search = async (filter: string, fields: string, first = 1): Promise<Connection> => {
    const response = await fetch(`http://127.0.0.1:${PORT}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: `{ search(${filter}, first: ${first}) { totalCount edges { node { ${fields} } } } }`,
      }),
    });
    const { data, errors } = (await response.json()) as { data: { search: Connection }; errors?: unknown };
    expect(errors).toBeUndefined();
    return data.search;
  };

  test('Wageningen: 1,451 courses behind a paging server', async () => {
    for (let n = 1; n <= 6; n++) {
      const body = readFileSync(join(feeds, `ooapi/wur-v5-pages/courses-page-${n}.json`));
      provider.routes[n === 1 ? '/v5/courses' : `/v5/courses?pageNumber=${n}`] = body;
      provider.routes[`/v5/courses?pageSize=250&pageNumber=${n}`] = body;
    }
    const url = `${provider.origin}/v5/courses?pageSize=250&pageNumber=1`;
    const run = await harvest(url, '--source', 'wur', '--allow-loopback');
    expect(run).toMatchObject({
      format: 'ooapi',
      state: 'complete',
      seen: 1451,
      created: 1451,
      rejected: 0,
      requests: 6,
    });
    const all = await search('filter: { source: ["wur"] }', 'id');
    expect(all.totalCount).toBe(1451);
    // The filler "undefined" is no level.
    expect((await search('filter: { source: ["wur"], elementStated: [LEVEL] }', 'id')).totalCount).toBe(0);
    const [hit] = (
      await search(
        'text: "Applied Animal Behaviour and Welfare", filter: { source: ["wur"] }',
        'title { text } level { state eqf } workload { state ects } learningOutcomes { outcomes { text language } }',
      )
    ).edges;
    const { outcomes } = (
      hit as never as { node: { learningOutcomes: { outcomes: { text: string; language: string }[] } } }
    ).node.learningOutcomes;
    expect(outcomes[0]).toEqual({
      text: 'explain how feeling and motivation drives behaviour',
      language: 'en-GB',
    });
    expect(outcomes).toHaveLength(13);
    expect(JSON.stringify(outcomes)).not.toMatch(/<|\\r/);
    expect(hit?.node).toMatchObject({
      title: { text: 'Applied Animal Behaviour and Welfare' },
      level: { state: 'NOT_STATED', eqf: null },
      workload: { state: 'NOT_STATED', ects: null },
    });
    const again = await harvest(url, '--source', 'wur', '--allow-loopback');
    expect(again).toMatchObject({ state: 'complete', seen: 1451, created: 0, updated: 0, unchanged: 1451 });
  }, 180_000);

  test('Estonia: 250 entries, Estonian kept as Estonian', async () => {
    const run = await harvest(join(feeds, 'ctdl/estonia-mkval/catalog.jsonld'), '--source', 'mkval');
    expect(run).toMatchObject({ format: 'ctdl', state: 'complete', seen: 250, rejected: 0 });
    const [hit] = (
      await search(
        'text: "Digitaalse toote disain ja arendus", filter: { source: ["mkval"] }',
        'title { text language } workload { state ects } level { state } qualityAssurance { state }',
      )
    ).edges;
    expect(hit?.node).toMatchObject({
      title: { text: 'Digitaalse toote disain ja arendus', language: 'et' },
      workload: { state: 'STATED', ects: 15 },
      level: { state: 'NOT_STATED' },
      qualityAssurance: { state: 'NOT_STATED' },
    });
  }, 120_000);

  test('Open University: 965 courses, 1,034 presentations', async () => {
    const run = await harvest(join(feeds, 'xcri/validator/ou-conversion.xml'), '--source', 'ou');
    expect(run).toMatchObject({ format: 'xcri-cap', state: 'complete', seen: 965, created: 965, rejected: 0 });
    const [hit] = (
      await search(
        'text: "Voices and texts", filter: { source: ["ou"] }',
        'title { text } workload { ects credits { scheme value level } } opportunities { startDate endDate applicationDeadline prices { amount currency } }',
      )
    ).edges;
    expect(hit?.node).toMatchObject({
      title: { text: 'Voices and texts' },
      workload: {
        ects: null,
        credits: [
          { scheme: 'The Open University', value: 30, level: '1' },
          { scheme: 'SCQF', value: 30, level: '7' },
        ],
      },
      opportunities: [
        { startDate: '2012-11-03', endDate: '2013-04-30', applicationDeadline: '2012-10-11' },
        { startDate: '2013-10-05' },
      ],
    });
  }, 120_000);

  test('web pages and snippets: every course found', async () => {
    const nbis = await harvest(join(feeds, 'schemaorg/tess-fixtures/nbis-course-instances.json'), '--source', 'nbis');
    expect(nbis).toMatchObject({ format: 'schema-org', seen: 32 });
    const wild = await harvest(join(feeds, 'schemaorg/in-the-wild/snippets.jsonl'), '--source', 'wild');
    expect(wild).toMatchObject({ format: 'schema-org', seen: 8 });
    const [yoga] = (
      await search(
        'text: "1:1 Yoga: Diabetes focus", filter: { source: ["wild"] }',
        'title { text } level { state } assessment { state } workload { ects }',
      )
    ).edges;
    expect(yoga?.node).toMatchObject({
      level: { state: 'NOT_STATED' },
      assessment: { state: 'NOT_STATED' },
      workload: { ects: null },
    });
  }, 120_000);

  test.each(FILES)(
    '$format: $file',
    async ({ format, file, run, records, bodies = 0 }) => {
      const id = `e2e-${format}-${FILES.findIndex((one) => one.file === file)}`;
      expect(await harvest(join(feeds, file), '--source', id)).toMatchObject({ format, rejected: 0, ...run });
      const all = await search(`filter: { source: ["${id}"] }`, FIELDS, 50);
      expect(all.totalCount).toBe(run.created - bodies);
      const titles = new Map(
        all.edges.map(({ node }) => [(node as unknown as { title: { text: string } }).title.text, node]),
      );
      for (const [title, wanted] of Object.entries(records)) expect(titles.get(title), title).toMatchObject(wanted);
    },
    60_000,
  );
});

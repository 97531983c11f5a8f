import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { isFault, type Page, type RawRecord, type RecordFault } from '../../crawler/format.ts';
import { schemaOrg as unguarded } from '../../crawler/formats/schema-org/index.ts';
import { behindDoor } from '../../crawler/persons/format-door.ts';
import { Credential, SourceDefinition } from '../../schema/index.ts';

/** As the registry gives it. */
const schemaOrg = behindDoor(unguarded);

const FEEDS = new URL('../../../shared/feeds/', import.meta.url);
const source = SourceDefinition.parse({
  id: 'feed',
  title: 'f',
  format: 'schema-org',
  url: '/x',
  publisher: 'p',
  licence: 'l',
});

async function read(body: string | Buffer, url: string) {
  const page: Page = { url, source, envelope: {} };
  const records: RawRecord[] = [];
  const faults: RecordFault[] = [];
  const bytes = Buffer.from(body);
  async function* chunks() {
    for (let i = 0; i < bytes.length; i += 4096) yield bytes.subarray(i, i + 4096);
  }
  for await (const item of schemaOrg.records(chunks(), page)) isFault(item) ? faults.push(item) : records.push(item);
  const results = records.map((record) => {
    const out = schemaOrg.normalise(JSON.parse(JSON.stringify(record.raw)), source, record.identifier, []);
    if ('rejection' in out) return { rejection: out.rejection, rules: [], providers: [] };
    return { c: Credential.parse(out.credential), rules: out.problems.map((p) => p.rule), providers: out.providers };
  });
  return { records, faults, results, next: schemaOrg.next?.(page, records.length) ?? [] };
}
const file = (path: string): Buffer => readFileSync(new URL(path, FEEDS));
const text = (values: { value: string }[] | undefined): string | undefined => values?.[0]?.value;

describe.skipIf(!existsSync(new URL('schemaorg/', FEEDS)))('real schema.org data (needs ../shared/feeds)', () => {
  test('NBIS: 29 runs; the three talks without a type are said, not taken for courses', async () => {
    const { records, faults, results } = await read(
      file('schemaorg/tess-fixtures/nbis-course-instances.json'),
      'file:///nbis-course-instances.json',
    );
    expect(records).toHaveLength(29);
    expect(faults.map(({ rejection }) => [rejection.path, rejection.rule])).toEqual([
      ['/27', 'missing-type'],
      ['/28', 'missing-type'],
      ['/29', 'missing-type'],
    ]);
    expect(new Set(records.map(({ identifier }) => identifier)).size).toBe(29);
    expect(results.every(({ c }) => c?.opportunities.length === 1)).toBe(true);
    const at = (id: string) => results[records.findIndex(({ identifier }) => identifier.endsWith(id))];
    const neural = at('/75565')?.c;
    expect(text(neural?.title.value)).toBe('Neural Networks and Deep Learning');
    expect(neural?.opportunities[0]).toMatchObject({
      startDate: '2023-03-20',
      endDate: '2023-03-24',
      locality: 'Uppsala',
      country: 'SE',
      place: 'SciLifeLab Uppsala - Navet, Husargatan 3, Uppsala',
      pace: 'full-time',
      participation: ['presential'],
      participationText: 'synchronous',
      languages: ['en-GB'],
    });
    expect(at('/69792')?.rules).toContain('stray-quotes'); // “onsite”
    expect(at('/69792')?.c?.opportunities[0]?.participation).toEqual(['presential']);
    expect(at('/71987')?.c?.opportunities[0]?.region).toBe('Stockholm');
    expect(at('/73110')?.c?.opportunities[0]).not.toHaveProperty('place'); // connection details are no place
    expect(at('programming-formalisms/')?.c?.url).toBe(
      'https://www.uppmax.uu.se/support/courses-and-workshops/programming-formalisms/',
    );
    const withoutUrl = at('#workshop-on-plotting-in-r-2021-09-08')?.c;
    expect(withoutUrl?.url).toBeUndefined(); // url and @id are ""
    // Naive code invents these: the venue's country as the issuer's, weeks of a run as workload, a provider, …
    for (const { c } of results) {
      expect(c?.issuerCountry.state).toBe('not-stated');
      expect(c?.workload.state).toBe('not-stated');
      expect(c?.awardingBody.state).toBe('not-stated');
      expect(c?.offeredBy.state).toBe('not-stated');
      expect(c?.learningOutcomes.state).toBe('not-stated');
      expect(c?.level.state).toBe('not-stated');
      expect(c?.costs.state).toBe('not-stated');
    }
  });

  test('TeSS pages are learning resources: no course in them', async () => {
    for (const name of ['gtn_slides-introduction.html', 'hsftraining_python-novice-inflammation.html']) {
      const { records, faults } = await read(file(`schemaorg/tess-fixtures/${name}`), `https://host.example/${name}`);
      expect([records.length, faults.length]).toEqual([0, 0]);
    }
  });

  test('TeSS sitemaps', async () => {
    const gtn = await read(
      file('schemaorg/tess-fixtures/gtn_sitemap.xml'),
      'https://training.galaxyproject.org/sitemap.xml',
    );
    expect(gtn.next).toHaveLength(6);
    expect(gtn.next[0]).toEqual({
      url: 'https://training.galaxyproject.org/training-material/topics/introduction/slides/introduction.html',
      role: 'page',
      modified: '2022-11-09T11:22:14+00:00',
    });
    expect((await read(file('schemaorg/tess-fixtures/hsftraining_sitemap.txt'), 'file:///s.txt')).next).toHaveLength(3);
    expect(
      (await read(file('schemaorg/tess-fixtures/sitemaps/sitemap.xml'), 'http://mytess.training/sitemap.xml')).next,
    ).toHaveLength(8);
    expect(
      (
        await read(
          file('schemaorg/tess-fixtures/sitemaps/plants.mytess.training/sitemap.xml'),
          'http://plants.mytess.training/s.xml',
        )
      ).next,
    ).toHaveLength(5);
  });

  test('in the wild: eight shapes, seven records and one template', async () => {
    const { records, faults, results } = await read(
      file('schemaorg/in-the-wild/snippets.jsonl'),
      'file:///snippets.jsonl',
    );
    expect([records.length, faults.length]).toEqual([8, 0]);
    const [italian, yoga, ekuzo, vtc, japan, pega, bba, residue] = results;
    expect(residue?.rejection?.rule).toBe('template-residue');

    expect(records[0]?.identifier).toBe('https://www.aprende-idiomas.com/italiano-inicial/');
    expect(italian?.c?.languages).toMatchObject({ state: 'stated', value: ['es'] });
    expect(italian?.c?.level.value).toEqual({ text: [{ language: 'und', value: 'Beginner (A1)' }] }); // no EQF, no CEFR
    expect(italian?.c?.opportunities[0]?.hours).toBe(40);
    expect(italian?.c?.workload).toMatchObject({ state: 'derived', value: { hours: 40 } });
    expect(italian?.c?.fields.value).toHaveLength(4);
    expect(text(italian?.c?.learningOutcomes.value?.[0]?.text)).toBe('Italiano');
    expect(italian?.providers[0]).toMatchObject({ url: 'https://www.aprende-idiomas.com/' });
    expect(italian?.c?.assessment.state).toBe('not-stated'); // "certificado oficial" in the description is no assessment
    expect(italian?.c?.certificationFormat.state).toBe('not-stated');

    expect(yoga?.c?.url).toBeUndefined(); // "..."
    expect(yoga?.c?.description.state).toBe('not-stated'); // "..."
    expect(yoga?.c?.costs.state).toBe('not-stated');
    expect(yoga?.providers[0]).toMatchObject({ alternates: [] }); // sameAs is a page, not the body
    expect(yoga?.c?.opportunities[0]?.hours).toBe(1);

    expect(text(ekuzo?.c?.offeredBy.value?.[0]?.name)).toBe('EKUZO'); // by @id
    expect(ekuzo?.c?.participation.value?.codes).toEqual(['blended']);
    expect(text(ekuzo?.c?.level.value?.text)).toBe('K-12');
    expect(ekuzo?.c?.level.value?.eqf).toBeUndefined();

    expect(vtc?.c?.workload).toMatchObject({ state: 'stated', value: { hours: 50 } });
    expect(vtc?.c?.opportunities).toMatchObject([{ place: 'T3P Campus Nice' }]);
    expect(text(vtc?.c?.occupations.value?.[0]?.text)).toBe('Chauffeur VTC');
    expect(text(vtc?.c?.kind.value?.text)).toBe('Carte Professionnelle VTC');
    expect(vtc?.c?.kind.value?.code).toBeUndefined();
    expect(vtc?.c?.offeredBy.state).toBe('not-stated'); // the campus is a venue
    expect(vtc?.c?.issuerCountry.state).toBe('not-stated'); // Nice is in France, but nobody says so

    expect(japan?.c?.workload.value).toEqual({ duration: 'P2W' }); // no hours
    expect(japan?.c?.kind.state).toBe('derived'); // the topic is no credential
    expect(japan?.rules).toContain('credential-is-title');
    expect(japan?.c?.opportunities).toEqual([]);

    expect(pega?.c?.participation.value?.codes).toEqual(['online', 'presential']);
    expect(pega?.c?.workload.value).toEqual({ duration: 'P70D' });
    expect(pega?.rules).toContain('property-not-of-type');
    expect(pega?.c?.kind.value?.code).toBeUndefined();

    expect(bba?.c?.workload.value).toEqual({ duration: 'P3Y' }); // no 180 ECTS
    expect(bba?.c?.kind).toMatchObject({ state: 'stated', derived: { value: { code: 'degree' } } });
    expect(bba?.c?.conformance.smallVolume.answer).not.toBe('yes');
  });

  test('the official examples, one page each', async () => {
    const whole = file('schemaorg/schema.org-examples/sdo-course-examples.txt').toString();
    const example = (id: string, syntax: 'RDFA' | 'JSON') => {
      const block = whole.split(/^TYPES:/m).find((part) => part.includes(`#${id} `)) ?? '';
      return block.split(/^(?:PRE-MARKUP|MICRODATA|RDFA|JSON):$/m)[syntax === 'RDFA' ? 3 : 4] ?? '';
    };
    const at = async (id: string, syntax: 'RDFA' | 'JSON') =>
      (await read(example(id, syntax), 'https://x.example/p')).results;
    for (const syntax of ['RDFA', 'JSON'] as const) {
      const [accounting] = await at('eg-0333', syntax);
      const runs = accounting?.c?.opportunities ?? []; // in JSON the third has no @type
      expect(runs).toHaveLength(3);
      expect(runs.map(({ pace }) => pace).sort()).toEqual(['full-time', 'full-time', 'part-time']);
      expect(runs.map(({ place }) => place).sort()[0]).toBe('Halbeath Campus Dunfermline');
      expect(accounting?.c?.participation.state).toBe('not-stated'); // full-time is pace, not form
      const [proofreading] = await at('eg-0334', syntax);
      expect(proofreading?.c?.opportunities.map(({ prices }) => prices)).toEqual([
        [{ amount: 395, currency: 'GBP' }],
        [{ amount: 440, currency: 'GBP' }],
      ]);
      expect(proofreading?.c?.opportunities[1]?.participation).toEqual(['online']); // "distance learning", as in every format
      const [toolbox] = await at('eg-0337', syntax);
      expect(toolbox?.c?.opportunities[0]?.prices).toEqual([{ amount: 0 }]); // no currency invented
      expect(toolbox?.providers.map(({ name }) => text(name))).toEqual(['Johns Hopkins University']);
      expect(JSON.stringify(toolbox)).not.toContain('Leek');
      const [hnc] = await at('eg-0335', syntax);
      expect(text(hnc?.c?.kind.value?.text)).toBe('Higher National Certificate in Accounting');
      expect(hnc?.c?.level.state).toBe('not-stated');
      const [physics] = await at('eg-0338', syntax);
      expect(physics?.providers[0]?.url).toBe('https://x.example/provider/324/university-of-bristol');
      expect(physics?.c?.issuerCountry.state).toBe('not-stated');
    }
    const [nameless] = await at('eg-0332', 'JSON');
    expect(nameless?.rejection?.rule).toBe('missing-title');
  });

  test('LRMI examples are no courses', async () => {
    for (const name of [
      'LRexample01.jsonld',
      'LRexample01a_md.html',
      'alignmentsUK_rdfa.html',
      'type+audience+level_md.html',
    ]) {
      expect(
        (await read(file(`schemaorg/lrmi-examples/${name}`), `https://x.example/${name.split('.')[0]}`)).records,
      ).toEqual([]);
    }
  });

  test('the Richie template, rendered as Django would', async () => {
    const values: Record<string, string> = {
      'run.start': '2026-02-01',
      'run.end': '2026-03-01',
      pt_effort: 'PT12H',
      languages: 'français',
      'run.title': 'Session A',
    };
    const template = file('openedx/richie/course_detail.html').toString();
    const html = `<html lang="fr"><body vocab="https://schema.org/" typeof="Course">${template
      .replace(/\{% render_model current_page "title" %\}/, 'Cours rendu')
      .replace(
        /\{\{([^}]*)\}\}/g,
        (_, expression: string) => Object.entries(values).find(([key]) => expression.includes(key))?.[1] ?? '',
      )
      .replace(/\{%[^%]*%\}/g, '')}</body></html>`;
    const { records, results } = await read(html, 'https://www.fun.example/cours/rendu/');
    expect(records.map(({ identifier }) => identifier)).toEqual(['https://www.fun.example/cours/rendu/']);
    expect(text(results[0]?.c?.title.value)).toBe('Cours rendu');
    expect(results[0]?.c?.opportunities[0]).toMatchObject({
      startDate: '2026-02-01',
      endDate: '2026-03-01',
      hours: 12,
      participation: ['online'],
    });
    expect(results[0]?.c?.assessment.state).toBe('not-stated'); // "Assessment and certification" is marked as the credential
    expect(results[0]?.c?.workload).toMatchObject({ state: 'stated', value: { hours: 12 } });
  });
});

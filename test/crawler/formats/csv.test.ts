import { readFileSync } from 'node:fs';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { isFault, type Normalised, type Page, type RawRecord, type RecordFault } from '../../../crawler/format.ts';
import { csv as unguarded } from '../../../crawler/formats/csv/index.ts';
import { meaningsOf, TEMPLATE } from '../../../crawler/formats/csv/words.ts';
import { behindDoor } from '../../../crawler/persons/format-door.ts';
import { Credential, mintCredentialId, SourceDefinition } from '../../../schema/index.ts';

/** As the registry gives it. */
const csv = behindDoor(unguarded);

const source = (more: object = {}) =>
  SourceDefinition.parse({
    id: 'table',
    title: 'Table',
    format: 'csv',
    url: 'file.csv',
    publisher: 'X',
    licence: 'CC0-1.0',
    ...more,
  });

async function* pieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(body: Uint8Array | string, more: object = {}, page: Partial<Page> = {}, size = 101) {
  const whole: Page = { url: 'file:///table.csv', source: source(more), envelope: {}, ...page };
  const items: (RawRecord | RecordFault)[] = [];
  for await (const item of csv.records(pieces(Buffer.from(body as string), size), whole)) items.push(item);
  const records = items.filter((item) => !isFault(item)) as RawRecord[];
  const results = new Map<string, Normalised>();
  for (const { identifier, raw } of records.filter((record) => !record.part)) {
    const parts = records
      .filter((record) => record.identifier === identifier && record.part)
      .map((record) => record.raw);
    results.set(identifier, csv.normalise(raw, whole.source, identifier, parts));
  }
  return { records, faults: items.filter(isFault), results };
}

function credential(result: Normalised | undefined): Credential {
  if (!result || !('credential' in result) || !result.credential)
    throw new Error(`no credential: ${JSON.stringify(result)}`);
  return Credential.parse(result.credential);
}
const only = async (body: string, more: object = {}) => {
  const { results, faults } = await read(body, more);
  expect(faults).toEqual([]);
  const [result] = results.values();
  return { c: credential(result), problems: result?.problems ?? [] };
};

describe('the template', async () => {
  const file = readFileSync(new URL('../../../examples/template.csv', import.meta.url));
  const { records, faults, results } = await read(file);
  const result = results.get('MC-101');
  const c = credential(result);

  test('has every column, and every column is understood', () => {
    const header = file.toString().split('\n')[0]?.split(',') ?? [];
    for (const column of TEMPLATE.keys()) expect(header).toContain(column);
    expect(faults).toEqual([]);
    expect(result?.problems).toEqual([]);
  });

  test('two rows are one credential with two runs', () => {
    expect(records.map((record) => [record.identifier, record.part, record.path])).toEqual([
      ['MC-101', undefined, 'line 2'],
      ['MC-101', 'run:MC-101-2027-2', 'line 3'],
    ]);
    expect(c.opportunities.map((run) => [run.id, run.startDate, run.place, run.prices])).toEqual([
      ['MC-101-2027-1', '2027-03-01', 'Vienna', [{ amount: 450, currency: 'EUR' }]],
      ['MC-101-2027-2', '2027-09-06', 'Graz', [{ amount: 480, currency: 'EUR' }]],
    ]);
    expect(c.opportunities[1]?.participation).toEqual(['presential']);
  });

  test('every element that a table can state is stated', () => {
    const silent = Object.entries(c)
      .filter(([, value]) => (value as { state?: string })?.state === 'not-stated')
      .map(([name]) => name);
    expect(silent).toEqual([]);
    expect(c.learner.state).toBe('at-issuance');
    expect(c.title.value).toHaveLength(2);
    expect(c.learningOutcomes.value).toHaveLength(3);
    expect(c.learningOutcomes.value?.[0]?.text.map((text) => text.language)).toEqual(['en', 'de']);
    expect(c.workload.value).toMatchObject({ ects: 2.5, hours: 63, duration: 'P10W' });
    expect(c.level.value).toMatchObject({ eqf: 5, nqf: { country: 'AT', level: 'NQR V' } });
    expect(c.issuerCountry.value).toEqual({ country: 'AT', region: 'AT13' });
    expect(c.supervision.value?.code).toBe('supervised-onsite-identity-check');
    expect(c.relations.map((relation) => [relation.type, relation.target])).toEqual([
      ['stacksInto', mintCredentialId('table', 'MC-PATH-1')],
      ['stacksInto', 'https://university.example/diploma-data'],
      ['requires', mintCredentialId('table', 'MC-100')],
    ]);
    expect(c.kind.value?.code).toBe('micro-credential');
    expect(c.languages.value).toEqual(['de', 'en']);
  });
});

describe('a German table with title lines, semicolons and decimal commas', async () => {
  const file = readFileSync(new URL('../../fixtures/csv/german-semicolon.csv', import.meta.url));
  const { records, faults, results } = await read(file);

  test.each([
    ['UTF-8 with byte order mark', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), file]), {}],
    ['UTF-16', iconv.encode(file.toString(), 'utf16le', { addBOM: true }), {}],
    ['Windows-1252', iconv.encode(file.toString(), 'windows-1252'), {}],
    ['Windows-1252 that claims UTF-8', iconv.encode(file.toString(), 'windows-1252'), { charset: 'utf-8' }],
    ['CRLF', Buffer.from(file.toString().replaceAll('\n', '\r\n')), {}],
  ])('%s gives the same', async (_what, body, page) => {
    for (const size of [1, 65_536]) {
      const other = await read(body, {}, page, size);
      expect(other.records.map((record) => record.identifier)).toEqual(records.map((record) => record.identifier));
      expect(credential(other.results.get('K-1'))).toEqual(credential(results.get('K-1')));
    }
  });

  test('semicolons inside of quotes do not divide', () => {
    const c = credential(results.get('K-1'));
    expect(c.title.value).toEqual([
      { language: 'und', value: 'Löten; kleben; fügen' },
      { language: 'en', value: 'Soldering and gluing' },
    ]);
    expect(c.learningOutcomes.value?.map((outcome) => outcome.text[0]?.value)).toEqual([
      'Lötstellen beurteilen',
      'Klebstoffe wählen',
    ]);
    expect(c.workload.value).toEqual({ ects: 2.5 });
    expect(c.issuerCountry.value).toEqual({ country: 'AT' });
    expect(c.languages.value).toEqual(['de']);
    expect(c.costs.value?.[0]).toMatchObject({ amount: 1250, currency: 'EUR' });
    expect(c.opportunities.map((run) => [run.startDate, run.place])).toEqual([
      ['2027-03-01', 'Gärtingen'],
      ['2027-09-06', 'Neudorf'],
    ]);
    expect(c.awardingBody, 'who teaches need not award').toEqual({ state: 'not-stated' });
    expect(c.offeredBy.value?.[0]?.name?.[0]?.value).toBe('Beispiel-Akademie Gärtingen');
  });

  test('bad values are dropped and reported by column, the record stays', () => {
    const result = results.get('K-2');
    const c = credential(result);
    expect(c.workload).toEqual({ state: 'not-stated' });
    expect(c.issuerCountry).toEqual({ state: 'not-stated' });
    expect(c.languages).toEqual({ state: 'not-stated' });
    expect(c.opportunities).toEqual([]);
    expect(c.costs.value?.[0]?.amount).toBe(0);
    expect(result?.problems.map((problem) => [problem.path, problem.rule]).sort()).toEqual([
      ['Beginn', 'impossible-date'],
      ['ECTS-Punkte', 'negative-number'],
      ['Land', 'unknown-country'],
      ['Unterrichtssprache', 'unknown-language'],
    ]);
  });

  test('rows that cannot be taken are named by line; the rest is in', () => {
    expect(faults.map(({ rejection }) => [rejection.path, rejection.rule, rejection.identifier])).toEqual([
      ['line 8', 'missing-identifier', null],
      ['line 9', 'missing-title', 'K-4'],
      ['line 10', 'csv-column-count', 'K-5'],
    ]);
    expect(results.has('K-6')).toBe(true);
  });
});

describe('reading', () => {
  test.each([[','], [';'], ['\t'], ['|']])('delimiter "%s" is found out', async (d) => {
    const body = [
      ['id', 'title', 'ects'],
      ['1', `"one; two, three | four"`, '3'],
      ['2', '"a\nb;c"', '4'],
    ]
      .map((row) => row.join(d))
      .join('\n');
    const { results } = await read(body);
    expect(credential(results.get('1')).workload.value).toEqual({ ects: 3 });
    expect(credential(results.get('1')).title.value?.[0]?.value).toBe('one; two, three | four');
    expect(results.size).toBe(2);
  });

  test("Excel's sep line, and lines counted through quoted newlines", async () => {
    const { records, faults } = await read('sep=;\nid;title\n1;"a\nb"\n\n;x\n2;b\n');
    expect(records.map((record) => record.path)).toEqual(['line 3', 'line 7']);
    expect(faults).toMatchObject([{ rejection: { path: 'line 6', rule: 'missing-identifier' } }]);
  });

  test('an open quote: what was before is in, the table is incomplete', async () => {
    const { records, faults } = await read('id,title\n1,one\n2,"two\n3,three\n');
    expect(records.map((record) => record.identifier)).toEqual(['1']);
    expect(faults).toMatchObject([{ incomplete: true, rejection: { rule: 'csv-syntax' } }]);
  });

  test('no header: one fault, incomplete', async () => {
    for (const body of ['', '1,2,3\n4,5,6\n', 'foo,bar\nx,y\n']) {
      expect((await read(body)).faults).toMatchObject([{ incomplete: true, rejection: { rule: 'csv-no-header' } }]);
    }
  });

  test('persons are not kept', async () => {
    const { records } = await read(
      'id,title,Professor Surname,E-Mail,Ansprechpartner,Telefon\n1,One,Curie,m@c.example,Frau X,0123\n',
    );
    expect(records[0]?.raw).toEqual({
      id: '1',
      title: 'One',
      '@persons': '1 × professor, 1 × email, 1 × ansprechpartner, 1 × telefon',
    });
  });

  test('unknown columns are named in every row that fills them, and kept', async () => {
    const { records, results } = await read('id,title,Shoe size,Hat\n1,One,43,\n2,Two,44,7\n3,Three,,\n');
    const told = [...results.values()].map(({ problems }) => problems.map(({ rule, found }) => `${rule} ${found}`));
    expect(told).toEqual([['not-mapped Shoe size'], ['not-mapped Shoe size, Hat'], []]);
    expect(records[1]?.raw).toEqual({ id: '2', title: 'Two', 'Shoe size': '44', Hat: '7' });
  });

  test('what a further row says of the credential itself is told, for it is taken from the first', async () => {
    const { results } = await read(
      'id,title,ects,start_date,Hat\n1,One,2,2027-01-01,\n1,One,2,2027-02-01,7\n1,Uno,3,2027-03-01,\n',
    );
    expect(results.get('1')?.problems.map(({ path, rule, found }) => [path, rule, found])).toEqual([
      ['/parts/0', 'not-mapped', 'Hat'],
      ['/parts/1', 'not-mapped', 'title, ects'],
    ]);
  });

  test('the same identifier for two things is refused; the very same row twice is the same record twice', async () => {
    const { records, faults, results } = await read('id,title,Shoe size\n1,One,4\n1,One,4\n1,Another,4\n');
    expect(results.size).toBe(1);
    expect(records.map(({ identifier, part, path }) => [identifier, part, path])).toEqual([
      ['1', undefined, 'line 2'],
      ['1', undefined, 'line 3'],
    ]);
    expect(records[1]?.raw).toEqual(records[0]?.raw);
    expect(faults).toMatchObject([{ rejection: { path: 'line 4', rule: 'duplicate-identifier' } }]);
  });

  test('the very same row of a run twice is no second run', async () => {
    const { records } = await read('id,title,start_date\n1,One,2027-01-01\n1,One,2027-01-01\n1,One,2027-02-01\n');
    expect(records.map((record) => record.part === undefined)).toEqual([true, true, false]);
  });

  test('run keys do not depend on the order of the rows', async () => {
    const rows = ['1,One,2027-01-01,A', '1,One,2027-02-01,B', '1,One,2027-03-01,A'];
    const keys = async (list: string[]) =>
      (await read(`id,title,start_date,place\n${list.join('\n')}`)).records.map((r) => r.part ?? '');
    const [a, b] = [await keys(rows), await keys([rows[0] ?? '', rows[2] ?? '', rows[1] ?? ''])];
    expect([...a].sort()).toEqual([...b].sort());
    expect(new Set(a).size).toBe(3);
  });

  test('without an identifier column the url stands for it, with one warning in each record', async () => {
    const { records, results } = await read('title,url\nOne,https://a.example/1\nTwo,https://a.example/2\n');
    expect(records.map((record) => record.identifier)).toEqual(['https://a.example/1', 'https://a.example/2']);
    for (const { problems } of results.values()) {
      expect(problems).toMatchObject([{ rule: 'identifier-made', severity: 'warning', path: 'url' }]);
    }
    expect((await only('id,title,url\n1,One,https://a.example/1\n')).problems).toEqual([]);
  });

  test.each(['title,provider\nOne,A B\n', 'title,url\nOne,\n'])(
    'neither identifier nor url: %j is rejected',
    async (body) => {
      const { records, faults } = await read(body.replace('One,\n', 'One,n/a\n'));
      expect(records).toEqual([]);
      expect(faults).toMatchObject([{ rejection: { rule: 'missing-identifier', path: 'line 2', found: 'One' } }]);
      expect(faults[0]?.rejection.remedy).toContain('add a column "identifier"');
    },
  );

  test('disabled rows are taken as not there', async () => {
    expect((await read('id,title,Disabled\n1,One,yes\n2,Two,no\n')).records.map((r) => r.identifier)).toEqual(['2']);
  });

  test('a title of 5 MB is rejected', async () => {
    const { faults, results } = await read(`id,title\n1,${'x'.repeat(4_900_000)}\n2,Two\n`, {}, {}, 65_536);
    expect(faults).toEqual([]);
    expect(results.get('1')).toMatchObject({ rejection: { rule: 'title-too-long' } });
    expect(credential(results.get('2')).title.value?.[0]?.value).toBe('Two');
  });
});

describe('headers of others', () => {
  test.each([
    ['Course Title (in English)', 'title', 'en'],
    ['titel_de', 'title', 'de'],
    ['Description [fr]', 'description', 'fr'],
    ['description:pt-BR', 'description', 'pt-BR'],
    ['Intitulé', 'title', undefined],
    ['Résultats d’apprentissage', 'learning_outcomes', undefined],
    ["Résultats d'apprentissage", 'learning_outcomes', undefined],
    ['Number of ECTS', 'ects', undefined],
    ['Créditos ECTS', 'ects', undefined],
    ['studiepunten', 'ects', undefined],
    ['Teaching method (on-line/ in presence/ hybrid)', 'mode', undefined],
    ['Test type (Written/Oral/Both)', 'assessment_type', undefined],
    ['Prerequisites\n(Fill if you answered YES)', 'prerequisites', undefined],
    ['Voertaal', 'language_of_instruction', undefined],
    ['Fecha de inicio', 'start_date', undefined],
    ['ZIELGRUPPE', 'target_group', undefined],
    ['nombre_heures_total_min', 'hours_min', undefined],
    ['Kennung', 'identifier', undefined],
    ['Heures', 'hours', undefined],
    ['Stunden', 'hours', undefined],
    ['horas', 'hours', undefined],
    ['Ore', 'hours', undefined],
    ['Kreditpunkte (ECTS)', 'ects', undefined],
    ['Crediti (CFU)', 'ects', undefined],
    ['Högskolepoäng', 'ects', undefined],
    ['Credits', 'credits', undefined],
    ['Leistungspunkte', 'credits', undefined],
    ['Créditos', 'credits', undefined],
    ['Crédits', 'credits', undefined],
  ])('%s is %s', (header, name, language) => {
    const meanings = meaningsOf(header);
    expect(meanings).toMatchObject([{ column: name }]);
    expect(meanings[0]?.language).toBe(language);
  });

  test.each(['Shoe size', 'SDG Number (if SDGs related)', 'image', ''])('"%s" is not known', (header) => {
    expect(meaningsOf(header)).toEqual([]);
  });
});

describe('meaning', () => {
  test('ranges and units of workload; parts of effort are not the whole', async () => {
    expect((await only('id,title,ects,hours\n1,T,3-5 ECTS,"75 - 125 h"\n')).c.workload.value).toEqual({
      ects: 3,
      ectsMax: 5,
      hours: 75,
      hoursMax: 125,
    });
    expect((await only('id;title;Teaching hours;Individual study hours\n1;T;20;40\n')).c.workload.value).toEqual({
      credits: [
        { scheme: 'teaching hours', value: 20 },
        { scheme: 'self study hours', value: 40 },
      ],
    });
    expect((await only('id,title,duration\n1,T,6 weeks\n')).c.workload.value).toEqual({
      duration: 'P6W',
      durationText: '6 weeks',
    });
  });

  test('levels: EQF as stated, NQF by the published table, words as words', async () => {
    expect((await only('id,title,niveau_europe\n1,T,NIV6\n')).c.level.value).toEqual({ eqf: 6 });
    const irish = (await only('id,title,NFQ level,country\n1,T,9,Ireland\n')).c.level;
    expect(irish).toMatchObject({
      state: 'stated',
      value: { nqf: { country: 'IE', level: '9' } },
      derived: { value: { eqf: 7 }, origin: { rule: 'nqf-to-eqf' } },
    });
    expect(irish.value?.eqf).toBeUndefined();
    const words = await only('id,title,level\n1,T,Advanced\n');
    expect(words.c.level).toEqual({
      state: 'stated',
      value: { text: [{ language: 'und', value: 'Advanced' }] },
      origin: { path: 'level' },
    });
    expect((await only('id,title,eqf\n1,T,12\n')).problems).toMatchObject([
      { rule: 'not-an-eqf-level', severity: 'error' },
    ]);
  });

  test('dates: day first, unless the source says otherwise or it cannot be', async () => {
    const start = async (text: string, more: object = {}) => {
      const { c, problems } = await only(`id,title,start_date,place\n1,T,${text},A\n`, more);
      return [c.opportunities[0]?.startDate ?? c.opportunities[0]?.startText, problems.map((problem) => problem.rule)];
    };
    expect(await start('5.3.2027')).toEqual(['2027-03-05', []]);
    expect(await start('05/03/2027')).toEqual(['2027-03-05', ['ambiguous-date']]);
    expect(await start('05/03/2027', { options: { dates: 'mdy' } })).toEqual(['2027-05-03', []]);
    expect(await start('01/25/2027')).toEqual(['2027-01-25', []]);
    expect(await start('31/02/2027')).toEqual([undefined, ['impossible-date']]);
    expect(await start('any time')).toEqual(['any time', []]);
  });

  test('dates of a column are read as its clear ones are written', async () => {
    const starts = async (...dates: string[]) => {
      const { results } = await read(`id,title,start_date,place\n${dates.map((d, n) => `${n},T,${d},A`).join('\n')}\n`);
      return [...results.values()].map((result) => [
        credential(result).opportunities[0]?.startDate,
        result.problems.map((problem) => problem.rule).join(),
      ]);
    };
    expect(await starts('03/04/2027', '12/25/2027', '05/06/2027')).toEqual([
      ['2027-03-04', 'ambiguous-date'],
      ['2027-12-25', ''],
      ['2027-05-06', 'ambiguous-date'],
    ]);
    expect(await starts('03/04/2027', '25/12/2027')).toEqual([
      ['2027-04-03', 'ambiguous-date'],
      ['2027-12-25', ''],
    ]);
    expect(await starts('03/04/2027', '25/12/2027', '12/25/2027')).toEqual([
      [undefined, 'ambiguous-date'],
      ['2027-12-25', ''],
      ['2027-12-25', ''],
    ]);
    const far = await starts('03/04/2027', ...Array<string>(600).fill('2027-01-01'), '12/25/2027', '05/06/2027');
    expect(far[0]).toEqual(['2027-04-03', 'ambiguous-date']);
    expect(far.at(-1)).toEqual(['2027-05-06', 'ambiguous-date']);
  });

  test('a bare number of credits is not ECTS', async () => {
    const workload = async (header: string, value: string) => {
      const { c, problems } = await only(`id;title;${header}\n1;T;${value}\n`);
      return [c.workload.value, problems.map((problem) => problem.rule)];
    };
    const bare = [
      'Credits',
      'Number of credits',
      'Credit points',
      'Kreditpunkte',
      'Leistungspunkte',
      'Créditos',
      'Crediti',
    ];
    for (const header of [...bare, 'crédits']) {
      const credits = [{ scheme: 'not named', value: 5 }];
      expect(await workload(header, '5')).toEqual([{ credits }, ['credits-without-unit']]);
      expect(await workload(header, '5 credits')).toEqual([{ credits }, ['credits-without-unit']]);
    }
    expect(await workload('Credits', '5 ECTS')).toEqual([{ ects: 5 }, []]);
    expect(await workload('Credits', '15 CATS')).toEqual([{ credits: [{ scheme: 'CATS', value: 15 }] }, []]);
    expect(await workload('Credits', '-1')).toEqual([undefined, ['negative-number']]);
    for (const header of [
      'ECTS',
      'Kreditpunkte (ECTS)',
      'CFU',
      'EAP',
      'studiepunten',
      'studiepoeng',
      'högskolepoäng',
      'op',
    ])
      expect(await workload(header, '2,5')).toEqual([{ ects: 2.5 }, []]);
  });

  test('a word that is understood is a code, not a text in some language', async () => {
    const table =
      'id,title,language,kind,supervision,stackability,mode,assessment_type,mode:pl\n' +
      '1,Węzły,pl,certificate,unsupervised,stackable,online,portfolio,przez internet\n';
    const { c } = await only(table);
    expect(c.kind.value).toEqual({ code: 'certificate' });
    expect(c.supervision.value).toEqual({ code: 'unsupervised' });
    expect(c.stackability.value).toEqual({ code: 'stackable' });
    expect(c.assessment.value).toEqual({ codes: ['portfolio'] });
    expect(c.participation.value).toEqual({ codes: ['online'] });
    const words = (await only('id,title,language,supervision\n1,Węzły,pl,kamera\n')).c.supervision.value;
    expect(words).toEqual({ text: [{ language: 'pl', value: 'kamera' }] });
  });

  test('prices and what is free', async () => {
    expect((await only('id,title,free\n1,T,yes\n')).c.costs.value).toEqual([{ amount: 0 }]);
    expect((await only('id,title,free\n1,T,no\n')).c.costs.state).toBe('not-stated');
    expect((await only('id,title,price,currency\n1,T,"1.250,50",SEK\n')).c.costs.value).toEqual([
      { amount: 1250.5, currency: 'SEK' },
    ]);
    expect((await only('id,title,price\n1,T,-5\n')).problems).toMatchObject([{ rule: 'negative-number' }]);
  });

  test('no assessment is said, not missing; the word "Test" is an answer', async () => {
    expect((await only('id,title,assessment_type\n1,T,no assessment\n')).c.assessment.state).toBe('not-applicable');
    expect((await only('id,title,assessment\n1,T,Test\n')).c.assessment.value?.text?.[0]?.value).toBe('Test');
  });

  test('a bare row states a title and nothing else', async () => {
    const { c, problems } = await only('id,title\n1,T\n', { defaults: { country: 'MT', language: 'mt' } });
    expect(problems).toEqual([]);
    expect(c.title.value).toEqual([{ language: 'mt', value: 'T' }]);
    const stated = Object.entries(c)
      .filter(([, value]) => (value as { state?: string })?.state === 'stated')
      .map(([name]) => name);
    expect(stated).toEqual(['title']);
    expect(c.issuerCountry).toMatchObject({ state: 'derived', origin: { rule: 'source-default' } });
    expect(c.conformance.assessed.answer).toBe('unknown');
  });

  test.each([null, 5, [], {}, { title: 5 }, { title: 'T', '@unknown': 'x' }])('normalise never throws: %j', (raw) => {
    expect(() => csv.normalise(raw, source(), '1', [null, 5, {}])).not.toThrow();
  });

  test('detects tables of its kind and nothing else', () => {
    expect(csv.detect({ text: 'identifier,title\n1,2\n' })).toBe(0.9);
    expect(csv.detect({ text: 'Kursnummer;Titel;Ort\n1;2;3\n', name: 'a.csv' })).toBe(0.9);
    expect(csv.detect({ text: 'a,b\n1,2\n', name: 'a.csv' })).toBe(0.5);
    expect(csv.detect({ text: 'a,b\n1,2\n' })).toBe(0);
    expect(csv.detect({ text: '{"title":"x","identifier":"y"}', name: 'a.csv' })).toBe(0);
    expect(csv.detect({ text: '<html>title,identifier' })).toBe(0);
  });
});

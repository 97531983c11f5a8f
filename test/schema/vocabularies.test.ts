import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import {
  assessmentTypes,
  countries,
  credentialKinds,
  eqf,
  eqfFromNqf,
  iscedAncestors,
  iscedF,
  languages,
  modesOfLearning,
  nuts,
  nutsCountry,
  qfEheaCycle,
  qualityAssuranceKinds,
  supervision,
  targetGroups,
  vocabularies,
} from '../../schema/vocabularies/index.ts';
import { nqfRows } from '../../schema/vocabularies/nqf-to-eqf.ts';
import { createVocabulary, labelOf, type Vocabulary } from '../../schema/vocabulary.ts';

describe('every vocabulary', () => {
  test.each(Object.entries(vocabularies))(
    '%s: codes and URIs find their concept; codes and URIs are unique',
    (name, vocabulary) => {
      expect(vocabulary.name).toBe(name);
      const uris = vocabulary.concepts.flatMap((c) => c.uri ?? []);
      expect(new Set(uris).size).toBe(uris.length);
      expect(new Set(vocabulary.concepts.map((c) => c.code)).size).toBe(vocabulary.concepts.length);
      for (const { code, uri, label, broader } of vocabulary.concepts) {
        expect(vocabulary.parse(code), code).toBe(code);
        expect(vocabulary.get(code)?.code).toBe(code);
        if (uri) expect(vocabulary.parse(uri), uri).toBe(code);
        if (uri) expect(vocabulary.parse(uri.replace('http:', 'https:')), uri).toBe(code);
        if (broader && code.length > 2) expect(vocabulary.get(broader), broader).toBeDefined();
        expect(label.length, code).toBeGreaterThan(0);
        for (const text of label) expect(text.value).toBe(text.value.trim());
      }
    },
  );
  test.each(Object.entries(vocabularies))('%s: nonsense is nothing', (_name, vocabulary) => {
    for (const text of ['', ' ', 'TODO', 'undefined', '__proto__', 'constructor', '\u0000', 'x'.repeat(100_000)]) {
      expect(vocabulary.parse(text), text.slice(0, 20)).toBeUndefined();
      expect(vocabulary.get(text)).toBeUndefined();
    }
  });
  test('the twelve of the record are there, and ESCO', () => {
    expect(Object.keys(vocabularies).sort()).toEqual([
      'assessment-type',
      'country',
      'credential-kind',
      'eqf',
      'esco',
      'isced-f',
      'language',
      'mode-of-learning',
      'nuts',
      'qf-ehea-cycle',
      'quality-assurance-kind',
      'supervision',
      'target-group',
    ]);
  });
});

describe('createVocabulary', () => {
  const about = { name: 'x', title: 'X', source: 's', version: '1', date: '2026', licence: 'CC0-1.0' };
  const one = { code: 'one', label: [{ language: 'en', value: 'The One' }] };
  test('refuses synonyms of unknown codes, and those that mean another concept', () => {
    expect(() => createVocabulary(about, [one], { uno: 'two' })).toThrow(/"uno".*"two"/);
    const two = { code: 'two', label: [] };
    expect(() => createVocabulary(about, [one, two], { 'the one': 'two' })).toThrow(/means "one"/);
  });
  test('case, accents and separators do not matter; the first of two equal labels wins; a label takes no code', () => {
    const shadow = {
      code: 'two',
      label: [
        { language: 'en', value: 'the-one' },
        { language: 'en', value: 'One' },
      ],
    };
    const v = createVocabulary(about, [one, shadow], { 'Éins/Zwei': 'two' });
    expect([v.parse('THE_ONE'), v.parse('one'), v.parse('eins zwei'), v.parse('zwei')]).toEqual([
      'one',
      'one',
      'two',
      undefined,
    ]);
  });
  test('labelOf answers with the code when there is no label', () => {
    expect(labelOf(iscedF, '06', ['de'])?.value).toContain('Kommunikationstechnologie');
    expect(labelOf(iscedF, '0613', ['de']).language).toBe('en');
    expect(labelOf(iscedF, 'nope', ['de'])).toEqual({ language: 'zxx', value: 'nope' });
  });
});

const cases = (title: string, vocabulary: Vocabulary, rows: [string, string | undefined][]): void =>
  test.each(rows)(`${title}: %j is %j`, (text, code) => expect(vocabulary.parse(text)).toBe(code));

cases('mode', modesOfLearning, [
  ['Online', 'online'],
  ['distance-learning', 'online'],
  ['deliv:OnlineOnly', 'online'],
  ['MOOC', 'online'],
  ['En ligne', 'online'],
  ['à distance', 'online'],
  ['Distance without attendance', 'online'],
  ['Distance with attendance', 'blended'],
  ['https://schema.org/OnlineEventAttendanceMode', 'online'],
  ['on campus', 'presential'],
  ['onsite', 'presential'],
  ['on_site', 'presential'],
  ['Präsenz', 'presential'],
  ['kontaktõpe', 'presential'],
  ['deliv:InPerson', 'presential'],
  ['Présentiel', 'presential'],
  ['lähiopetus', 'presential'],
  ['presencial', 'presential'],
  ['Blended', 'blended'],
  ['BlendedDelivery', 'blended'],
  ['Mixed mode', 'blended'],
  ['hybrid', 'hybrid'],
  ['Hybride', 'hybrid'],
  ['project_based', 'project-based'],
  ['research_lab_based', 'research-lab-based'],
  ['Research-Lab based', 'research-lab-based'],
  ['Workbased', 'work-based'],
  ['work_experience', 'work-based'],
  ['full-time', undefined],
  ['Part time', undefined],
  ['FT', undefined],
  ['synchronous', undefined],
  ['situated', undefined],
  ['joint_delivery', undefined],
  ['VariableSite', undefined],
  ['evening', undefined],
]);
cases('assessment', assessmentTypes, [
  ['written_exam', 'written-examination'],
  ['oram_exam', 'oral-examination'],
  ['oral_test', 'oral-examination'],
  ['report_paper', 'marked-assignment'],
  ['behavioural_assessment', 'practical-assessment'],
  ['professional_product', 'artefact-assessment'],
  ['portfolio_assessment', 'portfolio'],
  ['test_on_paper', 'written-examination'],
  ['life_skills_test', 'practical-assessment'],
  ['assessMethod:Artifact', 'artefact-assessment'],
  ['Contrôle continu', 'continuous-evaluation'],
  ['Klausur', 'written-examination'],
  ['suuline eksam', 'oral-examination'],
  ['Exam', undefined],
  ['digital_test', undefined],
  ['unknown', undefined],
  ['personalized_assessment', undefined],
]);
cases('kind', credentialKinds, [
  ['micro_credential_certificate', 'micro-credential'],
  ['ceterms:MicroCredential', 'micro-credential'],
  ['https://purl.org/ctdl/terms/MicroCredential', 'micro-credential'],
  ['Mikrokraad', 'micro-credential'],
  ['mikrokvalifikatsioon', 'micro-credential'],
  ['micro-certification', 'micro-credential'],
  ['Microcredential', 'micro-credential'],
  ['ceterms:BachelorDegree', 'degree'],
  ['Certificate', 'certificate'],
  ['ceterms:CertificateOfCompletion', 'certificate-of-completion'],
  ['open badge', 'badge'],
  ['License', 'licence'],
  ['Programme module', 'module'],
  ['Kurs', 'course'],
  ['Diplôme', 'diploma'],
  ['program', 'programme'],
  ['certificate of attendance', undefined],
  ['confirmation of participation', undefined],
  ['no official document', undefined],
]);
cases('supervision', supervision, [
  ['unsupervised', 'unsupervised'],
  ['Unsupervised without ID', 'unsupervised'],
  ['Supervised with ID', 'supervised-identity-check'],
  ['supervised with no identity verification', 'supervised-no-identity-check'],
  ['supervised-online-identity-check', 'supervised-online-identity-check'],
  ['supervised', undefined],
  ['false', undefined],
]);
cases('quality assurance', qualityAssuranceKinds, [
  ['Institutional License', 'institutional-licence'],
  ['Program Quality Assurance', 'programme-quality-assurance'],
  ['ISO 21001', 'self-declared-standard'],
  ['national register', 'national-register-entry'],
  ['good', undefined],
]);
cases('target group', targetGroups, [
  ['forProfessionals', 'professionals'],
  ['Migrants', 'migrants'],
  ['jobseekers', 'job-seekers'],
  ['everybody', undefined],
]);
cases('cycle', qfEheaCycle, [
  ['Bachelor', 'first'],
  ["Master's", 'second'],
  ['PhD', 'third'],
  ['Short-cycle', 'short'],
  ['1st cycle', 'first'],
  ['beginner', undefined],
  ['postgraduate', undefined],
]);
cases('eqf', eqf, [
  ['6', '6'],
  ['EQF 6', '6'],
  ['EQF Level 7', '7'],
  ['EQR-Niveau 6', '6'],
  ['http://data.europa.eu/snb/eqf/4', '4'],
  ['Level 6', undefined],
  ['RQF 6', undefined],
  ['9', undefined],
  ['0', undefined],
  ['EQF 9', undefined],
]);
cases('isced', iscedF, [
  ['0613', '0613'],
  ['ISCED-F 0613', '0613'],
  ['ISCED-F 2013: 061', '061'],
  ['isced_f:06', '06'],
  ['http://data.europa.eu/snb/isced-f/0613', '0613'],
  ['Biology', '0511'],
  ['Agriculture', '081'],
  ['0613 Software and applications development and analysis', '0613'],
  ['Gesundheit und soziale Dienste', '09'],
  ['10', '10'],
  ['10 weeks', undefined],
  ['100 hours', undefined],
  ['613', undefined],
  ['06131', undefined],
  ['0699', undefined],
  ['6', undefined],
]);
cases('nuts', nuts, [
  ['FR1', 'FR1'],
  ['el30', 'EL30'],
  ['http://data.europa.eu/nuts/code/IE042', 'IE042'],
  ['Bretagne', 'FRH'],
  ['Berlin', 'DE3'],
  ['UKI', 'UKI'],
  ['NL', 'NL'],
  ['DE212', 'DE212'],
  ['ESSEN', undefined],
  ['LUND', undefined],
  ['GR30', undefined],
  ['US1', undefined],
  ['FR12345', undefined],
]);
cases('country', countries, [
  ['NLD', 'NL'],
  ['UK', 'GB'],
  ['EN', undefined],
]);
cases('language', languages, [
  ['nld', 'nl'],
  ['gsw', 'gsw'],
  ['nl-BE', 'nl-BE'],
  ['xx', undefined],
]);

test('URIs follow the rules of the EU authorities', () => {
  expect(countries.get('NL')?.uri).toBe('http://publications.europa.eu/resource/authority/country/NLD');
  expect(countries.get('GR')?.uri).toBe('http://publications.europa.eu/resource/authority/country/GRC');
  expect(countries.get('XK')?.uri).toBe('http://publications.europa.eu/resource/authority/country/1A0');
  expect(languages.get('nl-BE')?.uri).toBe('http://publications.europa.eu/resource/authority/language/NLD');
  expect(languages.get('zh')?.uri).toBe('http://publications.europa.eu/resource/authority/language/ZHO');
  expect(nuts.get('FR1')?.uri).toBe('http://data.europa.eu/nuts/code/FR1');
  expect(iscedF.get('0613')?.uri).toBe('http://data.europa.eu/snb/isced-f/0613');
  expect(modesOfLearning.get('online')?.uri).toBe('http://data.europa.eu/snb/learning-assessment/920fbb3cbe');
});

test('ISCED-F has its levels and its chain upwards', () => {
  const of = (length: number): number => iscedF.concepts.filter((c) => c.code.length === length).length;
  expect([of(2), of(3), of(4)]).toEqual([12, 58, 150]);
  expect(iscedAncestors('0613')).toEqual(['061', '06']);
  expect(iscedAncestors('06')).toEqual([]);
  expect(iscedAncestors('nope')).toEqual([]);
  expect(iscedF.get('0719')?.label[0]?.value).toBe('Engineering and engineering trades not elsewhere classified');
  expect(iscedF.get('0588')?.label[0]?.value).toMatch(
    /^Inter-disciplinary .* natural sciences, mathematics and statistics$/,
  );
  expect(iscedF.get('04')?.label).toHaveLength(24);
});

test('countries and languages are labelled in the 24 EU languages', () => {
  const eu = 'bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv'.split(' ');
  for (const concept of [countries.get('EE'), languages.get('et')]) {
    const tags = concept?.label.map((l) => l.language);
    expect(tags).toEqual(expect.arrayContaining(eu));
  }
  expect(labelOf(countries, 'DE', ['et'])).toEqual({ language: 'et', value: 'Saksamaa' });
});

test('the country of a NUTS code', () => {
  expect(['EL30', 'UKI', 'FR1', 'DE', 'ESSEN', ''].map(nutsCountry)).toEqual([
    'GR',
    'GB',
    'FR',
    'DE',
    undefined,
    undefined,
  ]);
});

test.each<[{ country?: string; framework?: string; level: string }, number | undefined]>([
  [{ country: 'IE', level: '6' }, 5],
  [{ country: 'IE', level: 'Level 8' }, 6],
  [{ country: 'IE', framework: 'NFQ', level: '10' }, 8],
  [{ framework: 'RQF', level: '3' }, 4],
  [{ framework: 'RQF', level: 'Level 2' }, 3],
  [{ country: 'GB', framework: 'RQF', level: 'Entry Level 3' }, 1],
  [{ country: 'GB', level: '6' }, undefined],
  [{ framework: 'SCQF', level: 'SCQF Level 10' }, 6],
  [{ framework: 'SCQF', level: '2' }, undefined],
  [{ framework: 'CQFW', level: '4' }, 5],
  [{ country: 'SI', level: '8' }, 7],
  [{ country: 'IS', level: '5.2' }, 6],
  [{ country: 'IS', level: '1' }, undefined],
  [{ country: 'NL', framework: 'NLQF', level: '4+' }, 4],
  [{ country: 'MK', level: '5B' }, 5],
  [{ country: 'HR', level: '7.1' }, 7],
  [{ country: 'MT', framework: 'MQF', level: 'MQF Level 5' }, 5],
  [{ country: 'EE', framework: 'EstQF', level: '6' }, 6],
  [{ framework: 'EstQF', level: '6' }, 6],
  [{ country: 'EE', framework: 'Estonian Qualifications Framework', level: '6' }, 6],
  [{ country: 'DE', framework: 'DQR', level: '6' }, 6],
  [{ country: 'FR', level: 'Niveau 2' }, undefined],
  [{ country: 'FR', framework: 'RNCP', level: 'Niveau 6' }, 6],
  [{ country: 'FR', framework: 'RNCP', level: 'II' }, undefined],
  [{ country: 'FR', framework: 'RS', level: '2' }, undefined],
  [{ country: 'ES', level: '3' }, undefined],
  [{ country: 'ES', framework: 'MECES', level: '3' }, 7],
  [{ country: 'DE', framework: 'EntreComp', level: '3' }, undefined],
  [{ country: 'DE', framework: 'European Qualifications Framework', level: '3' }, undefined],
  [{ level: '6' }, undefined],
  [{ framework: 'NQF', level: '5' }, undefined],
  [{ country: 'US', level: '6' }, undefined],
  [{ country: 'DE', level: '9' }, undefined],
  [{ country: 'DE', level: '' }, undefined],
  [{ country: 'DE', level: 'Bachelor' }, undefined],
])('eqfFromNqf(%j) is %j', (nqf, wanted) => expect(eqfFromNqf(nqf)).toBe(wanted));

describe('where vocabularies come from', () => {
  test.each(Object.values(vocabularies))(
    '$name: edition, day and terms are stated',
    ({ version, date, licence, source }) => {
      expect(version).toMatch(/\S/);
      expect(date).toMatch(/^(?:19|20)\d\d(?:-[01]\d(?:-[0-3]\d)?)?$/);
      expect(licence.length).toBeGreaterThan(5);
      expect(source.length).toBeGreaterThan(3);
    },
  );

  test('each level of a national framework says by what it is known', () => {
    expect(nqfRows.length).toBeGreaterThan(250);
    for (const { country, framework, level, eqf, basis } of nqfRows) {
      expect(basis, `${country} ${framework}`).toMatch(/^(?:read|inferred)\b/);
      expect(eqfFromNqf({ country, framework, level })).toBe(eqf);
    }
  });

  const table = new URL('../../../shared/feeds/nqf-eqf/nqf-to-eqf.csv', import.meta.url);
  test.skipIf(!existsSync(table))('what others read out of the frameworks is the same (needs ../shared/feeds)', () => {
    const rows: Record<string, string>[] = parse(readFileSync(table, 'utf8'), { columns: true });
    const known = new Set(nqfRows.map(({ country }) => country));
    const other = rows.flatMap(({ country = '', framework, nqf_level: level = '', eqf_level: eqf }) => {
      const [state = ''] = country.split('-');
      const ours = known.has(state) && eqf ? eqfFromNqf({ country: state, framework, level }) : undefined;
      return ours === undefined || String(ours) === eqf
        ? []
        : [`${country} ${framework} ${level}: ${ours}, there ${eqf}`];
    });
    expect(other).toEqual([]);
  });
});

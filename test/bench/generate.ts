import {
  type Credential,
  type CredentialDraft,
  completeCredential,
  type LangString,
  mintProviderId,
  type Opportunity,
  stated,
  statedIf,
} from '../../schema/index.ts';

/** A small seeded generator (mulberry32): the same seed gives the same catalogue on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const LANGUAGES: Readonly<Record<string, { country: string; syllables: string[] }>> = {
  en: { country: 'IE', syllables: ['data', 'sing', 'ment', 'form', 'able', 'skill', 'work', 'tech', 'care', 'port'] },
  de: { country: 'DE', syllables: ['über', 'schaft', 'lich', 'daten', 'werk', 'bild', 'kräf', 'ung', 'tech', 'nik'] },
  fr: { country: 'FR', syllables: ['é', 'tion', 'gé', 'ment', 'forma', 'con', 'naî', 'tique', 'sû', 'reté'] },
  nl: { country: 'NL', syllables: ['zorg', 'heid', 'ge', 'ver', 'weten', 'schap', 'ij', 'kunde', 'lijk', 'maat'] },
  pl: { country: 'PL', syllables: ['ści', 'ław', 'cza', 'nau', 'prze', 'kształ', 'rze', 'wie', 'dz', 'owy'] },
  el: { country: 'GR', syllables: ['δα', 'μά', 'θη', 'ση', 'ογία', 'τεχν', 'πλη', 'φορ', 'εκ', 'παί'] },
  bg: { country: 'BG', syllables: ['обу', 'чен', 'ие', 'прог', 'рама', 'дигит', 'ален', 'ност', 'знай', 'ум'] },
  et: { country: 'EE', syllables: ['õpi', 'äri', 'tea', 'dus', 'mine', 'oskus', 'kool', 'üld', 'töö', 'and'] },
};
const TAGS = Object.keys(LANGUAGES);
const PLACES = ['Lyon', 'Łódź', 'Genève', 'Göteborg', 'Αθήνα', 'Пловдив', 'Porto', 'Tartu', 'Gent', 'Málaga'];
const MODES = ['online', 'presential', 'blended', 'hybrid'];
const ASSESSMENTS = ['written-exam', 'portfolio', 'project', 'oral-exam'];
const KINDS = ['micro-credential', 'course', 'badge', 'certificate'];
const FIELDS = ['0613', '0311', '0912', '1015', '0413', '0721', '0114', '0521', '0232', '0611'];

/**
 * `count` made-up credentials, one at a time: eight languages, words of a Zipf-like vocabulary of some 40,000,
 * 200 providers in 8 countries, none to four runs each. For benchmarks and load; none of it is real.
 */
export function* generateCredentials(count: number, seed = 1): Generator<Credential> {
  const random = seededRandom(seed);
  const under = (n: number) => Math.floor(random() * n);
  const pick = <T>(list: readonly T[]): T => list[under(list.length)] as T;
  const vocabularies = Object.fromEntries(TAGS.map((tag) => [tag, vocabulary(tag, 5000)]));
  const word = (tag: string): string => vocabularies[tag]?.[Math.floor(5000 ** random()) - 1] ?? '';
  const words = (tag: string, n: number): string => Array.from({ length: n }, () => word(tag)).join(' ');
  const sentence = (tag: string, n: number): LangString => {
    const text = words(tag, n);
    return { language: tag, value: text.charAt(0).toUpperCase() + text.slice(1) };
  };

  for (let i = 0; i < count; i++) {
    const tag = pick(TAGS);
    const country = LANGUAGES[tag]?.country ?? 'IE';
    const also = random() < 0.3 ? 'en' : undefined;
    const both = (n: number) => [sentence(tag, n), ...(also && also !== tag ? [sentence(also, n)] : [])];
    const provider = under(200);
    const source = `bench-${provider % 12}`;
    const body = {
      id: mintProviderId(source, `p${provider}`),
      name: [{ language: 'und', value: `Institute ${provider} ${pick(PLACES)}` }],
    };
    const draft: CredentialDraft = {
      source,
      identifier: `bench-${i}`,
      url: `https://bench.example/credentials/${i}`,
      title: stated(both(3 + under(6)), '/title'),
      description: stated(both(30 + under(60)), '/description'),
      awardingBody: stated([body], '/provider'),
      issuerCountry: stated({ country }, '/country'),
      learningOutcomes: statedIf(
        random() < 0.7 ? Array.from({ length: 2 + under(4) }, () => ({ text: [sentence(tag, 8)] })) : undefined,
        '/outcomes',
      ),
      workload: statedIf(random() < 0.8 ? { ects: 1 + under(30), hours: 10 * (1 + under(60)) } : undefined, '/load'),
      level: statedIf(random() < 0.6 ? { eqf: 4 + under(4) } : undefined, '/level'),
      assessment: statedIf(random() < 0.5 ? { codes: [pick(ASSESSMENTS)] } : undefined, '/assessment'),
      participation: statedIf(random() < 0.7 ? { codes: [pick(MODES)] } : undefined, '/mode'),
      kind: stated({ code: pick(KINDS) }, '/kind'),
      fields: stated([{ isced: pick(FIELDS) }], '/field'),
      languages: stated([tag], '/language'),
      costs: statedIf(
        random() < 0.6 ? [{ amount: random() < 0.2 ? 0 : 10 * under(200), currency: 'EUR' }] : undefined,
        '/cost',
      ),
      opportunities: Array.from(
        { length: under(5) },
        (_, n): Opportunity => ({
          id: `run-${n}`,
          path: `/runs/${n}`,
          locality: random() < 0.7 ? pick(PLACES) : undefined,
          country: random() < 0.7 ? country : undefined,
          startDate: random() < 0.8 ? day(under(700)) : undefined,
        }),
      ),
    };
    yield completeCredential(draft);
  }

  function vocabulary(tag: string, size: number): string[] {
    const { syllables } = LANGUAGES[tag] ?? { syllables: ['na'] };
    const out = new Set<string>();
    while (out.size < size) {
      out.add(
        Array.from({ length: 1 + under(4) }, () => pick(syllables)).join('') + (out.size > 900 ? pick(syllables) : ''),
      );
    }
    return [...out];
  }
}

const day = (n: number): string => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000).toISOString().slice(0, 10);

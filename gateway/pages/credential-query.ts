const CONCEPT = '{ code label language }';
const VALUES = `
  __typename
  ... on TextElement { text language }
  ... on IssuerCountryElement { country ${CONCEPT} region ${CONCEPT} }
  ... on ProvidersElement { references { name { text language } provider { id name { text language } } } }
  ... on IssueDateElement { from until }
  ... on LearningOutcomesElement { outcomes { text language } }
  ... on WorkloadElement { ects ectsMax hours hoursMax duration durationText credits { scheme value level } }
  ... on LevelElement { eqf nqf { country framework level label } cycle ${CONCEPT} text language }
  ... on AssessmentElement { concepts: types ${CONCEPT} text language }
  ... on ParticipationElement { concepts: modes ${CONCEPT} text language }
  ... on TargetGroupElement { concepts: groups ${CONCEPT} text language }
  ... on QualityAssuranceElement { concepts: kinds ${CONCEPT} claims { name url text language } }
  ... on SupervisionElement { concept: type ${CONCEPT} text language }
  ... on KindElement { concept: type ${CONCEPT} text language }
  ... on StackabilityElement { stackability: type text language }
  ... on FurtherInformationElement { links validity text language }
  ... on FieldsElement { fields { isced ${CONCEPT} code scheme text language } }
  ... on AlignmentsElement { items { text language uri } }
  ... on LanguagesElement { concepts: languages ${CONCEPT} }
  ... on CostsElement { prices { amount currency audience text } }`;

const derived = [
  'IssuerCountryElement',
  'LevelElement',
  'WorkloadElement',
  'ProvidersElement',
  'KindElement',
  'ParticipationElement',
  'AssessmentElement',
  'LanguagesElement',
  'FieldsElement',
]
  .map((type) => `... on ${type} { derived { name state origin { path rule } ...Values } }`)
  .join('\n  ');

/** Everything that the page of one record shows. */
export const CREDENTIAL_QUERY = `query CredentialPage($id: ID!) {
  credential(id: $id) {
    id url status version retrievedAt withdrawnReason
    mergedInto { id }
    source { id title licence example }
    title { text language }
    elements { name state origin { path rule } ...Values ${derived} }
    conformance { question answer reason }
    opportunityCount
    opportunities(first: 20) { startDate startText endDate place locality country { label } participation { label } prices { amount currency text } }
  }
}
fragment Values on Element {${VALUES}
}`;

interface ConceptAnswer {
  code: string;
  label: string;
  language: string;
}
interface TextAnswer {
  text?: string | null;
  language?: string | null;
}

export interface ElementAnswer extends TextAnswer {
  __typename: string;
  name: string;
  state: string;
  origin: { path: string; rule: string | null } | null;
  derived?: ElementAnswer | null;
  country?: ConceptAnswer | null;
  region?: ConceptAnswer | null;
  references?: { name: TextAnswer | null; provider: { id: string; name: TextAnswer | null } }[] | null;
  from?: string | null;
  until?: string | null;
  outcomes?: TextAnswer[] | null;
  ects?: number | null;
  ectsMax?: number | null;
  hours?: number | null;
  hoursMax?: number | null;
  duration?: string | null;
  durationText?: string | null;
  credits?: { scheme: string; value: number | null; level: string | null }[] | null;
  eqf?: number | null;
  nqf?: { country: string | null; framework: string | null; level: string; label: string | null } | null;
  cycle?: ConceptAnswer | null;
  concept?: ConceptAnswer | null;
  concepts?: ConceptAnswer[] | null;
  claims?: ({ name: string | null; url: string | null } & TextAnswer)[] | null;
  stackability?: string | null;
  links?: string[] | null;
  validity?: string | null;
  fields?: ({ isced: ConceptAnswer | null; code: string | null; scheme: string | null } & TextAnswer)[] | null;
  items?: (TextAnswer & { uri: string | null })[] | null;
  prices?: { amount: number | null; currency: string | null; audience: string | null; text: string | null }[] | null;
}

/** Null, where the schema says "unless it does not answer": the part of the catalogue that knows it does not answer. */
export interface CredentialAnswer {
  id: string;
  url: string | null;
  status: string | null;
  version: number | null;
  retrievedAt: string | null;
  withdrawnReason: string | null;
  mergedInto: { id: string } | null;
  /** `example` is null while nobody knows more of the source than its id. */
  source: { id: string; title: string | null; licence: string | null; example: boolean | null } | null;
  title: TextAnswer | null;
  elements: ElementAnswer[] | null;
  conformance: { question: string; answer: string; reason: string }[] | null;
  opportunityCount: number | null;
  opportunities:
    | {
        startDate: string | null;
        startText: string | null;
        endDate: string | null;
        place: string | null;
        locality: string | null;
        country: { label: string } | null;
        participation: { label: string }[] | null;
        prices: { amount: number | null; currency: string | null; text: string | null }[] | null;
      }[]
    | null;
}

/** One line of an element's value, in its language (English for what this page itself puts into words). */
export interface Line {
  text: string;
  language: string;
}

const span = (from: number, to: number | null | undefined, unit: string): string =>
  to != null && to !== from ? `${from}–${to} ${unit}` : `${from} ${unit}`;

/** The value of an element as lines for a reader. Empty when there is no value. */
export function elementLines(e: ElementAnswer): Line[] {
  const lines: Line[] = [];
  const say = (text: string | null | undefined | false, language: string | null = 'en') => {
    if (text) lines.push({ text, language: language ?? 'und' });
  };
  const concept = (c: ConceptAnswer | null | undefined, prefix = '') =>
    c && say(`${prefix}${c.label}`, c.language === 'zxx' ? 'en' : c.language);
  const quoted = (t: TextAnswer) => say(t.text, t.language ?? 'und');

  concept(e.country);
  concept(e.region);
  for (const { name, provider } of e.references ?? []) {
    const known = provider.name ?? name;
    say(known?.text ?? provider.id, known?.language ?? 'en');
  }
  say(e.from && `from ${e.from}`);
  say(e.until && `until ${e.until}`);
  for (const outcome of e.outcomes ?? []) quoted(outcome);
  if (e.ects != null) say(span(e.ects, e.ectsMax, 'ECTS'));
  if (e.hours != null) say(span(e.hours, e.hoursMax, 'hours of effort'));
  say(e.duration && `${e.duration} of calendar time`);
  say(e.durationText && `duration: ${e.durationText}`);
  for (const credit of e.credits ?? []) {
    say([credit.value, credit.scheme, credit.level && `level ${credit.level}`].filter((v) => v != null).join(' '));
  }
  if (e.eqf != null) say(`EQF ${e.eqf}`);
  if (e.nqf)
    say(['national level', e.nqf.level, e.nqf.label, e.nqf.framework, e.nqf.country].filter(Boolean).join(' '));
  concept(e.cycle);
  concept(e.concept);
  for (const c of e.concepts ?? []) concept(c);
  for (const claim of e.claims ?? []) {
    say(claim.name, 'und');
    quoted(claim);
    say(claim.url);
  }
  say(e.stackability?.toLowerCase().replace('_', ' '));
  say(e.validity && `valid: ${e.validity}`);
  for (const field of e.fields ?? []) {
    concept(field.isced, field.isced ? `${field.isced.code} ` : '');
    quoted(field);
  }
  for (const item of e.items ?? []) say(item.text ?? item.uri, item.language ?? 'und');
  for (const price of e.prices ?? []) {
    const amount = price.amount === null ? undefined : `${price.amount} ${price.currency ?? ''}`.trim();
    say([amount, price.audience, price.text].filter(Boolean).join(', '));
  }
  quoted(e);
  for (const link of e.links ?? []) say(link);
  return lines;
}

import type { Credential, Element, ElementName } from '../../schema/index.ts';
import {
  assessmentTypes,
  countries,
  credentialKinds,
  esco,
  iscedF,
  languages as languageVocabulary,
  modesOfLearning,
  nuts,
  qfEheaCycle,
  qualityAssuranceKinds,
  supervision,
  targetGroups,
} from '../../schema/vocabularies/index.ts';
import { fullOrigin } from '../shared/origin.ts';
import { chosen, concept, concepts, everyLanguage, textFields } from '../shared/text.ts';
import type { CredentialNode } from './node.ts';

type Languages = readonly string[];
type ValueOf<N extends ElementName> = NonNullable<Credential[N]['value']>;
type Shape<N extends ElementName> = { type: string; shape: (value: ValueOf<N>, languages: Languages) => object };

type Texts = ValueOf<'title'>;
type References = ValueOf<'awardingBody'>;
type Alignments = ValueOf<'skills'>;
const text = {
  type: 'TextElement',
  shape: (value: Texts, languages: Languages) => textFields(value, languages) as object,
};

const providers = {
  type: 'ProvidersElement',
  shape: (value: References, languages: Languages) => ({
    providers: () => value.map(({ id }) => ({ id })),
    references: () =>
      value.map(({ id, name, url }) => ({ provider: { id }, name: chosen(name, languages), url: url ?? null })),
  }),
};

/** The entry of a framework that a text goes with; of ESCO with the name that ESCO itself gives it. */
const entry = ({ uri, framework }: { uri?: string; framework?: string }, languages: Languages) => ({
  uri,
  framework,
  concept: () => {
    const code = uri && esco.parse(uri);
    return code ? concept(esco, code, languages) : null;
  },
});

const alignments = {
  type: 'AlignmentsElement',
  shape: (value: Alignments, languages: Languages) => ({
    items: () => value.map((item) => ({ ...chosen(item.text, languages), ...entry(item, languages) })),
  }),
};

/** How the value of each element becomes the fields of its GraphQL type. Lists are worked out only when asked for. */
const shapes: { [N in ElementName]: Shape<N> } = {
  learner: { type: 'LearnerElement', shape: () => ({}) },
  title: text,
  issuerCountry: {
    type: 'IssuerCountryElement',
    shape: (value, languages) => ({
      country: concept(countries, value.country, languages),
      region: value.region ? concept(nuts, value.region, languages) : null,
    }),
  },
  awardingBody: providers,
  issueDate: { type: 'IssueDateElement', shape: (value) => ({ from: value.from, until: value.until }) },
  learningOutcomes: {
    type: 'LearningOutcomesElement',
    shape: (value, languages) => ({
      outcomes: () =>
        value.map((outcome) => ({
          ...chosen(outcome.text, languages),
          all: () => everyLanguage(outcome.text),
          ...entry(outcome, languages),
        })),
    }),
  },
  workload: { type: 'WorkloadElement', shape: (value) => value },
  level: {
    type: 'LevelElement',
    shape: (value, languages) => ({
      eqf: value.eqf,
      nqf: value.nqf,
      cycle: value.cycle ? concept(qfEheaCycle, value.cycle, languages) : null,
      ...textFields(value.text, languages),
    }),
  },
  assessment: {
    type: 'AssessmentElement',
    shape: (value, languages) => ({
      types: () => concepts(assessmentTypes, value.codes, languages),
      ...textFields(value.text, languages),
    }),
  },
  participation: {
    type: 'ParticipationElement',
    shape: (value, languages) => ({
      modes: () => concepts(modesOfLearning, value.codes, languages),
      ...textFields(value.text, languages),
    }),
  },
  qualityAssurance: {
    type: 'QualityAssuranceElement',
    shape: (value, languages) => ({
      kinds: () => concepts(qualityAssuranceKinds, value.kinds, languages),
      claims: () =>
        value.claims.map((claim) => ({ name: claim.name, url: claim.url, ...chosen(claim.text, languages) })),
    }),
  },
  prerequisites: text,
  supervision: {
    type: 'SupervisionElement',
    shape: (value, languages) => ({
      type: value.code ? concept(supervision, value.code, languages) : null,
      ...textFields(value.text, languages),
    }),
  },
  grade: { type: 'TextElement', shape: (value, languages) => text.shape(value.scheme, languages) },
  stackability: {
    type: 'StackabilityElement',
    shape: (value, languages) => ({ type: value.code, ...textFields(value.text, languages) }),
  },
  furtherInformation: {
    type: 'FurtherInformationElement',
    shape: (value, languages) => ({
      links: value.links,
      validity: value.validity,
      ...textFields(value.text, languages),
    }),
  },
  description: text,
  kind: {
    type: 'KindElement',
    shape: (value, languages) => ({
      type: value.code ? concept(credentialKinds, value.code, languages) : null,
      ...textFields(value.text, languages),
    }),
  },
  fields: {
    type: 'FieldsElement',
    shape: (value, languages) => ({
      fields: () =>
        value.map((field) => ({
          isced: field.isced ? concept(iscedF, field.isced, languages) : null,
          scheme: field.scheme,
          code: field.code,
          ...chosen(field.text, languages),
        })),
    }),
  },
  skills: alignments,
  occupations: alignments,
  targetGroup: {
    type: 'TargetGroupElement',
    shape: (value, languages) => ({
      groups: () => concepts(targetGroups, value.codes, languages),
      ...textFields(value.text, languages),
    }),
  },
  purpose: text,
  offeredBy: providers,
  languages: {
    type: 'LanguagesElement',
    shape: (value, languages) => ({ languages: () => concepts(languageVocabulary, value, languages) }),
  },
  costs: { type: 'CostsElement', shape: (value) => ({ prices: value }) },
  funding: text,
  certificationFormat: text,
  conditionsToEarn: text,
};

/** One element as its GraphQL type sees it. Fresh each time; the text is chosen once, the rest only when asked for. */
export function elementOf(node: CredentialNode, name: ElementName, languages: Languages): object {
  return build(node, name, node.stored.record[name] as Element<unknown>, languages);
}

function build(node: CredentialNode, name: ElementName, element: Element<unknown>, languages: Languages): object {
  const { type, shape } = shapes[name] as { type: string; shape: (value: unknown, languages: Languages) => object };
  const { state, value, origin, derived } = element;
  const place = ({ path, rule }: { path: string; rule?: string }) =>
    fullOrigin({ path, rule }, node.stored.record.source, node.stored.retrievedAt);
  return {
    ...(value === undefined ? undefined : shape(value, languages)),
    __typename: type,
    name,
    state,
    origin: origin ? () => place(origin) : null,
    derived: derived ? () => build(node, name, { state: 'derived', ...derived }, languages) : null,
  };
}

import {
  CONFORMANCE_QUESTIONS,
  ELEMENTS,
  type ElementName,
  type Opportunity,
  type RelationType,
} from '../../schema/index.ts';
import { calendarDate } from '../shared/calendar-date.ts';
import { wantedLanguages } from '../shared/languages.ts';
import { fullOrigin } from '../shared/origin.ts';
import { pageSize } from '../shared/page-size.ts';
import type { Resolve } from '../shared/subgraph.ts';
import { chosen } from '../shared/text.ts';
import { elementOf } from './elements.ts';
import { lookUp } from './look-up.ts';
import { type CredentialNode, credentialNode } from './node.ts';
import { opportunitiesOf } from './opportunity.ts';

type Field<A = unknown> = Resolve<CredentialNode, A>;
type Languages = { languages?: string[] };

const elementFields = Object.fromEntries(
  ELEMENTS.map((name): [string, Field<Languages>] => [
    name,
    (node, args) => elementOf(node, name, wantedLanguages(args.languages, node.languages)),
  ]),
);

const elements: Field<Languages & { names?: ElementName[] }> = (node, { names, languages }) => {
  const wanted = wantedLanguages(languages, node.languages);
  return (names ?? ELEMENTS).map((name) => elementOf(node, name, wanted));
};

const opportunities: Field<{ first?: number; startFrom?: string }> = (node, { first, startFrom }) => {
  const size = pageSize(first, 20);
  const from = calendarDate('startFrom', startFrom);
  const wanted = ({ startDate }: Opportunity) => !from || (startDate !== undefined && startDate >= from);
  return opportunitiesOf(node, wanted, size);
};

const relations: Field<Languages & { types?: RelationType[] }> = (node, { types, languages }, { loaders }) => {
  const wanted = wantedLanguages(languages, node.languages);
  return node.stored.record.relations
    .filter((relation) => !types || types.includes(relation.type))
    .map((relation) => ({
      type: relation.type,
      target: relation.target,
      label: chosen(relation.label, wanted),
      origin: fullOrigin(relation.origin, node.stored.record.source, node.stored.retrievedAt),
      credential: async () => credentialNode(await lookUp(loaders, relation.target), node.languages),
    }));
};

const conformance: Field = ({ stored }) =>
  CONFORMANCE_QUESTIONS.map((question) => ({ question, ...stored.record.conformance[question] }));

const mergedInto: Field = async ({ stored, languages }, _, { loaders }) =>
  stored.mergedInto ? credentialNode(await loaders.credential.load(stored.mergedInto), languages) : null;

/** Resolvers of the type `Credential`. */
export const credentialType = {
  __resolveReference: async (reference: { id: string }, { loaders, languages }: Parameters<Field>[2]) =>
    credentialNode(await loaders.credential.load(reference.id), languages),
  ...(Object.fromEntries(
    (['id', 'identifier', 'alternates', 'url', 'sourceModified'] as const).map((name) => [
      name,
      (({ stored }) => stored.record[name]) as Field,
    ]),
  ) as Record<string, Field>),
  ...(Object.fromEntries(
    (['status', 'version', 'retrievedAt', 'firstSeen', 'changedAt', 'withdrawnReason'] as const).map((name) => [
      name,
      (({ stored }) => stored[name]) as Field,
    ]),
  ) as Record<string, Field>),
  source: (({ stored }) => ({ id: stored.record.source })) as Field,
  mergedInto,
  ...elementFields,
  elements,
  opportunityCount: (({ stored }) => stored.record.opportunities.length) as Field,
  opportunities,
  relations,
  conformance,
};

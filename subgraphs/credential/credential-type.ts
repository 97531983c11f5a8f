import { CONFORMANCE_QUESTIONS, ELEMENTS, type ElementName, type RelationType } from '../../schema/index.ts';
import { calendarDate } from '../shared/calendar-date.ts';
import { wantedLanguages } from '../shared/languages.ts';
import { fullOrigin } from '../shared/origin.ts';
import { pageSize } from '../shared/page-size.ts';
import type { Resolve } from '../shared/subgraph.ts';
import { chosen } from '../shared/text.ts';
import { elementOf } from './elements.ts';
import { lookUp } from './look-up.ts';
import { type CredentialNode, credentialNode } from './node.ts';
import { opportunityOf } from './opportunity.ts';

type Field<A = unknown> = Resolve<CredentialNode, A>;

const elementFields = Object.fromEntries(
  ELEMENTS.map((name): [string, Field<{ languages?: string[] }>] => [
    name,
    (node, args) => elementOf(node, name, wantedLanguages(args.languages, node.languages)),
  ]),
);

const elements: Field<{ names?: ElementName[] }> = (node, { names }) =>
  (names ?? ELEMENTS).map((name) => elementOf(node, name, node.languages));

const opportunities: Field<{ first?: number; startFrom?: string }> = (node, { first, startFrom }) => {
  const size = pageSize(first, 20);
  const from = calendarDate('startFrom', startFrom);
  const known = node.stored.record.opportunities;
  const wanted = from ? known.filter((o) => o.startDate !== undefined && o.startDate >= from) : known;
  return wanted.slice(0, size).map((opportunity) => opportunityOf(node, opportunity));
};

const relations: Field<{ types?: RelationType[] }> = (node, { types }, { loaders }) =>
  node.stored.record.relations
    .filter((relation) => !types || types.includes(relation.type))
    .map((relation) => ({
      type: relation.type,
      target: relation.target,
      label: chosen(relation.label, node.languages),
      origin: fullOrigin(relation.origin, node.stored.record.source, node.stored.retrievedAt),
      credential: async () => credentialNode(await lookUp(loaders, relation.target), node.languages),
    }));

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

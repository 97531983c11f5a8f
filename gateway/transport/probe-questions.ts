import { type DocumentNode, parse } from 'graphql';

/** A light question for each subgraph of ours that its store, or its engine, has to answer. */
const QUESTIONS: Readonly<Record<string, DocumentNode>> = {
  search: parse('query Probe { search(filter: { source: ["-"] }, first: 1) { totalCount } }'),
  credential: parse('query Probe { credentials(ids: ["crd_00000000000000000000"]) { id } }'),
  provider: parse('query Probe { provider(id: "prv_00000000000000000000") { id } }'),
  source: parse('query Probe { source(id: "-") { id } }'),
};
const OF_ANYBODY = parse('query Probe { __typename }');

export const probeQuestion = (subgraph: string): DocumentNode =>
  (Object.hasOwn(QUESTIONS, subgraph) ? QUESTIONS[subgraph] : undefined) ?? OF_ANYBODY;

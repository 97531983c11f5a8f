import { assessConformance } from './assess-conformance.ts';
import type { Credential } from './credential.ts';
import { atIssuance, ELEMENTS, notStated } from './element.ts';
import { mintCredentialId } from './ids.ts';
import { distinctRunIds } from './run-ids.ts';

/** What a format must know of a record; every element it leaves out is `not-stated` (or `at-issuance`). */
export type CredentialDraft = Pick<Credential, 'source' | 'identifier'> &
  Partial<Omit<Credential, 'id' | 'source' | 'identifier' | 'learner' | 'conformance'>>;

/** Completes a draft: mints the id, tells its runs apart, fills silent elements, answers the questions of conformance. */
export function completeCredential(draft: CredentialDraft): Credential {
  const runs = draft.opportunities ?? [];
  const runIds = distinctRunIds(runs);
  const elements = Object.fromEntries(ELEMENTS.map((name) => [name, notStated()]));
  const record = {
    alternates: [],
    relations: [],
    ...elements,
    issueDate: atIssuance(),
    grade: atIssuance(),
    ...Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)),
    learner: atIssuance(),
    opportunities: runs.map((run, n) => ({ ...run, id: runIds[n] })),
    id: mintCredentialId(draft.source, draft.identifier),
  } as unknown as Omit<Credential, 'conformance'>;
  return { ...record, conformance: assessConformance(record) };
}

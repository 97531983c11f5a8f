import { assessConformance } from './conformance.ts';
import type { Credential } from './credential.ts';
import { atIssuance, ELEMENTS, notStated } from './element.ts';
import { mintCredentialId } from './ids.ts';

/** What a format must know of a record; every element it leaves out is `not-stated` (or `at-issuance`). */
export type CredentialDraft = Pick<Credential, 'source' | 'identifier'> &
  Partial<Omit<Credential, 'id' | 'source' | 'identifier' | 'learner' | 'conformance'>>;

/** Completes a draft: mints the id, fills silent elements, answers the four questions of conformance. */
export function completeCredential(draft: CredentialDraft): Credential {
  const elements = Object.fromEntries(ELEMENTS.map((name) => [name, notStated()]));
  const record = {
    alternates: [],
    opportunities: [],
    relations: [],
    ...elements,
    issueDate: atIssuance(),
    grade: atIssuance(),
    ...Object.fromEntries(Object.entries(draft).filter(([, value]) => value !== undefined)),
    learner: atIssuance(),
    id: mintCredentialId(draft.source, draft.identifier),
  } as unknown as Omit<Credential, 'conformance'>;
  return { ...record, conformance: assessConformance(record) };
}

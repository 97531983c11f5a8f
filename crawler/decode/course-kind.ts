import { type CredentialDraft, derived, type LangString, notStated, stated, withDerived } from '../../schema/index.ts';
import { credentialKinds } from '../../schema/vocabularies/index.ts';
import { each, problem, type Reading, texts } from './course-reading.ts';
import { isNode } from './linked-data.ts';

const DEGREE = /^(?:bachelor|master|doctor|ph\.?d)(?:['’]s)?(?:\s+(?:of|in|degree|programme|program)\b|\s*\()/i;

/** The kind of credential: the words of the source, a code only when they are one; else derived from the node type. */
export function kind(r: Reading, title: LangString[]): NonNullable<CredentialDraft['kind']> {
  const byType =
    r.raw.type === 'EducationalOccupationalProgram' || r.raw.type === 'WorkBasedProgram'
      ? 'programme'
      : r.raw.type === 'EducationalOccupationalCredential'
        ? undefined
        : 'course';
  const places: [unknown, string][] = [];
  for (const key of ['educationalCredentialAwarded', 'credentialAwarded', 'occupationalCredentialAwarded']) {
    for (const [value, path] of each(r.node, key)) {
      if (!isNode(value)) places.push([value, path]);
      else
        places.push([
          value['credentialCategory'] ?? value['name'],
          `${path}/${value['credentialCategory'] ? 'credentialCategory' : 'name'}`,
        ]);
    }
  }
  places.push(...each(r.node, 'credentialCategory'));
  const text: LangString[] = [];
  let from = '';
  let code: string | undefined;
  for (const [value, path] of places) {
    for (const words of texts(r, isNode(value) ? (value['name'] ?? value['termCode'] ?? value['@id']) : value, path)) {
      if (title.some((t) => t.value.toLowerCase() === words.value.toLowerCase())) {
        problem(
          r,
          path,
          'credential-is-title',
          words.value,
          'say what is awarded (certificate, badge, …), not what is taught',
          'info',
        );
        continue;
      }
      from ||= path;
      text.push(words);
      code ??=
        credentialKinds.parse(words.value) ??
        (/\bmicro-?\s?credential/i.test(words.value) ? 'micro-credential' : undefined);
    }
  }
  if (from) {
    const element: NonNullable<CredentialDraft['kind']> = stated({ ...(code ? { code } : {}), text }, from);
    if (code) return element;
    if (text.some(({ value }) => DEGREE.test(value)))
      return withDerived(element, { code: 'degree' }, from, 'degree-in-name');
    return byType ? withDerived(element, { code: byType }, '/type', 'schema-org-type') : element;
  }
  return byType ? derived({ code: byType }, '/type', 'schema-org-type') : notStated();
}

import {
  type CredentialDraft,
  type Element,
  type FieldValue,
  type LearningOutcome,
  statedIf,
} from '../../schema/index.ts';
import { splitOutcomes } from '../../schema/parse/text.ts';
import { iscedF } from '../../schema/vocabularies/index.ts';
import {
  aligned,
  alignment,
  each,
  type Reading,
  rawText,
  say,
  type Term,
  term,
  terms,
  texts,
} from './course-reading.ts';
import type { LinkedNode } from './html-microdata.ts';
import { isNode, list } from './linked-data.ts';

/** What the course says it teaches; what a credential requires to be shown. */
export function outcomes(r: Reading, credential: LinkedNode | undefined): Element<LearningOutcome[]> {
  const found = [
    ...terms(r, r.node, 'teaches'),
    ...aligned(r, /^teaches$/i),
    ...(r.raw.type === 'EducationalOccupationalCredential' ? terms(r, r.node, 'competencyRequired') : []),
    ...(credential ? terms(r, credential, 'competencyRequired', '/node/educationalCredentialAwarded') : []),
  ];
  const out: LearningOutcome[] = [];
  const seen = new Set<string>();
  for (const { text, uri, framework } of found) {
    const single =
      text.length === 1 && !uri
        ? splitOutcomes(text[0]?.value ?? '').map((value) => [{ language: text[0]?.language ?? 'und', value }])
        : [text];
    for (const item of single) {
      const key = `${uri ?? ''} ${JSON.stringify(item)}`;
      if (seen.has(key) || (!item.length && !uri)) continue;
      seen.add(key);
      // An outcome known only by its address is shown with it: the catalogue has no words for it.
      const words = item.length ? item : [{ language: 'zxx', value: uri as string }];
      out.push({ text: words, ...(uri ? { uri } : {}), ...(framework ? { framework } : {}) });
    }
  }
  return statedIf(out, found[0]?.path ?? '/node/teaches');
}

/** Subjects and keywords in the words of the source; ISCED-F only from a term set that is ISCED-F. */
export function fields(r: Reading): Element<FieldValue[]> {
  const out: FieldValue[] = [];
  let from = '';
  const add = (t: Term, scheme?: string) => {
    const framework = t.framework ?? scheme;
    const isced = framework && /isced/i.test(framework) ? iscedF.parse(t.code ?? t.text[0]?.value ?? '') : undefined;
    if (!t.text.length && !isced && !t.code) return;
    from ||= t.path;
    out.push({
      ...(isced ? { isced } : {}),
      ...(framework ? { scheme: framework } : {}),
      ...(t.code ? { code: t.code } : {}),
      ...(t.text.length ? { text: t.text } : {}),
    });
  };
  for (const [value, path] of each(r.node, 'about')) {
    // A thing with a description is a section of the page (Richie), not a subject.
    if (isNode(value) && value['description'] !== undefined && !list(value['@type']).includes('DefinedTerm')) {
      const name = texts(r, value['name'], path)[0]?.value;
      say(r, name ?? 'about', texts(r, value['description'], `${path}/description`));
      continue;
    }
    const t = term(r, value, path);
    if (t) add(t);
  }
  for (const t of aligned(r, /educational\s*subject/i)) add(t);
  for (const [value, path] of each(r.node, 'keywords')) {
    const words = isNode(value) ? [value] : rawText(value).split(/\s*[,;]\s*/);
    for (const word of words) {
      const t = term(r, word, path);
      if (t) add(t, 'keywords');
    }
  }
  return statedIf(out, from);
}

/** What is assessed is a skill; how it is assessed schema.org cannot say. */
export function skills(r: Reading): NonNullable<CredentialDraft['skills']> {
  const found = [...terms(r, r.node, 'assesses'), ...terms(r, r.node, 'skills'), ...aligned(r, /^(assesses|skill)/i)];
  return statedIf(found.map(alignment), found[0]?.path ?? '');
}

/** Occupations that the course or programme names. */
export function occupations(r: Reading): NonNullable<CredentialDraft['occupations']> {
  const found = [...terms(r, r.node, 'occupationalCategory'), ...terms(r, r.node, 'hasOccupation')];
  return statedIf(found.map(alignment), found[0]?.path ?? '');
}

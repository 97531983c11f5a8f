import type { Relation } from '../../schema/index.ts';
import { isFiller } from '../../schema/parse/text.ts';
import { nodeUrl } from './course-nodes.ts';
import { bare, courseUrl, each, optional, problem, RESIDUE, type Reading, rawText, texts } from './course-reading.ts';
import { resolveUrl } from './html-data.ts';
import { isNode, list } from './linked-data.ts';

/** Further identifiers that name this course and nothing else. */
export function alternates(r: Reading, identifier: string): string[] {
  const out = new Set<string>();
  for (const value of [r.node['@id'], ...list(r.node['url']), ...list(r.node['identifier']).map(identifierText)]) {
    // Alternates resolve without their fragment, so `page#a` and `page#b` would be one.
    const text = isNode(value) ? value['@id'] : value;
    if (typeof text !== 'string' || !text.trim() || text.startsWith('_:')) continue;
    const trimmed = text.trim();
    if (/^(urn|doi|info):/i.test(trimmed) || /^ce-[0-9a-f-]{36}$/i.test(trimmed)) out.add(trimmed);
    else if (/^https?:\/\//i.test(trimmed) && URL.canParse(trimmed) && !trimmed.includes('#') && !RESIDUE.test(trimmed))
      out.add(trimmed);
    else if (
      !isFiller(trimmed) &&
      nodeUrl({ url: trimmed }, r.raw.base) === undefined &&
      /^[a-z]+:\/\//i.test(trimmed)
    ) {
      problem(r, '/node/url', 'url-scheme', trimmed, 'give an http or https address', 'error');
    }
  }
  out.delete(identifier);
  return [...out];
}

const identifierText = (value: unknown): unknown =>
  isNode(value) ? (value['value'] ?? value['@id'] ?? value['url']) : value;

const RELATIONS: readonly [string, Relation['type']][] = [
  ['isPartOf', 'partOf'],
  ['hasPart', 'hasPart'],
  ['hasCourse', 'hasPart'],
  ['coursePrerequisites', 'requires'],
  ['programPrerequisites', 'requires'],
  ['sameAs', 'sameAs'],
];

const COURSE =
  /^(Course|CourseInstance|EducationalOccupationalProgram|WorkBasedProgram|EducationalOccupationalCredential)$/i;

/** Declared relations to other courses and programmes that have an address. */
export function relations(r: Reading): Relation[] {
  const out = new Map<string, Relation>();
  for (const [key, type] of RELATIONS) {
    for (const [value, path] of each(r.node, key)) {
      const node = isNode(value) ? value : undefined;
      const types = list(node?.['@type']).map(String);
      // Courses are also parts of web sites and series: only what is a course itself is a relation.
      if (
        types.length ? !types.some((t) => COURSE.test(t)) : type !== 'sameAs' && (!node || node['name'] !== undefined)
      )
        continue;
      const target = node ? nodeUrl(node, r.raw.base) : resolveUrl(rawText(value), r.raw.base);
      if (!target || !/^https?:/.test(target)) continue;
      const isSelf = [r.raw.page.url, courseUrl(r)].some((own) => own && bare(own) === bare(target));
      if (isSelf) continue;
      const label = node ? texts(r, node['name'], `${path}/name`) : [];
      out.set(`${type} ${target}`, { type, target, ...optional('label', label), origin: { path } });
    }
  }
  return [...out.values()];
}

import type { ConceptKind, ConceptLabel, ConceptSource } from './concept-source.ts';

const BASE = 'http://data.europa.eu/esco/';
const KINDS: ReadonlyMap<string, ConceptKind> = new Map([
  ['skill', 'skill'],
  ['skillGroup', 'skill-group'],
  ['occupation', 'occupation'],
  ['iscoGroup', 'isco-group'],
]);
const ISCED = 'isced-f/';

/** Further names of skills that were made by machine, by language: they lead astray more than they find (measured). */
const NOISE: ReadonlySet<string> = new Set(['en', 'es']);

/**
 * ESCO as one table (`uri kind skillType reuseLevel code broader collections labels…`), and `occupation essential optional` with numbers of
 * its lines: what `../shared/feeds/esco` has, and `vocabulary import` writes.
 */
export function readEsco(table: string, relations: string): ConceptSource[] {
  const [, ...lines] = table.trimEnd().split('\n');
  const uris = lines.map((line) => BASE + line.slice(0, line.indexOf('\t')));
  const skills = new Map<string, { essential: string[]; optional: string[] }>();
  const named = (numbers = ''): string[] => numbers.split(',').flatMap((n) => (n ? (uris[Number(n)] ?? []) : []));
  for (const line of relations.trimEnd().split('\n')) {
    const [occupation = '', essential, optional] = line.split('\t');
    skills.set(BASE + occupation, { essential: named(essential), optional: named(optional) });
  }
  return lines.map((line, n): ConceptSource => {
    const [, kindWord = '', , , code = '', broader = '', , ...cells] = line.split('\t');
    const kind = KINDS.get(kindWord) ?? 'skill';
    const uri = uris[n] as string;
    const above = broader.split(',').filter(Boolean);
    const field = above.find((one) => one.startsWith(ISCED))?.slice(ISCED.length);
    const broaderHere = above.filter((one) => !one.startsWith(ISCED)).map((one) => BASE + one);
    return {
      uri,
      kind,
      ...(code || field ? { code: code || (field as string) } : {}),
      labels: cells.flatMap((cell) => labelsIn(cell, kind)),
      ...(broaderHere.length ? { broader: broaderHere } : {}),
      ...skills.get(uri),
    };
  });
}

function labelsIn(cell: string, kind: ConceptKind): ConceptLabel[] {
  const language = cell.slice(0, 2);
  const [preferred = '', ...others] = cell.slice(3).split('|');
  const kept = kind === 'skill' && NOISE.has(language) ? [] : others;
  return [
    ...inBothForms(preferred).map((text) => ({ language, text, preferred: true })),
    ...kept.flatMap(inBothForms).map((text) => ({ language, text, preferred: false })),
  ];
}

/** `soudeur/soudeuse`: one name for him, one for her. */
export function inBothForms(label: string): string[] {
  const parts = label.split('/').map((part) => part.trim());
  return parts.length === 2 && parts.every((part) => /^\p{L}{4,}(?:[ -]\p{L}+){0,5}$/u.test(part)) ? parts : [label];
}

import type { ConceptKind, ConceptLabel, ConceptSource } from './concept-source.ts';
import { inBothForms } from './read-esco.ts';

/** A table as ESCO's portal gives it (`skills_de.csv`): rows by column. */
export interface EscoTable {
  /** Its file name, without folders. */
  name: string;
  rows: readonly Readonly<Record<string, string>>[];
}

export interface EscoImport {
  concepts: ConceptSource[];
  /** What was taken in, by language: how many labels. */
  labels: Map<string, number>;
  /** Concepts of the tables that this edition does not have. */
  unknown: number;
  /** Tables that are none of labels or relations. */
  passedOver: string[];
}

const LABELS = /^(skills|occupations|skillGroups|ISCOGroups)_([a-z]{2})\.csv$/i;
const KINDS: ReadonlyMap<string, ConceptKind> = new Map([
  ['skills', 'skill'],
  ['occupations', 'occupation'],
  ['skillgroups', 'skill-group'],
  ['iscogroups', 'isco-group'],
]);
const RELATIONS = /^occupationSkillRelations(?:_[a-z]{2})?\.csv$/i;

/**
 * ESCO with the labels of these tables: those of a language take the place of what was known in it. `move`: to the edition of the tables,
 * so that what they have is new and what they lack (of the kinds that they list) is gone; else concepts stay as they are.
 */
export function withEscoTables(
  known: readonly ConceptSource[],
  tables: readonly EscoTable[],
  move: boolean,
): EscoImport {
  const concepts = new Map(known.map((concept) => [concept.uri, concept]));
  const listed = new Map<ConceptKind, Set<string>>();
  const labels = new Map<string, number>();
  const unknown = new Set<string>();
  const passedOver: string[] = [];
  for (const { name, rows } of tables) {
    const [, kindWord = '', language = ''] = LABELS.exec(name) ?? [];
    const kind = KINDS.get(kindWord.toLowerCase());
    if (!kind) {
      if (!RELATIONS.test(name)) passedOver.push(name);
      continue;
    }
    for (const row of rows) {
      const uri = row.conceptUri?.trim();
      const own = uri ? labelsIn(row, language.toLowerCase()) : [];
      if (!uri || !own.length) continue;
      listed.set(kind, (listed.get(kind) ?? new Set()).add(uri));
      const before = concepts.get(uri);
      if (!before && !move) {
        unknown.add(uri);
        continue;
      }
      const { labels: others, ...rest }: ConceptSource = before ?? { uri, kind, labels: [] };
      const code = row.iscoGroup?.trim() || row.code?.trim();
      concepts.set(uri, {
        ...rest,
        ...(code && !rest.code ? { code } : {}),
        labels: [...others.filter((one) => one.language !== language.toLowerCase()), ...own],
      });
      labels.set(language.toLowerCase(), (labels.get(language.toLowerCase()) ?? 0) + own.length);
    }
  }
  if (move) for (const [uri, { kind }] of concepts) if (listed.get(kind)?.has(uri) === false) concepts.delete(uri);
  const relations = tables.filter(({ name }) => RELATIONS.test(name)).flatMap(({ rows }) => rows);
  if (relations.length) relate(concepts, relations);
  return { concepts: [...concepts.values()], labels, unknown: unknown.size, passedOver };
}

function labelsIn(row: Readonly<Record<string, string>>, language: string): ConceptLabel[] {
  const preferred = row.preferredLabel?.trim();
  if (!preferred) return [];
  const others = (row.altLabels ?? '').split('\n').map((text) => text.trim());
  return [
    ...inBothForms(preferred).map((text) => ({ language, text, preferred: true })),
    ...others
      .filter(Boolean)
      .flatMap(inBothForms)
      .map((text) => ({ language, text, preferred: false })),
  ];
}

function relate(concepts: Map<string, ConceptSource>, rows: EscoTable['rows']): void {
  const skills = new Map<string, { essential: string[]; optional: string[] }>();
  for (const { occupationUri, skillUri, relationType } of rows) {
    if (!occupationUri || !skillUri) continue;
    const own = skills.get(occupationUri) ?? { essential: [], optional: [] };
    skills.set(occupationUri, own);
    own[relationType === 'essential' ? 'essential' : 'optional'].push(skillUri);
  }
  for (const [uri, own] of skills) {
    const occupation = concepts.get(uri);
    if (occupation) concepts.set(uri, { ...occupation, ...own });
  }
}

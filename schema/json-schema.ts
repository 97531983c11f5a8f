import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { Conformance, ConformanceAnswer } from './conformance.ts';
import { Credential, LearningOutcome, NqfLevel } from './credential.ts';
import { ElementState, Origin } from './element.ts';
import { LangString, LangStrings } from './lang-string.ts';
import { IsoDate, IsoDuration, Opportunity, Price } from './opportunity.ts';
import { Provider, ProviderReference } from './provider.ts';
import { Relation } from './relation.ts';
import { SourceDefinition } from './source.ts';

const PUBLISHED = {
  credential: {
    model: Credential,
    io: 'output',
    title: 'Credential',
    description:
      'What is awarded, once, with the sixteen standard elements of Council Recommendation 2022/C 243/02, Annex I, ' +
      'each with its state and origin; its dated runs are `opportunities`.',
  },
  provider: {
    model: Provider,
    io: 'output',
    title: 'Provider',
    description: 'A body that awards or teaches, as one source describes it, with dated evidence of quality assurance.',
  },
  source: {
    model: SourceDefinition,
    io: 'input',
    title: 'Source',
    description: 'Where statements come from: a file of crawler/sources. What has a default may be left out.',
  },
} as const;

/** Models with a name of their own in `$defs`; the others stand where they are used. */
const NAMED = {
  Conformance,
  ConformanceAnswer,
  ElementState,
  IsoDate,
  IsoDuration,
  LangString,
  LangStrings,
  LearningOutcome,
  NqfLevel,
  Opportunity,
  Origin,
  Price,
  ProviderReference,
  Relation,
};
for (const [id, model] of Object.entries(NAMED)) {
  z.globalRegistry.add(model as z.ZodType, { ...z.globalRegistry.get(model as z.ZodType), id });
}

export type PublishedSchema = keyof typeof PUBLISHED;
export const PUBLISHED_SCHEMAS = Object.keys(PUBLISHED) as PublishedSchema[];

/** The base of the `$id`s; a name, not necessarily an address. */
export const SCHEMA_BASE = 'urn:credatlas:schema:';

/**
 * The published JSON Schema (draft 2020-12), generated from the zod model: of records as they are published, of
 * sources as they are written. Throws nothing; a model that JSON Schema cannot express fails the build's test.
 */
export function jsonSchema(name: PublishedSchema): Record<string, unknown> {
  const { model, io, title, description } = PUBLISHED[name];
  const { $schema, ...rest } = z.toJSONSchema(model, { target: 'draft-2020-12', io });
  return { $schema, $id: `${SCHEMA_BASE}${name}.schema.json`, title, description, ...rest };
}

/** The committed file of a published schema, beside this module. */
export const schemaFile = (name: PublishedSchema): URL => new URL(`./${name}.schema.json`, import.meta.url);

/** The text of the file as it has to be. */
export const schemaText = (name: PublishedSchema): string => `${JSON.stringify(jsonSchema(name), null, 2)}\n`;

/** Names of the committed schemas that are not what the models say. */
export const staleSchemas = (): PublishedSchema[] =>
  PUBLISHED_SCHEMAS.filter((name) => {
    try {
      return readFileSync(schemaFile(name), 'utf8') !== schemaText(name);
    } catch {
      return true; // not there yet
    }
  });

// `node schema/json-schema.ts --write` writes them anew; without the flag it says whether they are stale.
if (import.meta.main) {
  const stale = staleSchemas();
  if (process.argv.includes('--write')) for (const name of stale) writeFileSync(schemaFile(name), schemaText(name));
  else if (stale.length > 0) process.exitCode = 1;
  console.log(stale.length > 0 ? `stale: ${stale.join(', ')}` : 'up to date');
}

import { mintCredentialId, type Relation, type RelationType } from '../../../schema/index.ts';
import { createRelations } from '../../elements/relations.ts';
import type { Spot } from '../../record/spot.ts';
import { type CtdlReading, identifierOf, ownId, typesOf } from './entries.ts';
import { credentialKind, referenceKey } from './terms.ts';

const RELATIONS: [property: string, type: RelationType][] = [
  ['isPartOf', 'partOf'],
  ['hasPart', 'hasPart'],
  ['isPreparationFor', 'stacksInto'],
  ['isAdvancedStandingFor', 'stacksInto'],
  ['isRequiredFor', 'stacksInto'],
  ['preparationFrom', 'requires'],
  ['sameAs', 'sameAs'],
];

/** Relations to records that stand beside this one are to their public ids, others to the address given. */
export function relationsOf(reading: CtdlReading, page: string | undefined): Relation[] {
  const { main, toEarn, source, identifier } = reading;
  const minted = (id: string): string => mintCredentialId(source.id, referenceKey(id));
  const relations = createRelations([identifier, ownId(main), main.at('ctid').said(), page, minted(identifier)]);
  const follow = (type: RelationType, from: Spot, ...names: string[]): void => {
    for (const one of from.each(...names)) {
      const node = one.node();
      if (!node) {
        const said = one.said() ?? '';
        if (/^(?:https?:|urn:|ce-)/i.test(said)) relations.add(type, said, one);
        continue;
      }
      const types = typesOf(node);
      if (types.includes('ConditionProfile')) {
        follow(type, node, 'targetCredential', 'targetLearningOpportunity');
        continue;
      }
      const id = identifierOf(node);
      if (id === undefined) continue;
      const known = one.path !== node.path && types.some(credentialKind);
      relations.add(type, known ? minted(id) : id, node, node.at('name').texts());
    }
  };
  for (const [property, type] of RELATIONS) follow(type, main, property);
  for (const at of toEarn) follow('requires', at, 'targetCredential');
  return relations.all();
}

/** Codes of the publisher that say which record it is. They mean the same only within their source. */
function codesOf({ main, source }: CtdlReading): string[] {
  const values = main.each('identifier').flatMap((one) => one.node()?.at('identifierValueCode') ?? one);
  return [...main.each('codedNotation'), ...values].flatMap((spot) => {
    const code = spot.said();
    if (code === undefined) return [];
    return /^(?:urn:|https?:\/\/|ce-)/i.test(code) ? [code] : [`code:${source.id}:${code}`];
  });
}

/** What else the record is known by: `@id`, CTID, page, codes. */
export function alternatesOf(reading: CtdlReading, page: string | undefined): string[] {
  const { main, identifier } = reading;
  const all = [ownId(main), main.at('ctid').said(), page, ...codesOf(reading)];
  return [...new Set(all)].filter((text) => text !== undefined && text !== identifier) as string[];
}

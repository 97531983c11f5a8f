import { bareRecord } from '../../../schema/index.ts';
import { append, type JsonNode } from '../../decode/linked/node.ts';
import type { XmlElement } from '../../decode/xml-element.ts';
import { BARE, nameIn } from './names.ts';

/** The lists of a LOQ document (XSD 3.0 to 3.3.1), whose children refer to each other by `idref`. */
export const LISTS = [
  'Courses',
  'learningOpportunityReferences',
  'learningAchievementSpecificationReferences',
  'learningOutcomeReferences',
  'learningActivitySpecificationReferences',
  'learningAssessmentSpecificationReferences',
  'learningEntitlementSpecificationReferences',
  'agentReferences',
  'groupReferences',
  'accreditationReferences',
  'gradingSchemeReferences',
  'locationReferences',
  'awardingOpportunityReferences',
];

/** `dc:type` is the one name of the XSD that JSON-LD has for something else. */
const nameOf = (local: string): string => (local === 'type' ? 'dcType' : nameIn(BARE, local));

/** An element of a list as a node: its name is its class. */
export function nodeOfElement(element: XmlElement): JsonNode {
  const node = saidIn(element);
  const type = element.name.charAt(0).toUpperCase() + element.name.slice(1);
  return typeof node === 'object' && node !== null ? { '@type': type, ...node } : { '@type': type, title: node };
}

/** `id`, `uri` and `idref` are all addresses; `language` is that of the text. */
function saidIn({ text, children = [], attributes = {}, language }: XmlElement): unknown {
  const { id, idref, uri, language: tag, ...rest } = attributes;
  const node = bareRecord<JsonNode>();
  const address = id ?? idref ?? uri;
  if (address !== undefined) node['@id'] = address.trim();
  for (const [name, value] of Object.entries(rest)) append(node, nameOf(name), value);
  for (const child of children) append(node, nameOf(child.name), saidIn(child));
  if (Object.keys(node).length) {
    // Text beside children is layout, or of all of them.
    if (text !== undefined && !children.length) node.value = text;
    return node;
  }
  const own = tag ?? language;
  return own ? { '@value': text ?? '', '@language': own } : (text ?? '');
}

import { bareRecord, isObject, table } from '../../../schema/index.ts';
import { append, type JsonNode } from '../../decode/linked/node.ts';
import type { XmlElement } from '../../decode/xml-element.ts';

/** The root of a credential of the second version (EDCI 0.10 to 1.x), which was XML. */
export const CREDENTIAL = 'europassCredential';

/** What is read of one: what anybody may learn and who awards it. All else is about its holder, and is not even looked at. */
const CLASSES = table({
  learningSpecificationReferences: '',
  learningOutcomeReferences: 'LearningOutcome',
  learningActivitySpecificationReferences: 'LearningActivitySpecification',
  assessmentSpecificationReferences: 'LearningAssessmentSpecification',
  entitlementSpecificationReferences: 'LearningEntitlementSpecification',
  agentReferences: 'Agent',
});
export const CREDENTIAL_LISTS = [...CLASSES.keys()];

/** Members of the older model by their names in ELM 3; `definition` is short, `description` that of what is learnt. */
const NAMES = table({
  type: 'dcType',
  definition: 'description',
  description: 'learningOutcomeSummary',
  'hasISCED-FCode': 'ISCEDFCode',
  hasEducationSubject: 'educationSubject',
  hasEducationLevel: 'educationLevel',
  hasEQFLevel: 'EQFLevel',
  hasNQFLevel: 'NQFLevel',
  hasECTSCreditPoints: 'creditPoint',
  hasCreditPoints: 'creditPoint',
  learningSettingType: 'learningSetting',
  duration: 'maximumDuration',
  entryRequirementsNote: 'entryRequirement',
  supplementaryDoc: 'supplementaryDocument',
  assessmentSpecification: 'provenBy',
  learningActivitySpecification: 'influencedBy',
  entitlementSpecification: 'entitlesTo',
  specializationOf: 'specialisationOf',
  hasRelatedESCOSkill: 'relatedESCOSkill',
  hasRelatedSkill: 'relatedSkill',
  organization: 'awardingBody',
  hasLocation: 'location',
  unitOf: 'subOrganizationOf',
  legalIdentifier: 'registration',
  homePage: 'homepage',
  schemeID: 'schemeId',
  spatialID: 'spatial',
});
/** Lists that stand around their members. */
const WRAPPERS = new Set(['learningOutcomes', 'awardingOpportunities']);
/** How a term is called elsewhere, pictures, and how a body is reached. */
const LEFT_OUT = new Set(
  'targetFrameworkUrl targetID targetFrameworkName targetDescription targetNotation content-type xsi:type logo contactPoint hasMember'.split(
    ' ',
  ),
);
const ECTS = 'http://data.europa.eu/snb/education-credit/6fcec5c5af';

/** An element of one of the lists as a node of ELM 3; undefined for what is none of ours. */
export function nodeOfCredential(list: string, element: XmlElement): JsonNode | undefined {
  const said = saidIn(element);
  if (!isObject(said)) return undefined;
  if (list === 'agentReferences' && !/^organi[sz]ation$/i.test(element.name)) return undefined;
  const node = bareRecord<JsonNode>({ '@type': CLASSES.get(list) || specificationOf(element), ...said });
  if (list !== 'learningSpecificationReferences' && node.learningOutcomeSummary !== undefined) {
    node.description = node.learningOutcomeSummary;
    delete node.learningOutcomeSummary;
  }
  // An outcome is called by its label, a body as the law has it.
  const own = table({ learningOutcomeReferences: 'title', agentReferences: 'legalName' }).get(list);
  if (own && node[own] === undefined && node.prefLabel !== undefined) {
    node[own] = node.prefLabel;
    delete node.prefLabel;
  }
  return node;
}

/** What is a part of something, or more general than it, has names of many kinds in feeds; what is awarded says so. */
function specificationOf({ name, children = [] }: XmlElement): string {
  if (/^qualification$/i.test(name)) return 'Qualification';
  const awarded = children.some((child) => child.name === 'awardingOpportunities');
  return awarded || name === 'learningSpecification'
    ? 'LearningAchievementSpecification'
    : `Part${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

function saidIn({ name, text, children = [], attributes = {} }: XmlElement): unknown {
  const { id, idref, uri, lang, ...rest } = attributes;
  const texts = children.filter((child) => child.name === 'text');
  if (texts.length && texts.length === children.length) return texts.map(saidIn);
  if (name === 'text') return lang ? { '@value': text ?? '', '@language': lang } : (text ?? '');
  const node = bareRecord<JsonNode>();
  const address = id ?? idref ?? uri;
  if (address !== undefined) node['@id'] = address.trim();
  for (const [key, value] of Object.entries(rest)) if (!LEFT_OUT.has(key)) append(node, NAMES.get(key) ?? key, value);
  for (const child of children) addChild(node, child);
  if (/^has(?:ECTS)?CreditPoints$/.test(name)) return creditsOf(name, node, text);
  if (name === 'homepage' || name === 'homePage' || name === 'supplementaryDoc') return { contentUrl: address ?? text };
  if (!Object.keys(node).length) return text ?? '';
  if (text !== undefined && !children.length) node.notation = text;
  return node;
}

function addChild(node: JsonNode, child: XmlElement): void {
  const { name, children = [] } = child;
  if (LEFT_OUT.has(name)) return;
  if (WRAPPERS.has(name)) {
    for (const one of children) append(node, one.name, saidIn(one));
    return;
  }
  const said = saidIn(child);
  const [, end] = /^(start|end)edAtTime$/.exec(name) ?? [];
  if (end) {
    append(node, 'temporal', { [`${end}Date`]: said });
    return;
  }
  // `{targetName: {text}}` is the label of a term.
  const own = name === 'targetName' ? 'prefLabel' : (NAMES.get(name) ?? name);
  const isCountry =
    /^(?:spatialCode|location)$/.test(own) && isObject(said) && /\/authority\/country\//.test(`${said['@id']}`);
  if (isCountry && own === 'location') append(node, own, { address: { countryCode: said } });
  else if (isCountry) append(node, 'address', { countryCode: said });
  else for (const one of Array.isArray(said) ? said : [said]) append(node, own, one);
}

/** Points are in ECTS by the name of the element, else in the scheme that is named. */
function creditsOf(name: string, { schemeId, ...rest }: JsonNode, text: string | undefined): JsonNode {
  const point = text?.trim() ? text : (rest.value ?? rest.points);
  const framework = name === 'hasECTSCreditPoints' ? { '@id': ECTS } : schemeId && { prefLabel: schemeId };
  return { ...(framework ? { framework } : {}), ...(point === undefined ? {} : { point }) };
}

import { memberMeaning } from './member-names.ts';

/** Levels of a record that are looked at. More than the 200 that any decoder reads, with what formats keep around them. */
export const DEEPEST = 256;

/** The last part of a type: `foaf:Person`, `https://schema.org/Person`, `{http://…}Person`. */
const localName = (type: string): string =>
  type
    .trim()
    .split(/[#/:}]/)
    .at(-1) ?? '';

const ALWAYS =
  /^(?:(?:natural|physical|legal_?natural|contact|foaf)?_?person|contact_?(?:point|person)|kontaktperson|naturalperson|person_?(?:details|dto|type|entity)?)s?$/i;
const WHERE_QUALIFIED = /^(?:individual|agent_?person|patient|staff|employee)s?$/i;

/** `@type` and its like: a type of a vocabulary, so that `Teacher` is one, too. */
const KEYWORD =
  /^(?:@type|rdf:type|a|xsi:type|typeof|itemtype|http:\/\/www\.w3\.org\/1999\/02\/22-rdf-syntax-ns#type)$/i;
const PLAIN =
  /^(?:type|_type|\$type|@class|class|types|kind|entityType|objectType|agentType|resourceType|additionalType)$/i;

/** Whether a member says what kind of thing its object is. */
export const isTypeMember = (name: string): boolean => KEYWORD.test(name) || PLAIN.test(name);

/** Whether a type is a person or a way to reach one, in whichever vocabulary: schema.org, FOAF, vCard, CTDL, ELM, OEAPI. */
export function isPersonType(member: string, type: unknown, depth = 0): boolean {
  if (Array.isArray(type)) return depth < DEEPEST && type.some((one) => isPersonType(member, one, depth + 1));
  if (typeof type === 'object' && type !== null) {
    const { '@id': id, id: plain, uri } = type as Record<string, unknown>;
    return [id, plain, uri].some((one) => typeof one === 'string' && isPersonType('@type', one));
  }
  if (typeof type !== 'string' || type.length > 300) return false;
  const local = localName(type);
  if (ALWAYS.test(local)) return true;
  const qualified = local !== type.trim();
  if ((qualified || KEYWORD.test(member)) && WHERE_QUALIFIED.test(local)) return true;
  return KEYWORD.test(member) && memberMeaning(local)?.kind === 'person';
}

const BODY =
  /(?:organi[sz]ation|university|college|school|institut(?:e|ion)|corporation|business|company|agency|provider|consortium|ngo|library|museum|team|group|project|department|body|foundation|association|organisme|hochschule|universit[àéä]t?)s?$/i;

/** Whether an object says that it is a body. */
export const isBodyType = (type: unknown, depth = 0): boolean =>
  Array.isArray(type)
    ? depth < DEEPEST && type.some((one) => isBodyType(one, depth + 1))
    : typeof type === 'string' && BODY.test(localName(type));

/** Whether a plain text names a body rather than a person. */
export const namesBody = (text: string): boolean =>
  /(?:universi|hochschul|college|school|institut|academ|akadem|faculty|facult|fakult|department|centre|center|zentrum|ministry|gmbh|\bltd\b|\binc\b|\bllc\b|\be\.\s?v\.|foundation|stiftung|association|verband|polytech|agency|agentur|council|organi[sz]ation|company|consorti|schule\b|lyceum|kammer|\bihk\b|\bhwk\b|\btüv\b|\bdekra\b|ministerium|behörde|instytut|uczelni|korkeakoulu|ülikool|kolledž|egyetem|universitet|högskola|høgskole|yliopisto)/iu.test(
    text,
  );

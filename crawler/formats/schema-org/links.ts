import type { CredentialDraft, Relation, RelationType } from '../../../schema/index.ts';
import { stated } from '../../../schema/index.ts';
import { resolveUrl } from '../../decode/linked/addresses.ts';
import { unescaped } from '../../elements/links.ts';
import { createRelations } from '../../elements/relations.ts';
import { isCutFrom } from '../../elements/texts.ts';
import type { Spot } from '../../record/spot.ts';
import { credentialNodes } from './bodies.ts';
import { isCourseType } from './kinds.ts';
import { addressOf, type Course, isThing, RESIDUE, rawText, say, words } from './words.ts';

const ADDRESS_OF_FILE = /^(?:\.{0,2}\/|\?)|\.(?:html?|php|aspx?)(?:[?#]|$)/i;

/** Further identifiers that name this course and nothing else; a code does so only together with its source. */
export function alternates(r: Course): string[] {
  const { main, base } = r;
  const out = new Set<string>();
  const add = (spot: Spot, isCode: boolean): void => {
    const text = unescaped(spot.said() ?? '');
    if (!text || text.startsWith('_:') || RESIDUE.test(text)) return;
    if (/^(urn|doi|info):/i.test(text) || /^ce-[0-9a-f-]{36}$/i.test(text)) out.add(text);
    else if (/^https?:\/\//i.test(text) && URL.canParse(text)) {
      // Alternates resolve without their fragment, so `page#a` and `page#b` would be one.
      if (!text.includes('#')) out.add(text);
    } else if (/^[a-z]+:\/\//i.test(text)) spot.note('not-a-url', undefined, text);
    else if (isCode && text.length <= 100) out.add(`code:${r.source.id}:${text}`);
  };
  const addresses = main.each('@id', 'url');
  for (const spot of addresses) add(spot, false);
  for (const spot of main.each('identifier')) {
    const value = isThing(spot) ? spot.first('value', '@id', 'url') : spot;
    add(value, true);
  }
  for (const spot of main.each('courseCode')) add(spot, true);
  const relative = base ? undefined : addresses.find((spot) => ADDRESS_OF_FILE.test(spot.said() ?? ''));
  if (relative) main.at('url').note('relative-link', undefined, relative.said());
  out.delete(r.identifier);
  return [...out];
}

const RELATIONS: readonly [string, RelationType][] = [
  ['isPartOf', 'partOf'],
  ['hasPart', 'hasPart'],
  ['hasCourse', 'hasPart'],
  ['coursePrerequisites', 'requires'],
  ['programPrerequisites', 'requires'],
  ['sameAs', 'sameAs'],
];

/** Declared relations to other courses and programmes that have an address. */
export function relations(r: Course): Relation[] {
  const found = createRelations([r.identifier, r.main.at('@id').said(), r.url]);
  for (const [key, type] of RELATIONS) {
    for (const spot of r.main.each(key)) {
      const thing = isThing(spot);
      const types = spot.each('@type').map(({ value }) => value);
      // Courses are also parts of web sites and series: only what is a course itself is a relation.
      const isCourse = types.length ? isCourseType(types) : type === 'sameAs' || (thing && spot.at('name').silent);
      const target = isCourse && (thing ? addressOf(r, spot) : resolveUrl(spot.said() ?? '', r.base));
      if (target && /^https?:/.test(target)) found.add(type, target, spot, thing ? words(spot.at('name')) : []);
    }
  }
  return found.all();
}

const KEPT = (
  'courseCode abstract accessibilitySummary programType termDuration termsPerYear typicalCreditsPerTerm dayOfWeek ' +
  'timeOfDay maximumEnrollment maximumAttendeeCapacity trainingSalary salaryUponCompletion interactivityType learningResourceType'
).split(' ');

/** What has no element of its own, as further information; how long the credential is valid. */
export function furtherInformation(r: Course): CredentialDraft['furtherInformation'] {
  const { main, credential } = r;
  for (const key of KEPT) {
    for (const spot of main.each(key)) {
      const told = key === 'abstract' ? isTold(main) : key === 'timeOfDay' && !main.at('startDate').silent;
      if (!told) say(r, key, words(isThing(spot) ? spot.with(quantity(spot)) : spot));
    }
  }
  for (const spot of main.each('syllabusSections').filter(isThing)) {
    const said = spot.each('name', 'description').map(({ value }) => rawText(value));
    say(r, 'syllabus', words(spot.with(said.filter(Boolean).join(': '))));
  }
  if (credential) {
    if (!credential.at('credentialCategory').silent)
      say(r, 'educationalCredentialAwarded', words(credential.at('name')));
    for (const key of ['description', 'validIn']) say(r, key, words(credential.at(key)));
  }
  const awarded = credentialNodes(r);
  // "Acknowledges the validity, value or utility of a credential" (schema.org): neither awards it nor assures its quality.
  for (const spot of awarded.flatMap((node) => node.each('recognizedBy'))) {
    const name = words(isThing(spot) ? spot.first('name', 'legalName') : spot);
    const address = isThing(spot) ? addressOf(r, spot) : undefined;
    say(r, 'recognizedBy', name.length || !address ? name : [{ language: 'zxx', value: address }]);
  }
  if (r.type === 'EducationalOccupationalCredential') say(r, 'validIn', words(main.at('validIn')));
  const links = main.each('syllabus').flatMap((spot) => {
    const said = spot.said() ?? '';
    return /^https?:\/\/\S+$/.test(said) ? (resolveUrl(unescaped(said), r.base) ?? []) : [];
  });
  const validity = awarded.flatMap((node) => node.each('validFor')[0]?.said() ?? [])[0];
  if (!r.further.length && !links.length && !validity) return undefined;
  return stated(
    {
      ...(r.further.length ? { text: r.further } : {}),
      links: [...new Set(links)],
      ...(validity ? { validity } : {}),
    },
    main.path,
  );
}

/** The abstract stands for the description where there is none, and may be its beginning, cut short. */
function isTold(main: Spot): boolean {
  if (main.at('description').silent) return true;
  const descriptions = words(main.at('description'));
  return words(main.at('abstract')).every(({ value }) => descriptions.some((one) => isCutFrom(value, one.value)));
}

const quantity = (spot: Spot): string =>
  [spot.first('value', 'minValue', 'median', 'name'), spot.first('unitText', 'currency')]
    .map(({ value }) => rawText(value))
    .filter(Boolean)
    .join(' ');

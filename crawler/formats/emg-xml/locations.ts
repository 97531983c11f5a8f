import type { XmlElement } from '../../decode/xml-element.ts';

const childrenOf = (element: XmlElement, name: string): XmlElement[] =>
  element.children?.filter((child) => child.name === name) ?? [];

const known = new WeakMap<XmlElement, ReadonlyMap<string | undefined, XmlElement>>();

/** The locations of a provider by identifier; they are asked for once a course. */
function locationsOf(provider: XmlElement): ReadonlyMap<string | undefined, XmlElement> {
  let found = known.get(provider);
  if (!found) {
    const all = childrenOf(provider, 'locations').flatMap((list) => childrenOf(list, 'location'));
    found = new Map(all.map((one) => [one.attributes?.uniqueIdentifier, one]));
    known.set(provider, found);
  }
  return found;
}

/** A course whose events hold the location that they name: a provider may have hundreds of which a course has one. */
export function withLocations(
  course: XmlElement,
  provider: XmlElement,
  clean: (part: XmlElement) => XmlElement,
): XmlElement {
  const locations = locationsOf(provider);
  const event = (one: XmlElement): XmlElement => {
    const uid = one.name === 'event' ? one.attributes?.locationUID : undefined;
    const location = uid === undefined ? undefined : locations.get(uid);
    return location ? { ...one, children: [...(one.children ?? []), clean(location)] } : one;
  };
  const children = course.children?.map((list) =>
    list.name === 'events' && list.children ? { ...list, children: list.children.map(event) } : list,
  );
  return { ...course, ...(children ? { children } : {}) };
}

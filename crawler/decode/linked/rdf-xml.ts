import type { XmlElement } from '../xml-element.ts';
import { resolveUrl } from './addresses.ts';
import type { Statements } from './statements.ts';
import { RDF_TYPE, type TurtleOptions } from './turtle.ts';

const RDF = RDF_TYPE.replace(/type$/, '');
/** Attributes of RDF itself; all others are properties whose value is a text (RDF 1.1 XML Syntax, section 2.5). */
const OWN = new Set(['about', 'ID', 'nodeID', 'resource', 'parseType', 'datatype', 'base', 'bagID']);

/**
 * Reads node elements of RDF/XML, as `xmlRecords` gives them, into statements (RDF 1.1 XML Syntax). Not read: `rdf:li` and reification.
 * Own code, on the reader of all XML feeds: rdfxml-streaming-parser takes entity declarations over from the document and
 * has no limit of depth.
 */
export function createRdfXml(into: Statements, { base, name, type }: TurtleOptions) {
  let blanks = 0;
  const absolute = (address: string, own: string): string => resolveUrl(address, own) ?? address;
  const iriOf = ({ namespace = '', name: local }: XmlElement): string => namespace + local;
  const blank = (): string => `_:x${++blanks}`;

  function readNode(element: XmlElement, own: string, place: string): string {
    const { about, ID, nodeID } = element.attributes ?? {};
    let id: string;
    if (about !== undefined) id = absolute(about, own);
    else if (ID !== undefined) id = absolute(`#${ID}`, own);
    else id = nodeID === undefined ? blank() : `_:${nodeID}`;
    if (iriOf(element) !== `${RDF}Description`) into.add(id, '@type', { node: type(iriOf(element)) }, place);
    readProperties(id, element, own, place);
    return id;
  }

  function readProperties(id: string, element: XmlElement, own: string, place: string): void {
    for (const [property, text] of Object.entries(element.attributes ?? {}))
      if (property === 'type') into.add(id, '@type', { node: type(absolute(text, own)) }, place);
      else if (!OWN.has(property)) into.add(id, name(property), { text, language: element.language }, place);
    for (const child of element.children ?? []) readProperty(id, child, own, place);
  }

  function readProperty(id: string, element: XmlElement, own: string, place: string): void {
    const { resource, nodeID, parseType, datatype } = element.attributes ?? {};
    const iri = iriOf(element);
    const children = element.children ?? [];
    const add = (node: string): void => {
      if (iri === RDF_TYPE) into.add(id, '@type', { node: type(node) }, place);
      else into.add(id, name(iri), { node }, place);
    };
    if (resource !== undefined) add(absolute(resource, own));
    else if (nodeID !== undefined) add(`_:${nodeID}`);
    else if (parseType === 'Resource') {
      const inner = blank();
      for (const child of children) readProperty(inner, child, own, place);
      add(inner);
    } else if (children.length && parseType !== 'Literal')
      for (const child of children) add(readNode(child, own, place));
    else if (element.text !== undefined)
      into.add(id, name(iri), { text: element.text, language: datatype ? undefined : element.language }, place);
  }

  return {
    /** `own`: the `xml:base` of the document, where it has one. */
    add: (element: XmlElement, place: string, own = base): void => void readNode(element, own, place),
  };
}

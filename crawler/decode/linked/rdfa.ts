import { table } from '../../../schema/index.ts';
import { type HtmlElement, textOf } from './html-tree.ts';
import { type ExtractContext, tagged } from './microdata.ts';
import { append, type LinkedNode } from './node.ts';

/** Prefixes of the RDFa initial context that matter here (https://www.w3.org/2011/rdfa-context/rdfa-1.1). */
const INITIAL_PREFIXES = table({
  schema: 'http://schema.org/',
  sdo: 'https://schema.org/',
  dc: 'http://purl.org/dc/terms/',
  dcterms: 'http://purl.org/dc/terms/',
  dct: 'http://purl.org/dc/terms/',
});

/** HTML's own link types: never statements about a course, whatever `vocab` is in force. */
const LINK_TYPES = new Set(
  'alternate author bookmark canonical external help icon license manifest next nofollow noopener noreferrer opener pingback prefetch preconnect preload prev search shortcut stylesheet tag ugc sponsored home up start top'.split(
    ' ',
  ),
);

/** The page itself, where it has no address: what `body` and `html` say is said of it. */
const PAGE = '_:this-page';

interface Frame {
  subject: string;
  object: string;
  incomplete: { property: string; reverse: boolean }[];
  vocab: string;
  prefixes: ReadonlyMap<string, string>;
}

/**
 * The nodes that a page states in RDFa (RDFa Core 1.1 §7.5 with HTML+RDFa 1.1 §3), as a flat list that refers by `@id`.
 * Only properties that come out as absolute IRIs are kept; `inlist` is read as a plain property.
 */
export function extractRdfa(root: HtmlElement, base: string, context: ExtractContext): LinkedNode[] {
  const nodes = new Map<string, LinkedNode>();
  const page = base || PAGE;
  let blanks = 0;
  const blank = () => `_:rdfa${++blanks}`;
  const nodeOf = (id: string): LinkedNode => {
    const node = nodes.get(id) ?? { '@id': id };
    nodes.set(id, node);
    return node;
  };
  const relate = (subject: string, property: string, object: string) =>
    append(nodeOf(subject), property, { '@id': object });

  function process(element: HtmlElement, frame: Frame): Frame {
    const { attributes: a, name } = element;
    const { vocab, prefixes } = scope(a, frame);
    const iri = (value: string | undefined) =>
      value?.trim() === '' ? page : resource(value, prefixes, context, blank);
    const terms = (value: string | undefined) =>
      (value ?? '').split(/\s+/).flatMap((term) => (term ? (expand(term, vocab, prefixes) ?? []) : []));
    const links = (value: string | undefined) =>
      (value ?? '')
        .split(/\s+/)
        .filter((t) => !LINK_TYPES.has(t.toLowerCase()) && !(a.property !== undefined && !t.includes(':')))
        .join(' ');
    const rel = terms(links(a.rel));
    const rev = terms(links(a.rev));
    const linked = rel.length > 0 || rev.length > 0;
    const properties = terms(a.property);
    const types = terms(a.typeof);
    const typed = a.typeof !== undefined && types.length > 0;
    const about = iri(a.about);
    const target = iri(a.resource) ?? href(a.href, context) ?? href(a.src, context);
    const top = name === 'head' || name === 'body' ? frame.object : name === 'html' ? page : undefined;

    let subject: string;
    let object: string | undefined;
    let typedResource: string | undefined;
    let skip = false;
    if (!linked) {
      if (properties.length && a.content === undefined && a.datatype === undefined) {
        subject = about ?? top ?? frame.object;
        if (typed) typedResource = object = about ?? (top && !target ? top : undefined) ?? target ?? blank();
      } else {
        const own = about ?? target ?? top ?? (typed ? blank() : undefined);
        subject = own ?? frame.object;
        skip = own === undefined && properties.length === 0;
        if (typed) typedResource = subject;
      }
    } else {
      subject = about ?? top ?? frame.object;
      object = target ?? (typed && !about ? blank() : undefined);
      if (typed) typedResource = about ? subject : object;
    }
    if (typedResource) for (const type of types) append(nodeOf(typedResource), '@type', type);

    const incomplete: Frame['incomplete'] = [];
    if (object && linked) {
      for (const property of rel) relate(subject, property, object);
      for (const property of rev) relate(object, property, subject);
    } else if (linked) {
      for (const property of rel) incomplete.push({ property, reverse: false });
      for (const property of rev) incomplete.push({ property, reverse: true });
      object = blank();
    }
    if (properties.length) {
      const literal = () => tagged(textOf(element, context.budget), element, context);
      let value: unknown;
      if (a.content !== undefined) value = tagged(a.content.trim(), element, context);
      else if (a.datetime !== undefined) value = a.datetime.trim();
      else if (a.datatype) value = textOf(element, context.budget);
      else if (a.datatype === '') value = literal();
      else if (!linked && target !== undefined && !typed) value = target === PAGE ? { '@id': PAGE } : target;
      else if (!linked && namesUrl(a) && !typed) value = undefined;
      else if (typed && !about) value = { '@id': typedResource };
      else value = literal();
      if (value !== undefined) for (const property of properties) append(nodeOf(subject), property, value);
    }
    if (!skip) {
      for (const { property, reverse } of frame.incomplete) {
        if (reverse) relate(subject, property, frame.subject);
        else relate(frame.subject, property, subject);
      }
    }
    if (skip && vocab === frame.vocab && prefixes === frame.prefixes) return frame;
    return skip ? { ...frame, vocab, prefixes } : { subject, object: object ?? subject, incomplete, vocab, prefixes };
  }

  const first: Frame = { subject: page, object: page, incomplete: [], vocab: '', prefixes: INITIAL_PREFIXES };
  const stack: [HtmlElement, Frame][] = [[root, first]];
  for (let item = stack.pop(); item && context.budget.left > 0; item = stack.pop()) {
    context.budget.left--;
    const [element, frame] = item;
    if (element.name === 'template' || element.name === 'script') continue;
    const inner = element === root || isPlain(element) ? frame : process(element, frame);
    for (let i = element.children.length - 1; i >= 0; i--) {
      const child = element.children[i];
      if (typeof child === 'object') stack.push([child, inner]);
    }
  }
  return [...nodes.values()];
}

const ATTRIBUTES = ['property', 'typeof', 'vocab', 'prefix', 'rel', 'rev', 'about', 'resource', 'href', 'src'];
const isPlain = (element: HtmlElement): boolean => !ATTRIBUTES.some((name) => name in element.attributes);
const namesUrl = (a: Record<string, string>): boolean => 'resource' in a || 'href' in a || 'src' in a;

function scope(a: Record<string, string>, frame: Frame): Pick<Frame, 'vocab' | 'prefixes'> {
  const vocab = a.vocab === undefined ? frame.vocab : a.vocab.trim();
  const pairs = [...(a.prefix ?? '').matchAll(/([^\s:]+):\s+(\S+)/g)];
  if (pairs.length === 0) return { vocab, prefixes: frame.prefixes };
  const added = pairs.map(([, prefix = '', iri = '']): [string, string] => [prefix.toLowerCase(), iri]);
  return { vocab, prefixes: new Map([...frame.prefixes, ...added]) };
}

function expand(term: string, vocab: string, prefixes: Frame['prefixes']): string | undefined {
  const colon = term.indexOf(':');
  if (colon > 0) {
    const mapped = prefixes.get(term.slice(0, colon).toLowerCase());
    if (mapped) return mapped + term.slice(colon + 1);
    return /^https?:\/\//i.test(term) ? term : undefined;
  }
  if (!vocab) return undefined;
  return /[/#]$/.test(vocab) ? vocab + term : `${vocab}/${term}`;
}

function resource(
  value: string | undefined,
  prefixes: Frame['prefixes'],
  context: ExtractContext,
  blank: () => string,
): string | undefined {
  if (value === undefined) return undefined;
  const text = value.trim().replace(/^\[(.*)\]$/, '$1');
  if (text === '_:') return blank();
  if (text.startsWith('_:')) return text;
  const colon = text.indexOf(':');
  if (colon > 0 && !text.startsWith('//', colon + 1)) {
    const expanded = expand(text, '', prefixes);
    if (expanded) return expanded;
  }
  return context.resolve(text);
}

const href = (value: string | undefined, context: ExtractContext): string | undefined =>
  value === undefined ? undefined : context.resolve(value.trim());

import { bareRecord, isObject } from '../../../schema/index.ts';
import type { PlacedNode } from '../../decode/linked/document-record.ts';
import { append, type JsonNode, list } from '../../decode/linked/node.ts';
import { bare, type Pattern, patternsIn, queryOf, waysIn } from '../../decode/linked/sparql-query.ts';
import { BARE, nameIn, typeIn } from './names.ts';

interface Term {
  type: string;
  value: string;
  'xml:lang'?: string;
}

/** A row of SPARQL 1.1 Query Results JSON (section 3.2.2): every member is a term. */
export const isBinding = (value: JsonNode): boolean => {
  const terms = Object.values(value);
  return terms.length > 0 && terms.every((one) => isTerm(one));
};

const isTerm = (value: unknown): value is Term =>
  isObject(value) &&
  /^(?:uri|literal|typed-literal|bnode)$/.test(String(value.type)) &&
  typeof value.value === 'string';

/**
 * The answers to a query, one row a value, put together into nodes. A row does not say which property it is of: the query does, where
 * the address of the page holds it (`?query=`); else the variables are called like their properties.
 */
export function createAnswer(address: string) {
  const patterns = patternsIn(queryOf(address));
  const nodes = new Map<string, JsonNode>();
  const ways = waysIn(patterns, (name) => nameIn(BARE, name));
  const subject = patterns[0]?.subject.replace(/^[?$]/, '');

  return {
    add(row: JsonNode): void {
      const about = subject && isTerm(row[subject]) ? subject : Object.keys(row)[0];
      const id = about === undefined ? undefined : row[about];
      if (!isTerm(id) || id.type !== 'uri') return;
      let node = nodes.get(id.value);
      if (!node) {
        node = constants(patterns, about as string);
        node['@id'] = id.value;
        nodes.set(id.value, node);
      }
      const inner = new Map<string, JsonNode>();
      for (const [variable, term] of Object.entries(row)) {
        if (variable === about || !isTerm(term)) continue;
        const way = ways.get(variable) ?? [nameIn(BARE, variable)];
        add(node, way, saidBy(term, way.at(-1) === '@type'), inner);
      }
    },
    nodes: (): PlacedNode[] => [...nodes].map(([path, node]) => ({ node, path })),
  };
}

const saidBy = (term: Term, type: boolean): unknown => {
  if (term.type === 'uri') return type ? typeIn(BARE, term.value) : { '@id': term.value };
  return term['xml:lang'] ? { '@value': term.value, '@language': term['xml:lang'] } : term.value;
};

/** Adds a value at the end of a way; what one row says of one inner node stays together. */
function add(node: JsonNode, way: readonly string[], value: unknown, inner: Map<string, JsonNode>): void {
  let at = node;
  for (const [n, name] of way.entries()) {
    if (n === way.length - 1) {
      if (!list(at[name]).some((one) => JSON.stringify(one) === JSON.stringify(value))) append(at, name, value);
      return;
    }
    const key = way.slice(0, n + 1).join('/');
    let next = inner.get(key);
    if (!next) {
      next = bareRecord<JsonNode>();
      inner.set(key, next);
      append(at, name, next);
    }
    at = next;
  }
}

/** What the query itself says of everything that it finds: `?q elm:EQFLevel <…/5>`. */
function constants(patterns: readonly Pattern[], about: string): JsonNode {
  const node = bareRecord<JsonNode>();
  for (const { subject, way, object } of patterns) {
    if (subject.slice(1) !== about || /^[?$]/.test(object) || way.length !== 1) continue;
    const name = nameIn(BARE, way[0] as string);
    if (name === '@type') append(node, name, typeIn(BARE, bare(object)));
    else append(node, name, object.startsWith('<') ? { '@id': bare(object) } : object.replace(/^"|"$/g, ''));
  }
  // EQF levels are only on qualifications.
  node['@type'] ??= 'Qualification';
  return node;
}

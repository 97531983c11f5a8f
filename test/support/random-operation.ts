import {
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
} from 'graphql';

/** Numbers that look random and are the same for the same seed (mulberry32). */
export function random(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const chance = (share: number): boolean => next() < share;
  const below = (n: number): number => Math.floor(next() * n);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;
  return { chance, below, pick };
}

/** Literals for an argument of a field; undefined leaves it out. */
export type Literals = (type: string, argument: string) => readonly (string | undefined)[] | undefined;

export interface RandomOperation {
  query: string;
  variables: Record<string, boolean>;
}

/**
 * A valid operation over the schema: aliases, fields selected again and again, inline and named fragments on objects and
 * interfaces, fragments in fragments, `@skip` and `@include` with literals and variables, `__typename` anywhere.
 */
export function randomOperation(schema: GraphQLSchema, literals: Literals, seed: number): RandomOperation {
  for (let attempt = 0; ; attempt++) {
    const operation = attemptOne(schema, literals, random(seed * 1_000 + attempt));
    // Overlapping selections that ask for different things are refused by validation; such an attempt is thrown away.
    if (validate(schema, parse(operation.query)).length === 0) return operation;
  }
}

function attemptOne(schema: GraphQLSchema, literals: Literals, r: ReturnType<typeof random>): RandomOperation {
  const variables = { on: r.chance(0.5), off: r.chance(0.5) };
  const used = new Set<string>();
  const fragments: { name: string; type: string; text: string }[] = [];
  /** One choice of arguments for each field and response name, so that repeated selections agree. */
  const chosen = new Map<string, string>();
  let budget = 40;

  const directive = (): string => {
    if (!r.chance(0.12)) return '';
    const name = r.pick(['skip', 'include']);
    const value = r.pick(['true', 'false', '$on', '$off']);
    if (value.startsWith('$')) used.add(value.slice(1));
    return ` @${name}(if: ${value})`;
  };

  const argumentsOf = (type: string, field: GraphQLField<unknown, unknown>): string => {
    const given = field.args.flatMap(({ name }) => {
      const value = r.pick(literals(`${type}.${field.name}`, name) ?? [undefined]);
      return value === undefined ? [] : `${name}: ${value}`;
    });
    return given.length > 0 ? `(${given.join(', ')})` : '';
  };

  const fieldText = (type: GraphQLCompositeType, depth: number): string => {
    if (!('getFields' in type) || r.chance(0.08)) return `${r.chance(0.3) ? 'kindOf: ' : ''}__typename${directive()}`;
    const all = Object.values(type.getFields());
    const fields = depth > 0 ? all : all.filter((field) => !isCompositeType(getNamedType(field.type)));
    if (fields.length === 0) return '__typename';
    const field = r.pick(fields);
    const alias = r.chance(0.25) ? `${r.pick(['a', 'b'])}_${field.name}: ` : '';
    const key = `${type.name}.${alias}${field.name}`;
    const given = chosen.get(key) ?? argumentsOf(type.name, field);
    chosen.set(key, given);
    const named = getNamedType(field.type);
    const below = isCompositeType(named) ? ` ${selection(named, depth - 1)}` : '';
    return `${alias}${field.name}${given}${directive()}${below}`;
  };

  const conditionFor = (type: GraphQLCompositeType): GraphQLCompositeType => {
    if (isAbstractType(type)) return r.chance(0.3) ? type : r.pick(schema.getPossibleTypes(type));
    const interfaces = isObjectType(type) ? type.getInterfaces() : [];
    return interfaces.length > 0 && r.chance(0.4) ? r.pick(interfaces) : type;
  };

  const selection = (type: GraphQLCompositeType, depth: number): string => {
    const parts: string[] = [];
    const wanted = 1 + r.below(4);
    for (let i = 0; i < wanted && budget > 0; i++) {
      budget -= 1;
      const roll = r.below(100);
      if (roll < 12) {
        const condition = conditionFor(type);
        const on = condition === type && r.chance(0.4) ? '' : ` on ${condition.name}`;
        parts.push(`...${on}${directive()} ${selection(condition, depth)}`);
      } else if (roll < 22) {
        parts.push(`...${fragmentFor(conditionFor(type), depth)}${directive()}`);
      } else if (roll < 34 && isInterfaceType(type)) {
        for (let n = 0; n < 3; n++) {
          const condition = r.pick(schema.getPossibleTypes(type));
          parts.push(`... on ${condition.name}${directive()} ${selection(condition, depth)}`);
        }
      } else {
        const text = fieldText(type, depth);
        parts.push(text);
        if (r.chance(0.1)) parts.push(text);
      }
    }
    return `{ ${(parts.length > 0 ? parts : ['__typename']).join(' ')} }`;
  };

  const fragmentFor = (type: GraphQLCompositeType, depth: number): string => {
    const known = fragments.filter((fragment) => fragment.type === type.name && fragment.text !== '');
    if (known.length > 0 && r.chance(0.5)) return r.pick(known).name;
    const fragment = { name: `F${fragments.length}`, type: type.name, text: '' };
    fragments.push(fragment);
    fragment.text = `fragment ${fragment.name} on ${type.name} ${selection(type, depth)}`;
    return fragment.name;
  };

  const root = schema.getQueryType() as GraphQLCompositeType;
  const body = selection(root, 6);
  const definitions = [...used].map((name) => `$${name}: Boolean!`);
  const query = [
    `query Random${definitions.length > 0 ? `(${definitions.join(', ')})` : ''} ${body}`,
    ...fragments.map(({ text }) => text),
  ].join('\n');
  return { query, variables: Object.fromEntries([...used].map((name) => [name, variables[name as 'on' | 'off']])) };
}

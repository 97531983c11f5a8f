import { isObject } from '../../../schema/index.ts';
import { list } from './node.ts';

/** The vocabularies whose names a reader takes for its own; within one node their local names must not clash. */
export interface Vocabulary {
  /** Where the vocabularies stand, without scheme and `www.`. */
  bases: readonly string[];
  /** Prefixes whose names are local ones, whatever a document says that they stand for. */
  prefixes?: ReadonlySet<string>;
  /** Further prefixes that documents use without declaring them, with what they stand for; a document may declare them anew. */
  usual?: ReadonlyMap<string, string>;
  /** The address of the vocabulary, or of a name in it, when this is it written wrongly. */
  respelled?(address: string): string | undefined;
}

/** What a context says of names, the part of it that can be known without fetching anything. */
interface Declared {
  prefixes: ReadonlyMap<string, string>;
  aliases: ReadonlyMap<string, string>;
  /** Whether bare names are the vocabulary's; undefined as long as no context says anything about it. */
  ours?: boolean;
  /** BCP 47, of texts without a tag. */
  language?: string;
  /** Hears of addresses that had to be read as another one. */
  onRespelled?: (address: string) => void;
}

const PATTERNS = new WeakMap<Vocabulary, RegExp>();

/** Matches the beginning of an absolute address of the vocabulary. */
function pattern(vocabulary: Vocabulary): RegExp {
  const known = PATTERNS.get(vocabulary);
  if (known) return known;
  const bases = vocabulary.bases.map((base) =>
    base
      .replace(/^www\./, '')
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replace(/\/$/, '/+'),
  );
  const made = new RegExp(`^https?://(?:www\\.)?(?:${bases.join('|')})`, 'i');
  PATTERNS.set(vocabulary, made);
  return made;
}

/**
 * What names mean in a part of a JSON-LD document (JSON-LD 1.1, section 4.1). Prefixes and aliases that an inline `@context` defines
 * are followed; remote contexts are never fetched, for a harvester must not follow addresses that a page chooses.
 */
export class Context {
  readonly vocabulary: Vocabulary;
  readonly declared: Declared;
  readonly #names = new Map<string, string>();
  readonly #types = new Map<string, string>();

  constructor(vocabulary: Vocabulary, declared: Declared = { prefixes: new Map(), aliases: new Map() }) {
    this.vocabulary = vocabulary;
    this.declared = declared;
  }

  /** The vocabulary's own name of a property however it is written, else its address, else the name as it stands. */
  name(key: string): string {
    const known = this.#names.get(key);
    if (known !== undefined) return known;
    const full = this.#expand(key, 3);
    const name = this.#local(full) ?? full;
    this.#names.set(key, name);
    return name;
  }

  /** Likewise of a type; bare names of another vocabulary are marked (`other:Course`), so as not to be mistaken. */
  type(written: string): string {
    const known = this.#types.get(written);
    if (known !== undefined) return known;
    const full = this.#expand(written.trim(), 3);
    const type = this.#local(full) ?? (/[:/]/.test(full) || this.declared.ours !== false ? full : `${OTHER}${full}`);
    this.#types.set(written, type);
    return type;
  }

  #expand(name: string, hops: number): string {
    const colon = name.indexOf(':');
    if (colon > 0) {
      if (name.startsWith('//', colon + 1)) return name;
      const prefix = name.slice(0, colon);
      if (this.vocabulary.prefixes?.has(prefix)) return `https://${this.vocabulary.bases[0]}${name.slice(colon + 1)}`;
      const meaning = this.declared.prefixes.get(prefix) ?? this.vocabulary.usual?.get(prefix);
      return meaning === undefined ? name : meaning + name.slice(colon + 1);
    }
    const meaning = hops > 0 ? this.declared.aliases.get(name) : undefined;
    if (meaning === undefined) return name;
    return meaning.startsWith('@') ? meaning : this.#expand(meaning, hops - 1);
  }

  #local(address: string): string | undefined {
    const known = pattern(this.vocabulary);
    const start = known.exec(address);
    if (start) return address.slice(start[0].length);
    const respelled = this.vocabulary.respelled?.(address);
    if (respelled === undefined) return undefined;
    this.declared.onRespelled?.(address);
    return respelled.replace(known, '');
  }

  /** The context that holds where a node declares one of its own. */
  with(declared: unknown): Context {
    const { vocabulary } = this;
    const known = pattern(vocabulary);
    const prefixes = new Map(this.declared.prefixes);
    const aliases = new Map(this.declared.aliases);
    let { language } = this.declared;
    let ours: boolean | undefined;
    let named = false;
    const isOurs = (address: string): boolean => {
      if (known.test(`${address.trim()}/`)) return true;
      if (vocabulary.respelled?.(address) === undefined) return false;
      this.declared.onRespelled?.(address);
      return true;
    };
    const add = (term: string, meaning: string): void => {
      const respelled = /[/#]$/.test(meaning) && known.test(meaning) ? undefined : vocabulary.respelled?.(meaning);
      const address = respelled ?? meaning;
      if (/^https?:\/\/.*[/#]$/i.test(address)) prefixes.set(term, address);
      else if (address.includes(':') || KEYWORD.test(address)) aliases.set(term, address);
    };
    for (const part of list(declared)) {
      if (typeof part === 'string' && part.trim()) ours = ours || isOurs(part);
      if (!isObject(part)) continue;
      for (const [key, value] of Object.entries(part)) {
        const meaning = isObject(value) ? value['@id'] : value;
        if (key === '@vocab' && typeof value === 'string') ours = ours || isOurs(value);
        else if (key === '@language' && typeof value === 'string') language = value;
        else if (!key.startsWith('@')) {
          named = true;
          if (typeof meaning === 'string') add(key, meaning.trim());
        }
      }
    }
    // Names of its own add to the context around; only where nothing was said before, they are all there is.
    ours ??= named ? (this.declared.ours ?? false) : this.declared.ours;
    const { onRespelled } = this.declared;
    return new Context(vocabulary, {
      prefixes,
      aliases,
      ...(ours === undefined ? {} : { ours }),
      ...(language ? { language } : {}),
      ...(onRespelled ? { onRespelled } : {}),
    });
  }
}

/** Stands before bare types of vocabularies that are not known. */
export const OTHER = 'other:';

const KEYWORD = /^@(?:id|type|value|language|graph|list|set|reverse)$/;

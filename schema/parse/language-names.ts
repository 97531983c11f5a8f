import { table } from '../table.ts';
import { EU_LANGUAGES, LANGUAGES } from '../vocabularies/language-codes.ts';

let names: Map<string, string> | undefined;

/** Words that some languages put beside the name: "inglise keel", "lingua inglese", "język angielski". */
const EXTRA = table<readonly [string, 'before' | 'after']>({
  et: ['keel', 'after'],
  pl: ['język', 'before'],
  it: ['lingua', 'before'],
  fr: ['langue', 'before'],
  lt: ['kalba', 'after'],
  lv: ['valoda', 'after'],
  hr: ['jezik', 'after'],
  sl: ['jezik', 'after'],
  sv: ['språk', 'after'],
  hu: ['nyelv', 'after'],
});

/**
 * Lower-case names of languages in English, in their own tongue and in all EU languages → ISO 639-1 code. Built on
 * first use from the runtime's CLDR data. A name that means two languages in two tongues is left out, unless it is
 * English or the language's own.
 */
export function languageNames(): ReadonlyMap<string, string> {
  if (names) return names;
  const map = new Map<string, string>();
  const ambiguous = new Set<string>();
  const add = (name: string | undefined, code: string, wins: boolean): void => {
    const key = name?.toLowerCase();
    if (!key) return;
    const there = map.get(key);
    if (there === undefined || there === code) map.set(key, code);
    else if (!wins) ambiguous.add(key);
  };
  const of = (locale: string, code: string): string | undefined =>
    new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' }).of(code);
  const english = new Intl.DisplayNames('en', { type: 'language', fallback: 'none' });
  for (const code of LANGUAGES.keys()) add(english.of(code), code, true);
  for (const code of LANGUAGES.keys()) add(of(code, code), code, true);
  const fixed = new Set(map.keys());
  for (const locale of EU_LANGUAGES) {
    const display = new Intl.DisplayNames(locale, { type: 'language', fallback: 'none' });
    const extra = EXTRA.get(locale);
    for (const code of LANGUAGES.keys()) {
      const name = display.of(code);
      add(name, code, false);
      if (name && extra) add(extra[1] === 'after' ? `${name} ${extra[0]}` : `${extra[0]} ${name}`, code, false);
    }
  }
  for (const name of ambiguous) if (!fixed.has(name)) map.delete(name);
  names = map;
  return map;
}

import type { ConceptSource } from './concept-source.ts';

/** A field as the multilingual list has it: codes of two, three and four digits. */
interface Field {
  code: string;
  uri: string;
  label: Readonly<Record<string, string>>;
}

/** Fields that say nothing of what is taught. */
const EMPTY = /^(?:00$|99|\d{2,3}8|\d{2,3}9|\d{2,3}0$)/;

/** ISCED-F 2013 in all languages; without "not further defined", "not elsewhere classified" and "inter-disciplinary". */
export function readIscedF(list: string): ConceptSource[] {
  const fields = JSON.parse(list) as Field[];
  const uris = new Map(fields.map(({ code, uri }) => [code, uri]));
  return fields
    .filter(({ code }) => !(code.length > 2 && EMPTY.test(code)) && code !== '99')
    .map(({ code, uri, label }) => {
      const broader = code.length > 2 ? uris.get(code.slice(0, -1)) : undefined;
      return {
        uri,
        kind: 'field',
        code,
        labels: Object.entries(label).flatMap(([tag, text]) =>
          /^[a-z]{2}$/.test(tag) && text ? [{ language: tag, text, preferred: true }] : [],
        ),
        ...(broader ? { broader: [broader] } : {}),
      };
    });
}

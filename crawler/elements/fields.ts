import { type Element, type FieldValue, type LangString, statedIf } from '../../schema/index.ts';
import { iscedF } from '../../schema/vocabularies/index.ts';

/** ISCED-F 2013 has codes for saying that the field is not known. */
const FIELD_UNKNOWN = /^99(?:99?)?$/;

/** "ISCED-F 2013: 0613 Software": the name of the classification before its code. */
const NAMED = /^ISCED[\s-]?(?:F\b)?[\s-]?(?:2013)?(?:[\s-]F\b)?[\s:.,(-]{0,4}(?=\d)/i;

/** The ISCED-F 2013 code in a code, a URI or words; national codes of 5 and 6 digits begin with one. */
export function iscedOf(said: string): string | undefined {
  const text = said
    .trim()
    .replace(/^https?:\/\/.*\/(\d+)$/, '$1')
    .replace(NAMED, '');
  if (FIELD_UNKNOWN.test(text)) return undefined;
  const digits = /^(\d{2,4})(?:\d{1,2})?(?!\d)/.exec(text)?.[1];
  return digits && iscedF.get(digits) ? digits : iscedF.parse(text);
}

/** Whether a code only says that the field is not known. */
export const saysNoField = (code: string): boolean => FIELD_UNKNOWN.test(code.trim());

/** ISCED 1997 had fields of its own, with other codes. */
const ISCED_F = /isced(?!.{0,3}(?:19)?97)/i;

/** What a source says of one field of study. */
export interface FieldFacts {
  /** Name of the classification; ISCED-F only when the name says so. */
  scheme?: string | undefined;
  code?: string | undefined;
  text?: readonly LangString[] | undefined;
  /** Its specification says that the code is that of ISCED-F, whatever the scheme is called. */
  isIsced?: boolean;
}

/** A field in the source's own scheme; ISCED-F when the scheme's name, the words themselves, or a specification say that it is. */
export function fieldIn({ scheme, code, text, isIsced }: FieldFacts): FieldValue[] {
  const said = code ?? text?.[0]?.value;
  const isced = said && (isIsced || NAMED.test(said) || (scheme && ISCED_F.test(scheme))) ? iscedOf(said) : undefined;
  if (!code && !text?.length) return [];
  const field: FieldValue = {
    ...(isced ? { isced } : {}),
    ...(scheme ? { scheme } : {}),
    ...(code ? { code } : {}),
    ...(text?.length ? { text: [...text] } : {}),
  };
  return [field];
}

/** Fields with the place of the first of them. */
export const fieldsElement = (facts: readonly (FieldFacts & { path: string })[]): Element<FieldValue[]> => {
  const found = facts.map((one) => ({ path: one.path, fields: fieldIn(one) })).filter(({ fields }) => fields.length);
  return statedIf(
    found.flatMap(({ fields }) => fields),
    found[0]?.path ?? '',
  );
};

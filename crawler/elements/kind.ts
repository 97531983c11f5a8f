import type { z } from 'zod';
import { type Element, type KindValue, type LangString, lookedUp, notStated, stated } from '../../schema/index.ts';
import { credentialKinds } from '../../schema/vocabularies/index.ts';
import { alsoDerived, type DerivationId, derivedBy } from '../problems/derivations.ts';
import type { Spot } from '../record/spot.ts';

type Kind = z.infer<typeof KindValue>;

const MICRO = /(?<![\p{L}])(?:eu )?micro-?\s?credential(?![\p{L}])/iu;
/** Names of degrees in words. */
const DEGREE = /^(?:bachelor|master|doctor|ph\.?d)(?:['’]s)?(?:\s+(?:of|in|degree|programme|program)\b|\s*\(|$)/i;
/** Titles that the UK reserves for degrees. "MA" and the like only where nothing says that they mean something else. */
const UK_DEGREE =
  /\b(?:foundation|bachelor|master)(?:['’]?s)? degree\b|^doctora|^(?:B(?:A|Sc|Eng|Ed|Mus|N)|LLB|M(?:A|Sc|Eng|Ed|Math|Phys|Chem|Res|Phil|BA|PA)|LLM|PhD|DPhil|EdD)\b/i;
const NO_DEGREE = /apprentice|maître d'apprentissage|lehrling/i;

/** Words that stand where a kind belongs and name none. */
const NO_KIND =
  /^(?:may lead to|leads? to|contributes? to|various|a variety|variety of|not applicable|no (?:formal )?(?:qualification|certificate|award|credential)|none|without|kein(?:e|en)?|ohne|sans|aucune?)(?![\p{L}])/iu;
/** Certificates that say that somebody was there. */
const OF_ATTENDANCE = /\bcertificate of (?:attendance|participation|completion|achievement)\b/i;

/** Whether words for what is awarded say that nothing is, or leave it open. */
export const saysNoKind = (text: string): boolean => NO_KIND.test(text);

/** The kind that words name: nothing more than the kind, or a micro-credential whatever else. */
export function kindInWords(text: string): string | undefined {
  return credentialKinds.parse(text) ?? (MICRO.test(text) && text.length <= 60 ? 'micro-credential' : undefined);
}

/** The kind that a title is reserved for (QAA, FHEQ/FQHEIS 2014, section 4; RQF; the words of the Bologna degrees). Always a derivation. */
export function kindOfTitle(text: string): { code: string; id: DerivationId } | undefined {
  if (NO_DEGREE.test(text) || NO_KIND.test(text) || OF_ATTENDANCE.test(text)) return undefined;
  if (DEGREE.test(text)) return { code: 'degree', id: 'degree-in-name' };
  if (UK_DEGREE.test(text)) return { code: 'degree', id: 'uk-qualification-title' };
  if (/\bdiploma\b/i.test(text)) return { code: 'diploma', id: 'uk-qualification-title' };
  if (/\bcertificate\b|^PGCE\b|^CertHE\b/i.test(text)) return { code: 'certificate', id: 'uk-qualification-title' };
  return undefined;
}

/**
 * The kind of credential in the words of a spot: a code where the words are one, else what their title is reserved for, derived.
 * `otherwise`: what the type of the record says.
 */
export function kindElement(
  spot: Spot | undefined,
  texts: readonly LangString[] = spot?.texts() ?? [],
  otherwise?: { code: string; path: string; id: DerivationId },
): Element<Kind> {
  const first = texts[0]?.value ?? '';
  if (!spot || !texts.length)
    return otherwise ? derivedBy({ code: otherwise.code }, otherwise.path, otherwise.id) : notStated();
  const code =
    lookedUp(spot.reading.source, 'kind', first) ?? texts.map(({ value }) => kindInWords(value)).find(Boolean);
  const element: Element<Kind> = stated({ ...(code ? { code } : {}), text: [...texts] }, spot.path);
  if (code) return element;
  const reserved = texts.map(({ value }) => kindOfTitle(value)).find(Boolean);
  if (reserved) return alsoDerived(element, { code: reserved.code }, spot.path, reserved.id);
  return otherwise ? alsoDerived(element, { code: otherwise.code }, otherwise.path, otherwise.id) : element;
}

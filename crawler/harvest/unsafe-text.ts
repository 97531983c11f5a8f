import type { Problem } from '../../schema/index.ts';
import { problemOf } from '../problems/notes.ts';

/** NUL, controls of the writing direction, halves of surrogate pairs, and markup that runs. */
const UNSAFE = /[\0\u202a-\u202e\u2066-\u2069]|\p{Cs}|<script\b|<[a-z][^>]{0,500}\son[a-z]{3,20}\s*=/iu;
const DEEPEST = 64;

/**
 * What could mislead or harm a reader is never shown: the normalisers leave it out wherever it stands. Here it is told,
 * once a record, with the first place.
 */
export function unsafeText(raw: unknown, path = ''): Problem | undefined {
  const found = unsafeIn(raw, 0);
  return found && problemOf(path + found.way, 'unsafe-text', visible(found.text));
}

/** The way is put together only for what is found. */
function unsafeIn(raw: unknown, depth: number): { way: string; text: string } | undefined {
  if (typeof raw === 'string') {
    const at = raw.search(UNSAFE);
    return at < 0 ? undefined : { way: '', text: raw.slice(Math.max(0, at - 40), at + 80) };
  }
  if (!raw || typeof raw !== 'object' || depth > DEEPEST) return undefined;
  for (const key of Object.keys(raw)) {
    const found = unsafeIn((raw as Record<string, unknown>)[key], depth + 1);
    if (found) return { way: `/${key}${found.way}`, text: found.text };
  }
  return undefined;
}

/** A report must not do what it warns of. */
const visible = (text: string): string =>
  text.replace(
    /[\0\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

import type { Problem } from '../../schema/index.ts';
import { problemOf } from '../problems/notes.ts';

/** NUL, controls of the writing direction, halves of surrogate pairs, and markup that runs. */
const UNSAFE = /[\0\u202a-\u202e\u2066-\u2069]|\p{Cs}|<script\b|<[a-z][^>]{0,500}\son[a-z]{3,20}\s*=/iu;
const DEEPEST = 64;

/**
 * What could mislead or harm a reader is never shown: the normalisers leave it out wherever it stands. Here it is told,
 * once a record, with the first place.
 */
export function unsafeText(raw: unknown, path = '', depth = 0): Problem | undefined {
  if (typeof raw === 'string') {
    const at = raw.search(UNSAFE);
    return at < 0 ? undefined : problemOf(path, 'unsafe-text', visible(raw.slice(Math.max(0, at - 40), at + 80)));
  }
  if (!raw || typeof raw !== 'object' || depth > DEEPEST) return undefined;
  for (const [key, value] of Object.entries(raw)) {
    const problem = unsafeText(value, `${path}/${key}`, depth + 1);
    if (problem) return problem;
  }
  return undefined;
}

/** A report must not do what it warns of. */
const visible = (text: string): string =>
  text.replace(
    /[\0\u202a-\u202e\u2066-\u2069]|\p{Cs}/gu,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

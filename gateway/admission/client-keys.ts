import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Allowance } from './budgets.ts';

/** A client that shows a key, and what it may spend. */
export interface NamedClient {
  name: string;
  allowance: Allowance;
}

const count = (what: string) =>
  z.int({ error: `${what} must be a whole number of 1 or more` }).min(1, { error: `${what} must be 1 or more` });
const Entry = z.strictObject({
  name: z
    .string({ error: 'name must be a text' })
    .regex(/^[\w.@ -]{1,100}$/, { error: 'name must have 1 to 100 letters, digits, blanks or . _ - @' }),
  sha256: z
    .string({ error: 'sha256 must be a text' })
    .regex(/^[0-9a-f]{64}$/i, { error: 'sha256 must be 64 hexadecimal digits' }),
  requestsPerMinute: count('requestsPerMinute'),
  costPerMinute: count('costPerMinute'),
});

const REMEDY =
  'Write [{"name": "…", "sha256": "<of the key: printf %s KEY | sha256sum>", "requestsPerMinute": 6000, "costPerMinute": 20000000}].';

/** Reads the keys of named clients: only their SHA-256 is kept. Throws what is wrong, where, and how to mend it. */
export function readClientKeys(file: string): ReadonlyMap<string, NamedClient> {
  const wrong = (what: string): Error => new Error(`the client keys in ${file} are not usable: ${what}. ${REMEDY}`);
  let entries: unknown;
  try {
    entries = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw wrong(code ? `the file cannot be read (${code})` : `no JSON (${message})`);
  }
  if (!Array.isArray(entries)) throw wrong('no list of clients');
  const clients = new Map<string, NamedClient>();
  const names = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const parsed = Entry.safeParse(entry);
    const place = `entry ${index + 1}${typeof entry?.name === 'string' ? ` (${entry.name.slice(0, 100)})` : ''}`;
    if (!parsed.success) throw wrong(`${place}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`);
    const { name, sha256, requestsPerMinute, costPerMinute } = parsed.data;
    const hash = sha256.toLowerCase();
    if (clients.has(hash)) throw wrong(`${place}: the same key stands there twice`);
    if (names.has(name)) throw wrong(`${place}: the same name stands there twice`);
    names.add(name);
    clients.set(hash, { name, allowance: { requests: requestsPerMinute, cost: costPerMinute } });
  }
  return clients;
}

/** The client that a key belongs to. */
export const clientOfKey = (clients: ReadonlyMap<string, NamedClient>, key: string): NamedClient | undefined =>
  clients.get(createHash('sha256').update(key).digest('hex'));

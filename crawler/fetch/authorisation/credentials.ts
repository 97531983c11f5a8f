import { z } from 'zod';
import { ConfigError } from '../../errors.ts';

/** What a provider handed over outside its manifest, for one source. */
const AgreedCredentials = z.strictObject({
  client_id: z.string().min(1).optional(),
  client_secret: z.string().min(1).optional(),
  /** Name and clear value of a request header. */
  field: z.string().min(1).optional(),
  value: z.string().min(1).optional(),
});
export type AgreedCredentials = z.infer<typeof AgreedCredentials>;

/**
 * The file of credentials: JSON, id of the source → what was agreed. They go by source and not by address, so that a
 * manifest elsewhere that names the same address does not get them.
 */
export function parseCredentials(text: string, file: string): ReadonlyMap<string, AgreedCredentials> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // The parser's own message quotes the text.
    throw new ConfigError(`${file} is not JSON`, 'Write {"<source id>": {"client_id": "…", "client_secret": "…"}}.');
  }
  const parsed = z.record(z.string(), AgreedCredentials).safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new ConfigError(
      `${file}: ${issue?.path.join('.') || 'the file'} is not as expected (${issue?.code})`,
      'Each source id has an object with client_id and client_secret, or field and value.',
    );
  }
  return new Map(Object.entries(parsed.data));
}

import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SourceDefinition } from '../../schema/index.ts';
import { ConfigError } from '../errors.ts';

const slug = (text: string): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50) || 'unnamed';

/** Whether what the operator gave is an address rather than a file or a source id. */
export const isUrl = (input: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(input) || /^(data|file|javascript|gopher|ftp):/i.test(input);

/** Whether two addresses are one, however they are written. */
export const sameAddress = (a: string, b: string): boolean => plainAddress(a) === plainAddress(b);
const plainAddress = (url: string): string => URL.parse(url)?.href ?? url;

/**
 * A source for a file or URL given on the command line. `id` names it; without one it is made from the file name or
 * the host and path and the whole address, so that the same input is the same source again, and no other is.
 * `known`: the sources there are, by id. One that has the id keeps its settings. Left out, there is nothing to be told apart from.
 */
export async function adHocSource(
  input: string,
  options: { id?: string; format: string; allowLoopback?: boolean; known?: ReadonlyMap<string, SourceDefinition> },
): Promise<SourceDefinition> {
  if (/^(?!https?:)/i.test(input) && isUrl(input)) {
    throw new ConfigError(`"${input}" is no address that is read`, 'Give an http(s) URL, or the path of a file.');
  }
  const url = isUrl(input) ? input : await fileUrl(input);
  const id = options.id ?? madeId(input, url, options.known);
  const base = options.known?.get(id);
  const settings = base ?? {
    title: isUrl(input) ? url : basename(input),
    publisher: 'not stated',
    licence: 'not stated',
  };
  const parsed = SourceDefinition.safeParse({
    ...settings,
    id,
    url,
    format: options.format,
    allowLoopback: options.allowLoopback ?? base?.allowLoopback ?? false,
  });
  if (!parsed.success) {
    throw new ConfigError(
      `"${id}" cannot be a source id`,
      'Use 2–63 lower-case letters, digits and hyphens, starting with a letter or digit.',
    );
  }
  return parsed.data;
}

function madeId(input: string, url: string, known?: ReadonlyMap<string, SourceDefinition>): string {
  const [kind, words] = isUrl(input)
    ? ['url', slug(url.replace(/^[a-z]+:\/\//i, '').replace(/\?.*$/, ''))]
    : ['file', slug(basename(input).replace(/\.[a-z0-9]{1,6}$/i, ''))];
  // Ids were made without the address once: what has one keeps it.
  const short = `${kind}-${words}`;
  const before = known?.get(short);
  if (!known || (before && sameAddress(before.url, url))) return short;
  const hash = createHash('sha256').update(plainAddress(url)).digest('hex').slice(0, 8);
  return `${kind}-${words.slice(0, 48).replace(/-$/, '')}-${hash}`;
}

async function fileUrl(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found)
    throw new ConfigError(
      `"${path}" is neither a file, a URL nor a known source`,
      'List sources with "credatlas sources".',
    );
  if (found.isDirectory()) throw new ConfigError(`"${path}" is a directory`, 'Give one file at a time.');
  return pathToFileURL(resolve(path)).href;
}

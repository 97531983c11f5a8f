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

/**
 * A source for a file or URL given on the command line. `id` names it; without one it is made from the file name or
 * the host and path, so that the same input is the same source again. `base` is a stored source whose settings stay.
 */
export async function adHocSource(
  input: string,
  options: { id?: string; format: string; allowLoopback?: boolean; base?: SourceDefinition },
): Promise<SourceDefinition> {
  if (/^(?!https?:)/i.test(input) && isUrl(input)) {
    throw new ConfigError(`"${input}" is no address that is read`, 'Give an http(s) URL, or the path of a file.');
  }
  const url = isUrl(input) ? input : await fileUrl(input);
  const made = isUrl(input)
    ? `url-${slug(url.replace(/^[a-z]+:\/\//i, '').replace(/\?.*$/, ''))}`
    : `file-${slug(basename(input).replace(/\.[a-z0-9]{1,6}$/i, ''))}`;
  const id = options.id ?? made;
  const settings = options.base ?? {
    title: isUrl(input) ? url : basename(input),
    publisher: 'not stated',
    licence: 'not stated',
  };
  const parsed = SourceDefinition.safeParse({
    ...settings,
    id,
    url,
    format: options.format,
    allowLoopback: options.allowLoopback ?? options.base?.allowLoopback ?? false,
  });
  if (!parsed.success) {
    throw new ConfigError(
      `"${id}" cannot be a source id`,
      'Use 2–63 lower-case letters, digits and hyphens, starting with a letter or digit.',
    );
  }
  return parsed.data;
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

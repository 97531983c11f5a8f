import { MIMEType } from 'node:util';
import { bareRecord } from '../../schema/index.ts';

const longestValue = 8192;

/** Response headers as one string a name: lower case, repeated ones joined, without cookies and without monsters. */
export function responseHeaders(raw: Record<string, string | string[] | undefined>): Record<string, string> {
  const headers = bareRecord<Record<string, string>>();
  for (const [name, value] of Object.entries(raw)) {
    const text = Array.isArray(value) ? value.join(', ') : value;
    if (text === undefined || text.length > longestValue || /^set-cookie/i.test(name)) continue;
    headers[name.toLowerCase()] = text;
  }
  return headers;
}

/** Media type and charset of a Content-Type, in lower case; nothing if it cannot be read. */
export function contentType(header: string | undefined): { mediaType?: string; charset?: string } {
  if (!header) return {};
  try {
    const type = new MIMEType(header);
    const charset = type.params.get('charset')?.trim().toLowerCase();
    return charset ? { mediaType: type.essence, charset } : { mediaType: type.essence };
  } catch {
    return {};
  }
}

/** An ETag worth sending back: printable, not endless. */
export function usableEtag(header: string | undefined): string | undefined {
  return header && header.length <= 1024 && /^[\x21-\x7e\x80-\xff]+$/.test(header) ? header : undefined;
}

/** A Last-Modified worth sending back, as the server wrote it. */
export function usableDate(header: string | undefined): string | undefined {
  return header && header.length <= 64 && !Number.isNaN(Date.parse(header)) ? header : undefined;
}

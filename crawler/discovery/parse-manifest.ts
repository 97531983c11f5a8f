import { parseDocument } from 'yaml';

/** Nodes that aliases may stand for in all; a manifest needs none. */
const MOST_ALIASES = 50;

/**
 * YAML beyond this is not parsed: the parser's time grows with the square of hostile input (half a MiB of quotation marks took it
 * 80 s). That is room for some twenty sources with encrypted secrets; more can be written as JSON.
 */
const LONGEST_YAML = 64 * 1024;

/** The value in a manifest file, JSON or YAML; or, in words, why there is none. */
export function parseManifest(text: string): { value: unknown } | { fault: string } {
  const body = text.replace(/^\uFEFF/, '').trim();
  if (body === '') return { fault: 'the file is empty' };
  if (body.startsWith('<')) return { fault: 'this is a web page or XML, neither JSON nor YAML' };
  let jsonFault: string | undefined;
  if (/^[{[]/.test(body)) {
    try {
      return { value: JSON.parse(body) };
    } catch (error) {
      jsonFault = `not JSON: ${(error as Error).message}`;
    }
  }
  const yaml = parseYaml(body);
  return 'fault' in yaml && jsonFault ? { fault: jsonFault } : yaml;
}

function parseYaml(body: string): { value: unknown } | { fault: string } {
  if (body.length > LONGEST_YAML) return { fault: `YAML of more than ${LONGEST_YAML} characters; write it as JSON` };
  try {
    // Errors are made readable here: for thousands of them the library's own way takes minutes.
    const document = parseDocument(body, { schema: 'core', merge: false, logLevel: 'error', prettyErrors: false });
    const [error] = document.errors;
    if (error) {
      const line = body.slice(0, error.pos[0]).split('\n').length;
      return { fault: `not YAML: ${error.message.split('\n')[0]} (line ${line})` };
    }
    return { value: document.toJS({ maxAliasCount: MOST_ALIASES }) };
  } catch (error) {
    // Nested too deep (RangeError), or more aliases than anybody needs (ReferenceError).
    const reason = error instanceof RangeError ? 'nested too deep' : (error as Error).message.split('\n')[0];
    return { fault: `not YAML that can be read: ${reason}` };
  }
}

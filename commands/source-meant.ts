import { fileURLToPath } from 'node:url';
import { ConfigError } from '../crawler/errors.ts';
import { redactUrl } from '../crawler/fetch/redact-url.ts';
import type { Format } from '../crawler/format.ts';
import { adHocSource, sameAddress } from '../crawler/harvest/ad-hoc-source.ts';
import { formatNamed } from '../crawler/registry.ts';
import { readSourceFiles } from '../crawler/source-files.ts';
import type { SourceDefinition } from '../schema/index.ts';
import type { Crawler } from './crawler.ts';
import { formatOf } from './format-of-input.ts';
import type { HarvestRequest } from './harvest-request.ts';
import { log } from './log.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { sourceFilesSeen } from './source-files-seen.ts';

/**
 * The source meant by a file, a URL or an id. A source that there is goes on to read what it reads, unless the request says
 * that it is to read something else from now on.
 * @throws ConfigError when it would become another source; nothing was changed
 */
export async function sourceMeant(
  { open, crawler, formats }: { open: OpenCatalogue; crawler: Crawler; formats: ReadonlyMap<string, Format> },
  request: HarvestRequest,
): Promise<SourceDefinition> {
  const { input } = request;
  const files = request.dryRun ? await readSourceFiles(log.warn) : await sourceFilesSeen(open.store, log.warn);
  const known = new Map(files.map((source) => [source.id, source]));
  for (const stored of await open.catalogue.sources.list()) {
    if (!known.has(stored.definition.id)) known.set(stored.definition.id, stored.definition);
  }
  const named = known.get(input);
  if (named) return withoutContradiction(named, request);
  if (request.format) formatNamed(formats, request.format);
  const { source: id, allowLoopback } = request;
  const draft = await adHocSource(input, { id, allowLoopback, known, format: request.format ?? 'undetected' });
  const format = request.format ?? (await formatOf(input, draft, { crawler, formats })).name;
  const asked = { ...draft, format };
  // Looked up once more: while a sample was read, another command may have made the source.
  const stored = (await open.catalogue.sources.byIds([asked.id]))[0]?.definition;
  const before = files.find((file) => file.id === asked.id) ?? stored;
  if (before && !request.replace) refuseToBecome(before, asked);
  return asked;
}

function withoutContradiction(named: SourceDefinition, { format, source }: HarvestRequest): SourceDefinition {
  if (format && format !== named.format) {
    throw new ConfigError(
      `source ${named.id} has the format ${named.format}`,
      'Leave out --format, or give a file or URL.',
    );
  }
  if (source && source !== named.id) {
    throw new ConfigError(
      `"${named.id}" is a source of its own, not ${source}`,
      'Leave out --source, or give a file or URL.',
    );
  }
  return named;
}

/** The records of a source would go missing, and nobody asked for that. */
function refuseToBecome(before: SourceDefinition, asked: SourceDefinition): void {
  if (before.format === asked.format && sameAddress(before.url, asked.url)) return;
  throw new ConfigError(
    `source ${before.id} reads ${place(before.url)} as ${before.format}, not ${place(asked.url)} as ${asked.format}; nothing was changed`,
    'Give this another id with --source, or add --replace if the source is to read this instead: its records that are not in it are then gone.',
  );
}

const place = (url: string): string => (/^file:\/\//i.test(url) ? fileURLToPath(url) : redactUrl(url));

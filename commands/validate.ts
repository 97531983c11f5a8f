import type { Config } from '../config.ts';
import { AddressRefused, RetryLater, SourceBroken } from '../crawler/errors.ts';
import {
  type Format,
  isFault,
  type Normalised,
  type Page,
  type PageRequest,
  type RawRecord,
} from '../crawler/format.ts';
import { adHocSource } from '../crawler/harvest/ad-hoc-source.ts';
import { normaliseRecords } from '../crawler/harvest/normalise-record.ts';
import { formatNamed, loadFormats } from '../crawler/registry.ts';
import type { SourceDefinition } from '../schema/index.ts';
import { type Credential, ELEMENTS, type Element, found, type Problem, type Rejection } from '../schema/index.ts';
import { createCrawler } from './crawler.ts';
import { EXIT } from './exit-codes.ts';
import { formatOf } from './format-of-input.ts';
import { createOutput, type Output } from './output.ts';
import { createTally, type Summary, summaryLines, type Tally } from './validation-summary.ts';

/** Records held back until their parts are read; beyond this the oldest are reported with what is there. */
const HELD = 20_000;
/** Records that are normalised together. */
const BATCH = 250;
const MAX_PAGES = 1_000;

/** `credatlas validate`: what the catalogue would make of a feed, record by record; nothing is stored. */
export async function validateCommand(
  config: Config,
  request: { input: string; format?: string; allowLoopback?: boolean; all?: boolean; json: boolean },
): Promise<number> {
  const output = createOutput(request);
  const crawler = createCrawler({ contact: config.contact });
  try {
    const formats = await loadFormats();
    if (request.format) formatNamed(formats, request.format);
    const draft = await adHocSource(request.input, {
      format: request.format ?? 'undetected',
      allowLoopback: request.allowLoopback,
    });
    const format = request.format
      ? formatNamed(formats, request.format)
      : await formatOf(request.input, draft, { crawler, formats });
    const source = { ...draft, format: format.name };
    const tally = createTally(format.name);
    await validateSource(source, format, crawler.uploads, { tally, output, all: request.all ?? false });
    const { summary } = tally;
    output.done();
    if (request.all) tellAll(summary, output);
    else for (const line of summaryLines(tally, output)) output.say(line);
    output.emit({ summary });
    if (summary.records === 0 && !summary.complete) return EXIT.unusable;
    return summary.rejected > 0 || !summary.complete ? EXIT.somethingLeftOut : EXIT.allIn;
  } finally {
    await crawler.close();
  }
}

async function validateSource(
  source: SourceDefinition,
  format: Format,
  reader: ReturnType<typeof createCrawler>['uploads'],
  { tally, output, all }: { tally: Tally; output: Output; all: boolean },
): Promise<void> {
  const held = new Map<string, { main?: RawRecord; parts: [string, unknown][] }>();
  const reject = (rejection: Rejection) => {
    tally.reject(rejection);
    output.emit({ rejected: rejection });
    if (!all) return;
    output.say('');
    output.say(
      `rejected ${rejection.identifier ?? '(no record)'} at ${rejection.path || '/'}: ${rejection.rule}, found "${rejection.found}". ${rejection.remedy}`,
    );
  };
  const report = (identifiers: readonly string[]) => {
    const records = identifiers.flatMap((identifier) => {
      const record = held.get(identifier);
      held.delete(identifier);
      const parts = (record?.parts ?? []).sort(([a], [b]) => (a < b ? -1 : 1));
      return record ? [{ identifier, main: record.main, parts }] : [];
    });
    const whole = records.flatMap(({ identifier, main, parts }) =>
      main ? [{ identifier, raw: main.raw, parts: parts.map(([, raw]) => raw) }] : [],
    );
    const results = normaliseRecords(format, source, whole).values();
    for (const { identifier, main, parts } of records) {
      if (main) tellOne(identifier, results.next().value as Normalised);
      else {
        const remedy = 'Publish the record it belongs to in the same feed.';
        reject({ identifier, path: '', rule: 'part-without-record', found: parts[0]?.[0] ?? '', remedy });
      }
    }
  };
  const tellOne = (identifier: string, result: Normalised) => {
    if ('rejection' in result) return reject(result.rejection);
    tally.accept(identifier, result.credential, result.problems);
    if (result.credential) {
      output.emit({ record: result.credential, problems: result.problems });
      if (all && !output.json) tellRecord(result.credential, result.problems, output);
    } else for (const provider of result.providers) output.emit({ provider, problems: result.problems });
  };

  const pages: PageRequest[] = [{ url: source.url }];
  const queued = new Set([source.url]);
  for (const at of pages) {
    try {
      const response = await reader.read(source, { url: at.url, role: at.role ?? null });
      const page: Page = {
        url: response.url,
        role: at.role,
        mediaType: response.mediaType,
        charset: response.charset,
        link: response.headers.link,
        source,
        envelope: {},
      };
      let n = 0;
      for await (const entry of format.records(response.body, page)) {
        n++;
        if (isFault(entry)) {
          reject(entry.rejection);
          if (entry.incomplete) tally.cutShort(entry.rejection.remedy);
          continue;
        }
        if (entry.gone) continue;
        const record = held.get(entry.identifier) ?? { parts: [] };
        if (entry.part) record.parts.push([entry.part, entry.raw]);
        else record.main = entry;
        held.set(entry.identifier, record);
        if (held.size > HELD) report([...held.keys().take(BATCH)]);
        output.progress(`${n} records read`);
      }
      await response.dispose();
      for (const link of format.next?.(page, n) ?? []) {
        if (queued.has(link.url) || pages.length >= MAX_PAGES) continue;
        if (link.url.startsWith('file:'))
          tally.cutShort(`the file leads on to ${link.url}, which an upload cannot follow`);
        else pages.push(link);
        queued.add(link.url);
      }
    } catch (error) {
      if (!(error instanceof SourceBroken || error instanceof RetryLater || error instanceof AddressRefused))
        throw error;
      if (pages.length === 1 && held.size === 0 && tally.summary.records === 0) throw error;
      tally.cutShort(`${error.message}. ${error.remedy}`);
    }
  }
  while (held.size) report([...held.keys().take(BATCH)]);
}

function tellRecord(record: Credential, problems: Problem[], output: Output): void {
  output.say('');
  output.say(record.identifier);
  for (const name of ELEMENTS) {
    const element: Element<unknown> = record[name];
    const from = element.origin
      ? `  (${element.origin.path}${element.origin.rule ? `, rule ${element.origin.rule}` : ''})`
      : '';
    const value = element.value === undefined ? '' : `  ${found(element.value)}`;
    output.say(`  ${name.padEnd(18)} ${element.state.padEnd(14)}${value}${from}`);
    if (element.derived)
      output.say(
        `  ${''.padEnd(18)} derived         ${found(element.derived.value)}  (${element.derived.origin.path}, rule ${element.derived.origin.rule})`,
      );
  }
  output.say(`  ${'opportunities'.padEnd(18)} ${record.opportunities.length}`);
  for (const [question, { answer, reason }] of Object.entries(record.conformance)) {
    output.say(`  ${question.padEnd(18)} ${answer}: ${reason}`);
  }
  for (const p of problems)
    output.say(`  ${p.severity} at ${p.path || '/'}: ${p.rule}, found "${p.found}". ${p.remedy}`);
}

function tellAll(summary: Summary, output: Output): void {
  output.say('');
  output.say(
    `${summary.records} records (${summary.format}): ${summary.accepted} accepted, ${summary.rejected} rejected, ${summary.problems} problems`,
  );
  if (!summary.complete) output.say(`the feed was not read to its end: ${summary.reason}`);
  for (const [name, states] of Object.entries(summary.elements)) {
    output.say(
      `  ${name.padEnd(18)} ${Object.entries(states)
        .map(([state, n]) => `${n} ${state}`)
        .join(', ')}`,
    );
  }
}

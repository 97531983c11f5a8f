import { existsSync } from 'node:fs';
import { open as openFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Store } from '../catalogue/store/store.ts';
import type { Config } from '../config.ts';
import { discoverAll } from '../crawler/discovery/discover-all.ts';
import type { DiscoveryReport } from '../crawler/discovery/discovery.ts';
import type { SourceChange } from '../crawler/discovery/take-in.ts';
import { ConfigError } from '../crawler/errors.ts';
import { readKeyRing } from '../crawler/fetch/authorisation/key-ring.ts';
import { EXIT } from './exit-codes.ts';
import { openDiscovery } from './manifest-discovery.ts';
import { createOutput } from './output.ts';
import { withCatalogue } from './with-catalogue.ts';

export interface DiscoverRequest {
  /** A domain or website, or a file with one a line. */
  input: string;
  dryRun?: boolean;
  /** Domains asked at once. */
  atOnce: number;
  /** Leave for manifests and sources on this machine. */
  allowLoopback?: boolean;
}

/** The last line of `discover --json`, as `{"summary": …}`. */
export interface DiscoverSummary extends Record<SourceChange, number> {
  domains: number;
  manifests: number;
  /** Domains without a manifest where not all could be asked or something else stood. */
  unclear: number;
  /** Lines that are no domain. */
  unusable: number;
  seconds: number;
  dryRun?: true;
}

/** `credatlas discover`: looks for QualityLink manifests and brings the sources they name up to date. */
export async function discoverCommand(config: Config, request: DiscoverRequest & { json: boolean }): Promise<number> {
  const output = createOutput(request);
  const { json: _, ...asked } = request;
  const input = existsSync(asked.input) ? resolve(asked.input) : asked.input;
  let done = 0;
  const onReport = (line: unknown) => {
    const report = line as DiscoveryReport;
    done++;
    output.done();
    output.emit(report);
    tell(report, output.say);
    output.progress(`${done} asked`);
  };
  const summary = await withCatalogue(
    config,
    'discover',
    { ...asked, input },
    ({ store }) => discoverIn({ store, config }, { ...asked, input }, onReport),
    onReport,
  );
  output.done();
  output.emit({ summary });
  output.say(sentence(summary));
  return exitCodeOf(summary);
}

/** Discovers into an open store; each report is handed on as it comes. */
export async function discoverIn(
  { store, config }: { store: Store; config: Pick<Config, 'contact' | 'keyFiles'> },
  request: DiscoverRequest,
  onReport: (report: DiscoveryReport) => void,
): Promise<DiscoverSummary> {
  const started = performance.now();
  const summary = emptySummary(request.dryRun);
  const { contact, keyFiles } = config;
  const keys = await readKeyRing(keyFiles);
  const { discovery, close } = openDiscovery({ contact, store, keys, allowLoopback: request.allowLoopback });
  const isFile = existsSync(request.input);
  try {
    await discoverAll(discovery, isFile ? linesOf(request.input) : [request.input], {
      atOnce: isFile ? request.atOnce : 1,
      dryRun: request.dryRun,
      onReport: (report) => {
        if (report.error && !isFile)
          throw new ConfigError(report.error, 'Give a domain, a website, or a file of them.');
        count(summary, report);
        onReport(report);
      },
    });
  } finally {
    await close();
  }
  summary.seconds = Math.round(performance.now() - started) / 1000;
  return summary;
}

async function* linesOf(path: string): AsyncGenerator<string> {
  if (!(await stat(path)).isFile()) throw new ConfigError(`${path} is no file`, 'Name a file with one domain a line.');
  const file = await openFile(path);
  try {
    yield* file.readLines({ encoding: 'utf8' });
  } finally {
    await file.close().catch(() => {});
  }
}

function emptySummary(dryRun: boolean | undefined): DiscoverSummary {
  const none = { new: 0, changed: 0, unchanged: 0, back: 0, vanished: 0, kept: 0, rejected: 0, unsupported: 0 };
  return { domains: 0, manifests: 0, ...none, unclear: 0, unusable: 0, seconds: 0, ...(dryRun && { dryRun }) };
}

function count(summary: DiscoverSummary, { error, manifest, steps, sources, problems }: DiscoveryReport): void {
  summary.domains++;
  if (error) summary.unusable++;
  if (manifest) summary.manifests++;
  else if (steps.some(({ outcome }) => outcome === 'unusable' || outcome === 'unreachable')) summary.unclear++;
  if (problems.length) summary.rejected++;
  for (const { change } of sources) summary[change]++;
}

/** A list of which some have no manifest is well; a list of which none has is not, and neither is anything that was left out. */
function exitCodeOf(summary: DiscoverSummary): number {
  const { manifests, rejected, vanished, kept, unusable, unclear, domains } = summary;
  const nothing = domains > 0 && manifests === 0;
  return nothing || rejected + vanished + kept + unusable + (domains === 1 ? unclear : 0) > 0
    ? EXIT.somethingLeftOut
    : EXIT.allIn;
}

const SIGNS: Record<SourceChange, string> = {
  new: '+ new',
  changed: '~ changed',
  unchanged: '= unchanged',
  back: '+ back',
  vanished: '- vanished',
  kept: '? kept',
  rejected: '! rejected',
  unsupported: '. not read yet',
};

function tell(report: DiscoveryReport, say: (line: string) => void): void {
  const { asked, error, manifest, steps, sources, problems } = report;
  if (error) {
    say(`${asked}: ${error}`);
    return;
  }
  say(`${asked}: ${manifest ? `manifest ${manifest.url}` : 'no manifest'}`);
  for (const { asked: what, outcome, detail } of steps)
    say(`    asked ${what}: ${outcome}${detail ? ` (${detail})` : ''}`);
  for (const source of sources) {
    const name = [source.id, source.entry && `"${source.entry}"`, source.type, source.url].filter(Boolean).join('  ');
    say(`  ${SIGNS[source.change]}  ${name}${source.reason ? `: ${source.reason}` : ''}`);
    for (const found of source.problems) say(`      ${found.path}: ${found.found}. ${found.remedy}`);
  }
  for (const found of problems) say(`  ! ${found.path}: ${found.found}. ${found.remedy}`);
}

function sentence(s: DiscoverSummary): string {
  const parts = Object.keys(SIGNS).flatMap((key) => {
    const change = key as SourceChange;
    return s[change] ? [`${s[change]} ${change}`] : [];
  });
  const stored = s.dryRun ? '; nothing was stored' : '';
  return `${s.domains} asked, ${s.manifests} with a manifest${s.unclear ? `, ${s.unclear} unclear` : ''}${s.unusable ? `, ${s.unusable} no domain` : ''}; sources: ${parts.join(', ') || 'none'}${stored}.`;
}

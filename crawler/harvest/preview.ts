import type { RecordProblem, RunSummary } from '../../catalogue/catalogue.ts';
import type { Batch, Counts } from '../../catalogue/store/batch.ts';
import type { SourceDefinition } from '../../schema/index.ts';
import { AddressRefused, RetryLater, SourceBroken } from '../errors.ts';
import type { Page } from '../format.ts';
import { formatNamed } from '../registry.ts';
import type { HarvesterDeps } from './harvester.ts';
import { cutShort, pageEnded } from './page-ends.ts';
import { processPage } from './process-page.ts';
import { normaliserOf } from './start.ts';
import type { Intake } from './take-in.ts';

const MAX_FINDINGS = 1_000;

/**
 * A dry run: the real pipeline against the real store, comparing only. Nothing is written, not even the run.
 */
export async function preview(
  { store, reader, formats, onProgress }: HarvesterDeps,
  source: SourceDefinition,
): Promise<{ run: RunSummary; findings: RecordProblem[] }> {
  const format = formatNamed(formats, source.format);
  const run: RunSummary = {
    id: 'dry-run',
    source: source.id,
    format: format.name,
    trigger: 'command',
    state: 'complete',
    startedAt: new Date().toISOString(),
    seen: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    missing: 0,
    withdrawn: 0,
    rejected: 0,
    problems: 0,
    requests: 0,
    bytes: 0,
  };
  const findings: RecordProblem[] = [];
  const seen = new Set<string>();
  const gone = new Set<string>();
  const intake: Intake = {
    known: store.ingest.known,
    withParts: store.ingest.withParts,
    composeAtOnce: true,
    raw: store.ingest.raw,
    async apply(batch) {
      for (const o of batch.observations) if (!o.part) seen.add(o.identifier);
      for (const { identifier, part } of batch.gone ?? []) if (!part) gone.add(identifier);
      for (const finding of findingsOf(batch)) if (findings.length < MAX_FINDINGS) findings.push(finding);
      return { ...(await store.ingest.compare(batch)), problems: findingsOf(batch).length };
    },
  };
  const frontier: { url: string; role?: string }[] = [{ url: source.url }];
  const queued = new Set(frontier.map((page) => page.url));
  const bodies = new Map<string, string>();
  let read = 0;
  let changes = false;
  for (const at of frontier) {
    const page: Page = { url: at.url, role: at.role, source, envelope: {} };
    try {
      const response = await reader.read(
        source,
        { url: at.url, role: at.role ?? null },
        { onRequest: () => void run.requests++ },
      );
      const { url, mediaType, charset, headers } = response;
      Object.assign(page, { url, mediaType, charset, link: headers.link });
      try {
        const result = await processPage(
          {
            intake,
            format,
            onCounts: (counts) => {
              for (const key of Object.keys(counts) as (keyof Counts)[]) run[key] += counts[key];
              onProgress?.({ run: run.id, source: source.id, page: at.url, counts });
            },
          },
          { run: run.id, source, page, key: at.url, normaliser: normaliserOf(format, source), skip: 0 },
          response.body,
        );
        const reason = result.incomplete ?? cutShort(format, response);
        if (reason) Object.assign(run, { state: 'incomplete', reason });
        changes ||= page.changes === true;
        read++;
        const next = format.next?.(page, result.records) ?? [];
        const twin = next.length && result.records ? bodies.get(result.hash) : undefined;
        bodies.set(result.hash, at.url);
        if (twin) {
          Object.assign(run, { state: 'incomplete', reason: `page repeats: ${at.url} has the same body as ${twin}` });
          continue;
        }
        for (const link of next) {
          if (!queued.has(link.url)) frontier.push(link);
          queued.add(link.url);
        }
      } finally {
        run.bytes += response.bytes.wire;
        await response.dispose();
      }
    } catch (error) {
      const ended = pageEnded(at, error);
      if (ended) {
        findings.push({ run: run.id, identifier: null, ...ended.problem });
        run.problems++;
        continue;
      }
      if (!(error instanceof RetryLater || error instanceof SourceBroken || error instanceof AddressRefused))
        throw error;
      Object.assign(run, {
        state: read || run.seen ? 'incomplete' : 'failed',
        reason: `${error.message}. ${error.remedy}`,
      });
    }
  }
  if (run.state === 'complete') {
    const live = await store.ingest.liveIdentifiers(source.id);
    const unseen = live.filter((identifier) => !seen.has(identifier));
    run.withdrawn = unseen.filter((identifier) => gone.has(identifier)).length;
    run.missing = changes ? 0 : unseen.length - run.withdrawn;
  }
  run.finishedAt = new Date().toISOString();
  return { run, findings };
}

function findingsOf(batch: Batch): RecordProblem[] {
  return batch.reports.flatMap(({ identifier, problems, rejection }) => [
    ...(rejection ? [{ run: batch.run, ...rejection, identifier, severity: 'rejected' as const }] : []),
    ...problems.map((problem) => ({ run: batch.run, ...problem, identifier })),
  ]);
}

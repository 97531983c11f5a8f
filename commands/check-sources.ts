import type { SourceCheck } from '../catalogue/store/source-checks.ts';
import type { Config } from '../config.ts';
import { ConfigError } from '../crawler/errors.ts';
import { readKeyRing } from '../crawler/fetch/authorisation/key-ring.ts';
import { checkSource, type SourceLook } from '../crawler/harvest/check-source.ts';
import { mayRead } from '../crawler/harvest/may-read.ts';
import { loadFormats } from '../crawler/registry.ts';
import { readSourceFolder } from '../crawler/source-files.ts';
import type { SourceDefinition } from '../schema/index.ts';
import { createCrawler } from './crawler.ts';
import { EXIT } from './exit-codes.ts';
import { log } from './log.ts';
import type { OpenCatalogue } from './open-catalogue.ts';
import { createOutput } from './output.ts';
import { isOf } from './switch-sources.ts';
import { withCatalogue } from './with-catalogue.ts';

/** Sources looked at together; those of one host wait for each other. */
const AT_ONCE = 4;

export interface CheckRequest {
  /** Ids; all sources of the files when there is none. */
  ids: readonly string[];
  country?: string;
}

/** A look, and what the look before it found. */
export interface Checked extends SourceLook {
  before?: SourceCheck & { at: string };
  /** What the source answers is not what it answered then. */
  changed: boolean;
}

/** Looks at sources, and keeps what was found for the next time. `emit` hears of each when it is done. */
export async function checkIn(
  {
    open,
    feeds,
    ending,
  }: { open: OpenCatalogue; feeds: Parameters<typeof checkSource>[0]['reader']; ending?: AbortSignal },
  request: CheckRequest,
  emit: (checked: Checked) => void,
): Promise<{ checked: number; failed: number }> {
  const { store } = open;
  const sources = await meant(open, request);
  const before = await store.checks.last(sources.map(({ id }) => id));
  const formats = await loadFormats();
  const answer = { checked: 0, failed: 0 };
  const left = sources.values();
  const one = async () => {
    for (const source of left) {
      if (ending?.aborted) return;
      const may = (url: string) => mayRead(store.pauses, source, url);
      const look = await checkSource({ reader: feeds, formats, mayRead: may, signal: ending }, source);
      if (ending?.aborted) return;
      const last = before.get(source.id);
      answer.checked++;
      if (!look.ok) answer.failed++;
      if (!look.notAsked) await store.checks.put(source.id, figuresOf(look));
      const changed = last !== undefined && !look.notAsked && told(last) !== told(look);
      emit({ ...look, ...(last ? { before: last } : {}), changed });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, one));
  return answer;
}

/** The sources of the files, or those of these ids, which may also be in the store alone. */
async function meant({ store }: OpenCatalogue, { ids, country }: CheckRequest): Promise<SourceDefinition[]> {
  const files = await readSourceFolder(log.warn);
  const inCountry = files.filter((file) => !country || isOf(file, country));
  if (country && !inCountry.length)
    throw new ConfigError(`no source of the sources folder is of ${country}`, 'Give the code of a country: EE, FR.');
  if (!ids.length) return inCountry.map(({ definition }) => definition);
  const known = new Map(files.map(({ definition }) => [definition.id, definition]));
  const stored = await store.read.sources.byIds(ids);
  return ids.map((id, n) => {
    const source = known.get(id) ?? stored[n]?.definition;
    if (!source) throw new ConfigError(`there is no source "${id}"`, 'List them with "credatlas sources".');
    return source;
  });
}

/** What is kept of a look: nothing that a record says. */
const figuresOf = ({
  ok,
  reason,
  status,
  mediaType,
  bytes,
  format,
  pages,
  records,
  cut,
  total,
  stated,
}: SourceLook): SourceCheck => ({
  ...{ ok, reason, status, mediaType, bytes, format, pages, records, cut, total, stated },
});

/** `credatlas sources --check`: asks each source once, politely, and tells what it answers and what has changed. */
export async function checkCommand(
  config: Config,
  { json, ...request }: CheckRequest & { json: boolean },
): Promise<number> {
  const output = createOutput({ json });
  const tell = (checked: Checked) => {
    output.emit(checked);
    output.say(lineOf(checked));
  };
  const answer = await withCatalogue(
    config,
    'check',
    request,
    async (open) => {
      const keys = await readKeyRing(config.keyFiles);
      const crawler = createCrawler({ contact: config.contact, store: open.store, keys });
      try {
        return await checkIn({ open, feeds: crawler.feeds }, request, tell);
      } finally {
        await crawler.close();
      }
    },
    (line) => tell(line as Checked),
  );
  output.emit({ summary: answer });
  output.say(`${answer.checked} looked at, ${answer.failed} failed.`);
  return answer.failed ? EXIT.somethingLeftOut : EXIT.allIn;
}

const count = (value: number): string => value.toLocaleString('en');
const size = (bytes: number): string =>
  bytes < 10_240 ? `${count(bytes)} bytes` : `${count(Math.round(bytes / 1024))} KiB`;

/** What a reader would call another answer, in words; bytes and seconds always differ a little. */
function told({ ok, status, format, pages, records, cut, total, stated, reason }: SourceCheck): string {
  const facts = [
    status === undefined ? 'no answer' : `${status}`,
    format,
    pages === undefined ? undefined : `${count(pages)} pages`,
    records === undefined ? undefined : `${cut ? 'more than ' : ''}${count(records)} records`,
    total === undefined ? undefined : `${count(total)} in all`,
    stated === undefined ? undefined : `${Math.round(stated * 16)} of 16 elements`,
  ];
  return `${facts.filter(Boolean).join(', ')}${ok ? '' : ` (${reason})`}`;
}

function lineOf(checked: Checked): string {
  const { source, ok, notAsked, reason, mediaType, bytes, declared, format, title, stated, milliseconds, before } =
    checked;
  if (notAsked) return `${source}: not asked. ${reason}`;
  const was = !before
    ? 'looked at for the first time'
    : checked.changed
      ? `on ${before.at.slice(0, 10)} it was ${told(before)}`
      : `as on ${before.at.slice(0, 10)}`;
  const { status, pages, records, cut, total } = checked;
  const facts = [
    status === undefined ? undefined : `${status} ${mediaType ?? ''}`.trim(),
    bytes === undefined ? undefined : size(bytes),
    format === undefined
      ? undefined
      : format === declared
        ? `${format} as declared`
        : `${format}, declared ${declared}`,
    pages === undefined ? undefined : `leads to ${count(pages)} pages, the first of which has`,
    records === undefined
      ? undefined
      : `${cut ? 'more than ' : ''}${count(records)} records${total === undefined ? '' : ` of ${count(total)}`}`,
    title && `first ${title.map(({ value, language }) => `“${value}” (${language})`).join(', ')}`,
    stated === undefined
      ? undefined
      : `${(stated * 16).toFixed(1)} of 16 elements stated (${Math.round(stated * 100)} %)`,
    `${(milliseconds / 1000).toFixed(1)} s`,
  ];
  return `${source}: ${ok ? 'ok' : `FAILED: ${reason}`}${ok ? ', ' : ' '}${facts.filter(Boolean).join(', ')}; ${was}`;
}

import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runCli, temporaryFolder } from '../support/cli.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';

const SHIFT = fileURLToPath(new URL('../support/shift-clock.mjs', import.meta.url));
const YEARS_173 = String(173 * 365.25 * 86_400_000);
const HOUR = String(3_600_000);
const page = (...ids: string[]) =>
  JSON.stringify({
    pageSize: 10,
    pageNumber: 1,
    hasPreviousPage: false,
    hasNextPage: false,
    items: ids.map((id) => ({ courseId: id, name: [{ language: 'nl-NL', value: id }] })),
  });

let folder: ReturnType<typeof temporaryFolder>;
let server: FeedServer;
beforeEach(async () => {
  folder = temporaryFolder();
  server = await createFeedServer();
  return () => server.close();
});
afterEach(() => folder.remove());

const cli = (shift: string, ...args: string[]) =>
  runCli([...args, '--json'], {
    DATA_DIR: join(folder.path, 'data'),
    NODE_OPTIONS: `--import=${SHIFT}`,
    CLOCK_SHIFT_MS: shift,
  });
const harvest = (shift: string) =>
  cli(shift, 'harvest', `${server.origin}/courses`, '--source', 'clocked', '--format', 'ooapi', '--allow-loopback');

test.each([
  ['173 years', YEARS_173],
  ['an hour', HOUR],
])(
  'a harvest with a clock %s ahead, on the embedded store: the next one reads on, and says what it found',
  async (_, shift) => {
    server.routes['/courses'] = page('a', 'b', 'c');
    expect((await harvest(shift)).last()).toMatchObject({ state: 'complete', created: 3 });
    server.routes['/courses'] = { status: 503, headers: { 'retry-after': '1000' } };
    expect((await harvest(shift)).last()).toMatchObject({ state: 'failed' });
    server.routes['/courses'] = page('a', 'b', 'c');

    const closed = await harvest('0');
    expect(closed.last()).toMatchObject({ state: 'failed', requests: 0 });
    expect(closed.stderr).toMatch(/closed for another \d+ s; no rule says so, a clock was wrong/);
    expect(closed.stderr).toMatch(/times that lie ahead \(2 × a run/);
    expect((await cli('0', 'resume', server.origin)).last()).toMatchObject({ paused: false, origin: server.origin });
    const open = await harvest('0');
    expect(open.last()).toMatchObject({ state: 'complete', unchanged: 3 });
    expect(open.stderr).not.toContain('a clock was wrong');
    expect((await cli('0', 'resume', server.origin)).stderr).toContain('neither paused nor closed');
  },
  120_000,
);

import { setTimeout as sleep } from 'node:timers/promises';
import { openStore } from '../../../catalogue/store/store.ts';
import { type Case, type Context, check, crawlerIn, same, sourceOf } from '../context.ts';
import type { Answer, FaultServer } from '../fault-server.ts';
import { course, courses, page } from '../feed.ts';
import { createLane, type Lane } from '../lane.ts';
import { difference, dump, indexDrift, ledger } from '../ledger.ts';
import { slowness, until } from '../servers.ts';

const family = '1 kill -9 of a worker';
const LANES = 4;
const SEEDS = 4;
/** Places in the program where a worker is killed; those of the store are transactions that hang while it dies. */
const POINTS = [
  'request',
  'half',
  'sent',
  'batch',
  'changes',
  'cursor',
  'page',
  'sweep',
  'finish',
  'index',
  'random',
  'next',
  'compose',
] as const;
type Point = (typeof POINTS)[number];

/** Pauses a statement of the store for as long as its point is armed for its source. */
const TRIGGERS = `
create table fault_points (point text, source text);
create function fault_pause() returns trigger language plpgsql as $$
declare whose text; changed record;
begin
  changed := coalesce(NEW, OLD);
  whose := case TG_TABLE_NAME when 'search_documents' then to_jsonb(changed) -> 'source' ->> 0
    when 'observations' then to_jsonb(changed) ->> 'source' when 'runs' then to_jsonb(changed) ->> 'source'
    when 'compositions' then to_jsonb(changed) ->> 'source'
    else (select source from runs where id = to_jsonb(changed) ->> 'run') end;
  if exists (select 1 from fault_points where point = TG_ARGV[0] and source = whose) then perform pg_sleep(60); end if;
  return changed;
end $$;
create trigger f1 before insert or update on observations for each row
  when (NEW.identifier in ('course-20', 'course-290', 'course-330')) execute function fault_pause('batch');
create trigger f2 before insert on changes for each row when (NEW.kind in ('created', 'updated')) execute function fault_pause('changes');
create trigger f3 before update on pages for each row when (NEW.records > OLD.records) execute function fault_pause('cursor');
create trigger f4 before update on pages for each row when (NEW.state <> OLD.state) execute function fault_pause('page');
create trigger f5 before insert on changes for each row when (NEW.kind = 'missing') execute function fault_pause('sweep');
create trigger f6 before update on runs for each row when (NEW.state <> OLD.state) execute function fault_pause('finish');
create trigger f8 before insert on pages for each row when (NEW.url like '%pageNumber=%') execute function fault_pause('next');
create trigger f9 before delete on compositions for each row execute function fault_pause('compose');
create trigger f7 before insert or update on search_documents for each row execute function fault_pause('index');`;

/** The small, even generator that gives every run of the suite the same schedule. */
function seeded(seed: number): () => number {
  let state = seed * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** Four pages, the second of more than one batch, the third unchanged and with an honest ETag. */
function routesOf(changed: boolean): Record<string, Answer> {
  const items = courses(1, 400, (n) => ({
    ...(changed && n % 60 === 0 ? { description: [{ language: 'en-GB', value: 'Anew' }] } : {}),
    // Of some the offerings change, of some a few are gone.
    ...(n % 50 === 7 ? { courseOfferings: offerings(n, changed) } : {}),
  }));
  const all: unknown[] = changed ? items.filter((_, i) => ![4, 300].includes(i)) : items;
  if (changed) all.splice(40, 0, course('new-1'), { ...course('bad'), name: [] }, course('new-2'));
  const two = changed ? page(all.slice(21, 332), 2, true) : page(all.slice(20, 330), 2, true);
  const three = page(items.slice(340, 370), 3, true);
  return {
    '/courses': page(changed ? all.slice(0, 21) : all.slice(0, 20), 1, true),
    '/courses?pageNumber=2': two,
    '/courses?pageNumber=3': (request, response) => {
      if (request.headers['if-none-match'] === '"three"')
        return void response.writeHead(304, { etag: '"three"' }).end();
      response.writeHead(200, { 'content-type': 'application/json', etag: '"three"' }).end(three);
    },
    '/courses?pageNumber=4': page([...items.slice(330, 340), ...items.slice(370)], 4),
  };
}

const offerings = (n: number, changed: boolean) =>
  [1, 2, 3]
    .filter((m) => !changed || n % 100 === 7 || m < 3)
    .map((m) => ({ offeringId: `o-${n}-${m}`, startDate: changed && n % 100 === 7 ? '2027-09-01' : '2027-02-01' }));

/** Kills at the point and answers when; `undefined` when the run was over before. */
async function killAt(
  lane: Lane,
  server: FaultServer,
  id: string,
  point: Point,
  random: () => number,
): Promise<number> {
  const kill = async () => {
    // The run may be over before it can be hit.
    const owner = (await lane.owner(id)) ?? lane.workers[0];
    check(owner, 'there is no worker');
    await owner.kill();
    void owner.start().catch(() => {});
    return performance.now();
  };
  if (point === 'random') {
    await lane.queue.enqueue(id);
    const owner = await until('an owner', () => lane.owner(id), 20, 2);
    await sleep(random() * 900);
    await owner.kill();
    void owner.start().catch(() => {});
    return performance.now();
  }
  if (point === 'request' || point === 'half' || point === 'sent') {
    const pages = ['/courses', '/courses?pageNumber=2', '/courses?pageNumber=4', '/courses?pageNumber=3'];
    // The third answers "not modified", of which there is no half.
    const path = pages[Math.floor(random() * (point === 'half' ? 3 : 4))] as string;
    const whole = server.routes[path] as Answer;
    const killed = new Promise<number>((resolve, reject) => {
      server.routes[path] = (request, response, entry) => {
        server.routes[path] = whole;
        const body = typeof whole === 'string' ? whole : page([]);
        if (point === 'half')
          response.writeHead(200, { 'content-length': body.length }).write(body.slice(0, body.length / 2));
        if (point === 'sent') {
          if (typeof whole === 'function') whole(request, response, entry);
          else response.writeHead(200, { 'content-type': 'application/json' }).end(body);
        }
        void sleep(point === 'sent' ? random() * 60 : 5)
          .then(kill)
          .then(resolve, reject);
      };
    });
    await lane.queue.enqueue(id);
    return killed;
  }
  await lane.store.db.query('insert into fault_points values ($1, $2)', [point, id]);
  await lane.queue.enqueue(id);
  const name = await until(
    `the point ${point}`,
    async () =>
      (
        await lane.store.db.query<{ name: string }>(
          `select application_name as name from pg_stat_activity where wait_event = 'PgSleep' and datname = current_database()`,
        )
      )[0]?.name,
    40,
    20,
  );
  await lane.store.db.query('delete from fault_points');
  const worker = lane.workers[Number(name.split('-').at(-1))];
  check(worker, `nobody is called ${name}`);
  await worker.kill();
  void worker.start().catch(() => {});
  return performance.now();
}

async function killPoint(
  context: Context,
  lane: Lane,
  reference: Awaited<ReturnType<typeof openStore>>,
  point: Point,
  seed: number,
) {
  const random = seeded(POINTS.indexOf(point) * 1000 + seed);
  const id = `kill-${point}-${seed}`;
  const server = await context.server(routesOf(false));
  const source = sourceOf({ id, url: `${server.origin}/courses` });
  const plain = crawlerIn(context, reference);
  const quiet = crawlerIn(context, lane.store);
  try {
    await Promise.all([plain.harvest(source), quiet.harvest(source)]);
    Object.assign(server.routes, routesOf(true));
    same((await plain.harvest(source)).state, 'complete', 'the undisturbed run');
    server.log.length = 0;
    const killed = await killAt(lane, server, id, point, random);
    const back = await until(
      'somebody takes the run up',
      async () => {
        const [run] = await lane.store.db.query<{ state: string; alive: boolean }>(
          `select state, l.until > now() + interval '3 seconds' as alive from runs r left join run_leases l on l.run = r.id
            where source = $1 order by started_at desc limit 1`,
          [id],
        );
        const owner = await lane.owner(id);
        return run && (run.state !== 'running' || (run.alive && owner?.running)) ? performance.now() : undefined;
      },
      30,
    );
    check(back - killed < 15_000 * slowness(), `taken up after ${((back - killed) / 1000).toFixed(1)} s`);
    const run = await lane.ended(id, 30, 2);
    same(run.state, 'complete', `state (${run.reason})`);
    await lane.indexed();
    for (const path of Object.keys(server.routes)) {
      const asked = server.log.filter((entry) => entry.path === path).length;
      check(asked <= 2, `${path} was fetched ${asked} times`);
    }
    const differing = difference(await dump(reference, id), await dump(lane.store, id)).filter(
      (line) => !line.startsWith('search'),
    );
    check(!differing.length, differing.join('; '));
    const wrong = [...(await ledger(lane.store)), ...(await indexDrift(lane.store))];
    check(!wrong.length, `ledger: ${wrong.join('; ')}`);
    await until(
      'the killed worker is back',
      () => lane.workers.every((w) => w.running && w.output().includes('ready')),
      30,
    );
    return (back - killed) / 1000;
  } finally {
    await Promise.all([plain.close(), quiet.close(), server.close()]);
  }
}

/** All kill points run side by side in lanes, once; each case then tells of its own. */
let results: Promise<Map<string, Promise<number>>> | undefined;
const wanted: string[] = [];
const all = POINTS.flatMap((point) =>
  Array.from({ length: SEEDS }, (_, seed) => ({ point, seed, key: `${point} ${seed}` })),
);

function everything(context: Context): Promise<Map<string, Promise<number>>> {
  results ??= (async () => {
    const redis = await context.redis();
    context.later(() => redis.kill());
    const reference = await openStore({ databaseUrl: await context.database() });
    context.later(() => reference.close());
    const map = new Map<string, Promise<number>>();
    const queue = all.filter(({ key }) => wanted.includes(key));
    const settle = new Map<string, { resolve: (s: number) => void; reject: (e: unknown) => void }>();
    for (const { key } of queue) {
      const promise = new Promise<number>((resolve, reject) => settle.set(key, { resolve, reject }));
      promise.catch(() => {});
      map.set(key, promise);
    }
    for (let n = 0; n < Math.min(LANES, queue.length); n++) {
      void (async () => {
        const lane = await createLane(context, { redisUrl: `${redis.url}/${n}`, workers: 2 });
        context.later(() => lane.close());
        await lane.store.db.script(TRIGGERS);
        for (let next = queue.shift(); next; next = queue.shift()) {
          const { resolve, reject } = settle.get(next.key) as NonNullable<ReturnType<typeof settle.get>>;
          await killPoint(context, lane, reference, next.point, next.seed).then(resolve, reject);
        }
        await Promise.all(lane.workers.map((worker) => worker.kill()));
      })().catch((error) => {
        for (const { reject } of settle.values()) reject(error);
      });
    }
    return map;
  })();
  return results;
}

const WORDS: Record<Point, string> = {
  request: 'before a page is answered',
  half: 'with half a page read',
  sent: 'after a page was sent, before or while it is stored',
  batch: 'while records are written',
  changes: 'while the change log is written',
  cursor: 'while the cursor is written',
  page: 'while a page is marked done',
  sweep: 'in the sweep',
  finish: 'after the sweep, before the run has ended',
  index: 'while the search index is written',
  random: 'at a random moment',
  next: 'after a page is marked done, while the next one is queued',
  compose: 'while records are put together anew',
};

export const cases: Case[] = all.map(({ point, seed, key }) => ({
  family,
  name: `killed ${WORDS[point]}, seed ${seed}`,
  seconds: 400,
  chosen: () => void wanted.push(key),
  async run(context) {
    const seconds = await (await everything(context)).get(key);
    check(seconds !== undefined, 'it did not run');
  },
}));

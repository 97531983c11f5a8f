import { fork } from 'node:child_process';
import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { attacks, type LoadRequest, type Make, normal } from './requests.ts';

/** Where requests seem to come from: this machine, one address, or another one each time. */
export type From = 'here' | 'one address' | 'many addresses';

export interface Load {
  /** Name of an attack; left out: normal clients. */
  attack?: string;
  url: string;
  connections: number;
  /** Ends by itself after so long, if nobody ends it before. */
  seconds: number;
  /** Milliseconds of a pause between an answer and the next request, on average. */
  pause: number;
  from: From;
  ids: string[];
}

export interface LoadResult {
  /** When each request began (epoch, ms) and how long its answer took. */
  times: { at: number; took: number; lost?: string }[];
  /** Answers by HTTP status, and what went wrong without one. */
  statuses: Record<string, number>;
}

export interface RunningLoad {
  result: Promise<LoadResult>;
  end(): void;
}

/** Runs a load in a process of its own, so that it does not share the event loop with others. Resolves when it runs. */
export function startLoad(load: Load): Promise<RunningLoad> {
  const child = fork(fileURLToPath(import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const result = new Promise<LoadResult>((done, failed) => {
    child.on('message', (told) => told !== 'running' && done(told as LoadResult));
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`the load generator ended with ${code}`)));
  });
  result.catch(() => {});
  child.send(load);
  return new Promise((running) => {
    child.once('message', () => running({ result, end: () => void (child.connected && child.send('end')) }));
  });
}

interface Answer {
  status: number;
  body: string;
}

function send(agent: Agent, url: string, { method, path, body }: LoadRequest, address?: string): Promise<Answer> {
  return new Promise((done, failed) => {
    const headers: Record<string, string> = { accept: method === 'GET' ? 'text/html' : 'application/json' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (body !== undefined) headers['content-length'] = String(Buffer.byteLength(body));
    if (address) headers['x-forwarded-for'] = address;
    const asked = request(`${url}${path}`, { method, agent, headers, timeout: 20_000 }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (chunk: string) => {
        text += chunk;
      });
      answer.on('end', () => done({ status: answer.statusCode ?? 0, body: text }));
      answer.on('error', failed);
    });
    asked.on('timeout', () => asked.destroy(new Error('no answer in 20 s')));
    asked.on('error', failed);
    asked.end(body);
  });
}

async function run({ attack, url, connections, seconds, pause, from, ids }: Load): Promise<LoadResult> {
  const make: Make = attack === undefined ? normal(ids) : (attacks.find(({ name }) => name === attack)?.make as Make);
  const result: LoadResult = { times: [], statuses: {} };
  const end = performance.now() + seconds * 1000;
  let ended = false;
  process.once('message', () => {
    ended = true;
  });
  process.send?.('running');
  let n = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      if (pause) await sleep(Math.random() * pause);
      while (!ended && performance.now() < end) {
        const turn = n++;
        const address =
          from === 'here'
            ? undefined
            : attack === undefined
              ? `203.0.113.${connection + 1}`
              : from === 'one address'
                ? '198.51.100.7'
                : `10.${turn % 200}.${(turn >> 4) % 250}.${connection}`;
        const asked = make(turn);
        const began = performance.now();
        let status: string;
        let wrong: string | undefined;
        try {
          const answer = await send(agent, url, asked, address);
          status = String(answer.status);
          if (answer.status !== 200 || answer.body.includes('"errors"'))
            wrong = `${status} ${answer.body.slice(0, 150)}`;
        } catch (error) {
          status = (error as NodeJS.ErrnoException).code ?? (error as Error).message;
          wrong = status;
        }
        result.times.push({
          at: performance.timeOrigin + began,
          took: performance.now() - began,
          ...(wrong && !attack && { lost: `${asked.method} ${asked.path}: ${wrong}` }),
        });
        result.statuses[status] = (result.statuses[status] ?? 0) + 1;
        if (pause) await sleep(pause * (0.5 + Math.random()));
      }
      agent.destroy();
    }),
  );
  return result;
}

if (process.send && process.argv[1] === fileURLToPath(import.meta.url)) {
  process.once('message', (load) => {
    void run(load as Load).then((result) => process.send?.(result, () => process.exit(0)));
  });
}

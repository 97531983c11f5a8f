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
  seconds: number;
  /** Milliseconds of a pause between an answer and the next request, on average. */
  pause: number;
  from: From;
  ids: string[];
}

export interface LoadResult {
  times: number[];
  /** Answers by HTTP status, and what went wrong without one. */
  statuses: Record<string, number>;
  /** Normal requests that were not answered as they should: first examples. */
  lost: string[];
  lostCount: number;
}

/** Runs a load in a process of its own, so that it does not share the event loop with others. */
export function startLoad(load: Load): Promise<LoadResult> {
  const child = fork(fileURLToPath(import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return new Promise((done, failed) => {
    child.once('message', (result) => done(result as LoadResult));
    child.once('error', failed);
    child.once('exit', (code) => failed(new Error(`the load generator ended with ${code}`)));
    child.send(load);
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
  const result: LoadResult = { times: [], statuses: {}, lost: [], lostCount: 0 };
  const end = performance.now() + seconds * 1000;
  let n = 0;
  await Promise.all(
    Array.from({ length: connections }, async (_, connection) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      if (pause) await sleep(Math.random() * pause);
      while (performance.now() < end) {
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
        result.times.push(performance.now() - began);
        result.statuses[status] = (result.statuses[status] ?? 0) + 1;
        if (wrong) {
          result.lostCount += 1;
          if (result.lost.length < 3) result.lost.push(`${asked.method} ${asked.path}: ${wrong}`);
        }
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

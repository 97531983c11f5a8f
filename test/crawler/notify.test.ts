import { createHmac } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { createFetchGate } from '../../crawler/fetch/fetch-gate.ts';
import { createInProcessClock } from '../../crawler/fetch/in-process-clock.ts';
import { createMail } from '../../crawler/mail.ts';
import { type Channel, createNotifier, createWebhook } from '../../crawler/notify.ts';
import { testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const SECRET = 'a secret of some length';

interface Received {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

describe.each(storeKinds)('telling changes of state on $kind', ({ open }) => {
  let store: Store;
  let receiver: FeedServer;
  const gate = createFetchGate({ clock: createInProcessClock(), contact: 'https://test.example/contact' });
  const received: Received[] = [];
  const logged: string[] = [];
  let answer = 200;
  let id: string;
  let n = 0;

  beforeAll(async () => {
    store = await open();
    receiver = await createFeedServer({
      '/hook': (req, res) => {
        let body = '';
        req.on('data', (chunk: Buffer) => (body += chunk));
        req.on('end', () => {
          if (answer === 200) received.push({ headers: req.headers, body });
          res.writeHead(answer, answer === 302 ? { location: '/elsewhere' } : {}).end();
        });
      },
      '/elsewhere': 'here',
    });
  }, 60_000);
  afterAll(async () => {
    await gate.close();
    await receiver.close();
    await store.close();
  });
  beforeEach(async () => {
    received.length = 0;
    logged.length = 0;
    answer = 200;
    id = `told-${n++}`;
    await store.putSource(testSource({ id, format: 'csv', url: 'https://x.example/' }));
  });

  const end = async (state: 'complete' | 'held' | 'failed' | 'incomplete') => {
    const { id: run } = await store.runs.start(id, 'csv', '1', [{ url: 'https://x.example/' }]);
    await store.runs.finish(run, state, `it was ${state}`, { missing: 0, withdrawn: 0 });
    return run;
  };
  const webhook = () => createWebhook(gate, { url: `${receiver.origin}/hook`, secret: SECRET });
  const notifier = (...channels: Channel[]) =>
    createNotifier({
      states: store.states,
      leases: store.leases,
      channels: channels.length ? channels : [webhook()],
      log: (line) => logged.push(line),
    });
  const steps = () => received.map(({ body }) => JSON.parse(body).data).map(({ from, to }) => `${from} → ${to}`);

  test('only a change of state is told, once, whoever asks and however often', async () => {
    const one = notifier();
    await end('complete');
    expect(await one.once()).toBe(0);
    for (const state of ['held', 'held', 'failed', 'incomplete', 'complete', 'complete'] as const) {
      await end(state);
      await one.once();
      await one.once();
      // As after a restart: nothing is remembered but by the store.
      await notifier().once();
    }
    expect(steps()).toEqual(['ok → held', 'held → broken', 'broken → ok']);
  });

  test('the message says which source, why and since when, and is signed', async () => {
    const run = await end('failed');
    await notifier().once();
    const [{ headers, body } = { headers: {}, body: '' }] = received;
    expect(JSON.parse(body)).toMatchObject({
      type: 'source.state',
      data: { source: id, title: id, from: 'ok', to: 'broken', run, reason: 'it was failed' },
    });
    expect(headers['content-type']).toBe('application/json');
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const mac = createHmac('sha256', SECRET).update(signed).digest('base64');
    expect(headers['webhook-signature']).toBe(`v1,${mac}`);
    expect(Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp']))).toBeLessThan(60);
    await end('complete');
    await notifier().once();
  });

  test('a receiver that is away gets the state as it is when it is back; the trouble is logged once', async () => {
    await end('held');
    answer = 404;
    const one = notifier();
    expect([await one.once(), await one.once()]).toEqual([0, 0]);
    expect(logged).toHaveLength(1);
    await end('failed');
    answer = 200;
    expect(await one.once()).toBe(1);
    expect(steps()).toEqual(['ok → broken']);
    await end('complete');
    await one.once();
  });

  test('a receiver that redirects gets nothing: the message may be for its eyes only', async () => {
    await end('held');
    answer = 302;
    expect(await notifier().once()).toBe(0);
    expect(logged[0]).toMatch(/redirects/);
    expect(receiver.requests.map((r) => r.path)).not.toContain('/elsewhere');
    await end('complete');
  });

  test('a network that is not public stays closed to webhooks', async () => {
    await end('held');
    await notifier(createWebhook(gate, { url: 'http://10.0.0.1/hook' })).once();
    expect(logged[0]).toMatch(/10\.0\.0\.1/);
    await end('complete');
  });

  test('while another process tells, this one does not', async () => {
    await end('held');
    await store.leases.take('notifier', 'somebody else', 60);
    expect(await notifier().once()).toBe(0);
    await store.leases.release('notifier', 'somebody else');
    expect(await notifier().once()).toBe(1);
    await end('complete');
    await notifier().once();
  });

  test('each channel has its own memory: a mail that failed does not repeat the webhook', async () => {
    const mails: string[] = [];
    const smtp = await smtpServer(mails);
    const { port } = smtp.address() as AddressInfo;
    const mail = createMail({ smtpUrl: `smtp://127.0.0.1:${port}`, to: 'ops@x.example', from: 'credatlas@x.example' });
    const dead = createMail({ smtpUrl: 'smtp://127.0.0.1:9', to: 'ops@x.example', from: 'credatlas@x.example' });
    await end('held');
    await notifier(webhook(), dead).once();
    await notifier(webhook(), mail).once();
    await notifier(webhook(), mail).once();
    expect(steps()).toEqual(['ok → held']);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatch(/^Subject: Credatlas: told-\d+ is held\r$/m);
    expect(mails[0]).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    expect(mails[0]).toMatch(/ok =E2=86=92 held since/);
    smtp.close();
  });
});

/** As much of RFC 5321 as it takes to receive a message. */
function smtpServer(mails: string[]): Promise<Server> {
  const server = createServer((socket) => {
    let data: string | undefined;
    let pending = '';
    socket.write('220 test\r\n');
    socket.on('error', () => {});
    socket.on('data', (chunk) => {
      pending += chunk;
      for (let at = pending.indexOf('\r\n'); at >= 0; at = pending.indexOf('\r\n')) {
        const line = pending.slice(0, at);
        pending = pending.slice(at + 2);
        if (data !== undefined) {
          if (line !== '.') data += `${line}\r\n`;
          else {
            mails.push(data);
            data = undefined;
            socket.write('250 ok\r\n');
          }
        } else if (/^DATA/i.test(line)) {
          data = '';
          socket.write('354 go on\r\n');
        } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

import { createHmac, randomBytes } from 'node:crypto';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../catalogue/store/store.ts';
import { RetryLater } from '../../crawler/errors.ts';
import { createFetchGate } from '../../crawler/fetch/fetch-gate.ts';
import { createInProcessClock } from '../../crawler/fetch/in-process-clock.ts';
import { createMail } from '../../crawler/mail.ts';
import { type Channel, createNotifier, messageId } from '../../crawler/notify.ts';
import { createWebhook } from '../../crawler/webhook.ts';
import { readWebhookKeys } from '../../crawler/webhook-keys.ts';
import { testSource } from '../support/crawl.ts';
import { createFeedServer, type FeedServer } from '../support/feed-server.ts';
import { storeKinds } from '../support/stores.ts';

const SECRET = 'a secret of some length';

interface Received {
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

const sourceOf = (id: string) => testSource({ id, format: 'csv', url: 'https://x.example/' });

describe.each(storeKinds)('telling changes of state on $kind', ({ open }) => {
  let store: Store;
  let receiver: FeedServer;
  const gate = createFetchGate({ clock: createInProcessClock(), contact: 'https://test.example/contact' });
  const received: Received[] = [];
  const logged: string[] = [];
  let answer = 200;
  let retryAfter: string | undefined;
  const attempts: Received[] = [];
  let id: string;
  let n = 0;

  beforeAll(async () => {
    store = await open();
    receiver = await createFeedServer({
      '/hook': (req, res) => {
        let body = '';
        req.on('data', (chunk: Buffer) => (body += chunk));
        req.on('end', () => {
          attempts.push({ headers: req.headers, body });
          if (answer >= 200 && answer < 300) received.push({ headers: req.headers, body });
          const more = answer === 302 ? { location: '/elsewhere' } : retryAfter ? { 'retry-after': retryAfter } : {};
          if (answer > 0) res.writeHead(answer, more).end();
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
    attempts.length = 0;
    answer = 200;
    retryAfter = undefined;
    id = `told-${n++}`;
    await store.putSource(sourceOf(id));
  });

  const end = async (state: 'complete' | 'held' | 'failed' | 'incomplete') => {
    const { id: run } = await store.runs.start(sourceOf(id), '1', [{ url: 'https://x.example/' }]);
    await store.runs.finish(run, state, `it was ${state}`);
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
  const signedBy = (secret: string) => createWebhook(gate, { url: `${receiver.origin}/hook`, secret });
  const verifiedBy = (secret: string, { headers, body }: Received, format?: 'raw') =>
    new Webhook(secret, format && { format }).verify(body, headers as Record<string, string>);
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

  test.each([24, 32, 64])('a whsec_ secret of %i bytes: the reference library takes the message', async (bytes) => {
    const secret = `whsec_${randomBytes(bytes).toString('base64')}`;
    const other = `whsec_${randomBytes(bytes).toString('base64')}`;
    await end('held');
    await notifier(signedBy(secret)).once();
    const [message] = received as [Received];
    expect(verifiedBy(secret, message)).toMatchObject({ type: 'source.state', data: { source: id, to: 'held' } });
    expect(() => verifiedBy(other, message)).toThrow(/No matching signature/);
    expect(() => verifiedBy(secret, { ...message, body: message.body.replace('held', 'HELD') })).toThrow();
    const { timestamp } = JSON.parse(message.body);
    expect(new Date(timestamp).toISOString()).toBe(timestamp);
    await end('complete');
    await notifier(signedBy(secret)).once();
  });

  test('while a secret is changed both receivers can verify, also from a bare one to a whsec_ one', async () => {
    const fresh = `whsec_${randomBytes(32).toString('base64')}`;
    const old = `whsec_${randomBytes(32).toString('base64')}`;
    await end('held');
    await notifier(signedBy(`${fresh} ${old}`)).once();
    await end('failed');
    await notifier(signedBy(`${fresh} an-old-bare-secret`)).once();
    const [both, mixed] = received as [Received, Received];
    expect(String(both.headers['webhook-signature']).split(' ')).toHaveLength(2);
    for (const secret of [fresh, old]) expect(verifiedBy(secret, both)).toMatchObject({ data: { to: 'held' } });
    expect(verifiedBy(fresh, mixed)).toMatchObject({ data: { to: 'broken' } });
    expect(verifiedBy('an-old-bare-secret', mixed, 'raw')).toMatchObject({ data: { to: 'broken' } });
    await end('complete');
    await notifier().once();
  });

  test('text without the prefix: as it stands, and as the reference library reads it where it can', async () => {
    const base64 = randomBytes(32).toString('base64');
    await end('held');
    await notifier(signedBy(base64)).once();
    await end('failed');
    await notifier(signedBy('words with spaces are one secret')).once();
    const [either, words] = received as [Received, Received];
    expect(verifiedBy(base64, either)).toBeTruthy();
    expect(verifiedBy(base64, either, 'raw')).toBeTruthy();
    expect(verifiedBy('words with spaces are one secret', words, 'raw')).toBeTruthy();
    expect(String(words.headers['webhook-signature']).split(' ')).toHaveLength(1);
    await end('complete');
    await notifier().once();
  });

  test('an attempt again has the same id and body, a timestamp and signature of its own', async () => {
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    const one = notifier(signedBy(secret));
    await end('held');
    answer = 400;
    await one.once();
    await new Promise((next) => setTimeout(next, 1_100));
    answer = 204;
    expect(await one.once()).toBe(1);
    const [first, second] = attempts as [Received, Received];
    expect(second.headers['webhook-id']).toBe(first.headers['webhook-id']);
    expect(second.headers['webhook-id']).toMatch(/^msg_[\w-]{24}$/);
    expect(second.body).toBe(first.body);
    expect(Number(second.headers['webhook-timestamp'])).toBeGreaterThan(Number(first.headers['webhook-timestamp']));
    for (const message of [first, second]) expect(verifiedBy(secret, message)).toBeTruthy();
    expect(logged).toEqual([expect.stringMatching(/answered 400\. .*WEBHOOK_URL/), 'webhook: it is reached again']);
    await end('complete');
    await one.once();
    expect(attempts.at(-1)?.headers['webhook-id']).not.toBe(first.headers['webhook-id']);
  });

  test('who is asked again and again leaves a receiver alone that failed, longer each time', async () => {
    await end('held');
    answer = 404;
    const one = createNotifier({
      states: store.states,
      leases: store.leases,
      channels: [webhook()],
      log: (line) => logged.push(line),
      retryMs: [300, 1_500],
    });
    const until = performance.now() + 2_500;
    while (performance.now() < until) {
      await one.due();
      await new Promise((next) => setTimeout(next, 20));
    }
    expect(attempts.length).toBeGreaterThanOrEqual(2);
    expect(attempts.length).toBeLessThanOrEqual(3);
    expect(logged).toHaveLength(1);
    answer = 200;
    expect(await one.once()).toBe(1);
    await end('complete');
    await one.once();
  });

  test('410 ends it: told, and not asked again by this process', async () => {
    await end('held');
    answer = 410;
    const one = notifier();
    for (let n = 0; n < 3; n++) expect([await one.once(), await one.due()]).toEqual([0, 0]);
    expect(attempts).toHaveLength(1);
    expect(logged).toEqual([expect.stringMatching(/410: it wants no more messages\. Take WEBHOOK_URL out/)]);
    answer = 200;
    await end('complete');
    await notifier().once();
  });

  test.each([429, 503])('%i with Retry-After: not before that time', async (status) => {
    // A host of its own: it is closed for a while after this.
    const apart = createFetchGate({ clock: createInProcessClock({ patienceMs: 0 }), contact: 'https://test.example/' });
    const one = createNotifier({
      states: store.states,
      leases: store.leases,
      channels: [createWebhook(apart, { url: `${receiver.origin}/hook`, secret: SECRET })],
      log: (line) => logged.push(line),
      retryMs: [10],
    });
    await end('held');
    answer = status;
    retryAfter = '3';
    await one.due();
    await new Promise((next) => setTimeout(next, 1_000));
    answer = 200;
    expect(await one.due()).toBe(0);
    await new Promise((next) => setTimeout(next, 2_800));
    expect(await one.due()).toBe(1);
    await end('complete');
    await one.once();
    await apart.close();
  });

  test('a channel that says when it may be asked again is left alone until then, and no other one waits for it', async () => {
    let asked = 0;
    const slow: Channel = {
      name: 'slow',
      async send() {
        asked++;
        throw new RetryLater('it is busy', 'Wait.', 2);
      },
    };
    const one = createNotifier({
      states: store.states,
      leases: store.leases,
      channels: [slow, webhook()],
      log: (line) => logged.push(line),
      retryMs: [1],
    });
    await end('held');
    expect(await one.due()).toBe(1);
    const failedAt = performance.now();
    await end('failed');
    while (performance.now() < failedAt + 1_500) await one.due();
    expect([asked, received.length]).toEqual([1, 2]);
    await new Promise((next) => setTimeout(next, 1_000));
    await one.due();
    expect(asked).toBe(2);
    await end('complete');
    await one.once();
  });

  test('a receiver that does not answer is given up after a while', async () => {
    const started = performance.now();
    await end('held');
    answer = -1;
    expect(await notifier().once()).toBe(0);
    const seconds = (performance.now() - started) / 1000;
    expect(seconds).toBeGreaterThan(14);
    expect(seconds).toBeLessThan(40);
    expect(logged[0]).toMatch(/(?:no answer for|not finished within) 20 s/);
    answer = 200;
    await end('complete');
  }, 60_000);

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

describe('what WEBHOOK_SECRET may be', () => {
  test.each([
    ['no base64', 'whsec_not base64 at all!'],
    ['base64 for URLs', `whsec_${'_-'.repeat(20)}`],
    ['23 bytes', `whsec_${randomBytes(23).toString('base64')}`],
    ['65 bytes', `whsec_${randomBytes(65).toString('base64')}`],
    ['nothing after the prefix', 'whsec_'],
    ['one good, one not', `whsec_${randomBytes(32).toString('base64')} whsec_short`],
  ])('%s: refused with a remedy that works', (_, secret) => {
    expect(() => readWebhookKeys(secret)).toThrow(
      expect.objectContaining({ remedy: expect.stringMatching(/openssl/) }),
    );
  });

  test('the example of the specification has its signature', () => {
    const keys = readWebhookKeys('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw');
    const at = new Date(1_614_265_330 * 1000);
    expect(keys.sign('msg_p5jXN8AQM9LWM0D4loKWxJek', at, '{"test": 2432232314}')).toEqual([
      'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    ]);
  });

  test('the id is that of the change', () => {
    const change = { source: 'a', title: 'A', from: 'ok', to: 'held', since: '2031-05-01T00:00:00.000Z' } as const;
    expect(messageId({ ...change, from: 'broken', reason: 'other' })).toBe(messageId(change));
    const others = [
      { ...change, to: 'broken' as const },
      { ...change, since: '2031-05-02T00:00:00.000Z' },
      { ...change, source: 'b' },
    ];
    expect(new Set([change, ...others].map(messageId)).size).toBe(4);
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

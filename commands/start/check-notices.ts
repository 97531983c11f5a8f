import { connect } from 'node:net';
import { createTransport } from 'nodemailer';
import { AddressRefused } from '../../crawler/errors.ts';
import { isLocalhostName, isLoopbackAddress } from '../../crawler/fetch/address-check.ts';
import { checkUrl } from '../../crawler/fetch/check-url.ts';
import { resolveChecked, systemResolver } from '../../crawler/fetch/guarded-connect.ts';
import { type Check, unusable } from './check.ts';
import { codeOf, networkWords, orNotYet } from './network-words.ts';
import { NotYet, patiently } from './patiently.ts';

/** A mail server that lets us in. Nothing is sent. */
export const checkMail = (smtpUrl: string, patienceMs: number): Check => ({
  variable: 'SMTP_URL',
  look: () =>
    told('SMTP_URL', 'Start the mail server, or correct the address.', patienceMs, (limitMs) => mail(smtpUrl, limitMs)),
});

async function mail(smtpUrl: string, limitMs: number): Promise<void> {
  const { host, username } = new URL(smtpUrl);
  const tried = `the mail server ${host} was asked`;
  const fail = (words: string, remedy: string) => unusable('SMTP_URL', `${tried}: ${words}`, remedy);
  const transport = createTransport({
    url: smtpUrl,
    connectionTimeout: limitMs,
    greetingTimeout: limitMs,
    socketTimeout: limitMs,
    dnsTimeout: limitMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.verify();
  } catch (error) {
    const { message, responseCode, code } = error as { message: string; responseCode?: number; code?: string };
    if (code === 'EAUTH')
      throw fail(`it refuses the user or password of "${decodeURIComponent(username)}"`, 'Correct them in the URL.');
    if (/greeting|timeout|timed out/i.test(message)) throw fail('it does not answer', 'Look at that server.');
    if (/wrong version number|packet length|SSL routines/i.test(message)) {
      throw fail('it does not speak TLS on that port', 'Write smtp:// instead of smtps://.');
    }
    if (/invalid greeting|invalid response|unexpected/i.test(message)) {
      throw fail('what answers there is no mail server', 'Name the host and port of a mail server.');
    }
    if (responseCode) throw fail(`it refuses us with ${responseCode}`, 'Look at that server.');
    const inner = /\b(E[A-Z]{4,})\b/.exec(message)?.[1];
    const known = networkWords(inner && codeOf(error) !== inner ? { code: inner } : error);
    orNotYet(inner ? { code: inner } : error, `${tried}: ${known}`);
    throw fail(known ?? 'it breaks the connection off', 'Start the mail server, or correct the address.');
  } finally {
    transport.close();
  }
}

/** Something that listens where changes are posted, at an address that the gate lets us go to. Nothing is sent. */
export const checkWebhook = (url: string, patienceMs: number): Check => ({
  variable: 'WEBHOOK_URL',
  look: () =>
    told('WEBHOOK_URL', 'Start what receives it, or correct the address.', patienceMs, (limitMs) =>
      webhook(url, limitMs),
    ),
});

async function webhook(url: string, limitMs: number): Promise<void> {
  const { host, hostname, port, protocol } = new URL(url);
  const tried = `${host} was tried`;
  const fail = (words: string, remedy: string) => unusable('WEBHOOK_URL', `${tried}: ${words}`, remedy);
  const bare = hostname.replace(/^\[(.*)\]$/, '$1');
  const allowLoopback = isLocalhostName(bare) || isLoopbackAddress(bare);
  try {
    checkUrl(url, { allowLoopback });
    const [first] = await resolveChecked(bare, allowLoopback, systemResolver);
    await reach(first?.address ?? bare, Number(port) || (protocol === 'https:' ? 443 : 80), limitMs);
  } catch (error) {
    if (error instanceof AddressRefused) {
      const why = /user name|port \d+|not on the public/.exec(error.message)?.[0];
      throw fail(
        `the address is not one we post to (${why ?? 'refused'})`,
        'Use a public address on port 80, 443, 8080 or 8443, or this machine.',
      );
    }
    const words = networkWords(error) ?? 'it cannot be reached';
    orNotYet(error, `${tried}: ${words}`);
    throw fail(words, 'Start what receives it, or correct the address.');
  }
}

/** A connection, closed at once. */
function reach(host: string, port: number, limitMs: number): Promise<void> {
  return new Promise((done, failed) => {
    const socket = connect({ host, port });
    socket.setTimeout(limitMs, () => {
      socket.destroy();
      failed(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
    });
    socket.once('connect', () => {
      socket.destroy();
      done();
    });
    socket.once('error', failed);
  });
}

const told = (variable: string, remedy: string, patienceMs: number, attempt: (limitMs: number) => Promise<void>) =>
  patiently(patienceMs, attempt).catch((error) => {
    throw error instanceof NotYet ? unusable(variable, error.message, remedy) : error;
  });

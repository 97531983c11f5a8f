import { connect, type NetConnectOpts } from 'node:net';

/** What a server says to a greeting; nothing when it closes without a word. */
export type FirstWords = { said: Buffer } | { silent: true };

/** Connects, says something, and answers the first bytes that come back. Rejects when there is no way to the server. */
export function firstWords(to: NetConnectOpts, greeting: Buffer | string, limitMs: number): Promise<FirstWords> {
  return new Promise((done, failed) => {
    const socket = connect(to);
    let connected = false;
    const end = (answer: FirstWords) => {
      socket.destroy();
      done(answer);
    };
    socket.setTimeout(limitMs, () => {
      socket.destroy();
      failed(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' }));
    });
    socket.once('connect', () => {
      connected = true;
      socket.write(greeting);
    });
    socket.once('data', (said) => end({ said }));
    socket.once('end', () => end({ silent: true }));
    socket.once('error', (error) => {
      if (connected && (error as NodeJS.ErrnoException).code === 'ECONNRESET') end({ silent: true });
      else failed(error);
    });
  });
}

/** What kind of server speaks like this, as far as one can tell. */
export function kindOf(words: FirstWords): string {
  if ('silent' in words) return 'what listens there closes the connection at once';
  const text = words.said.toString('latin1');
  if (/^HTTP\/\d/.test(text) || /^\s*<(!doctype|html)/i.test(text)) return 'a web server answers there';
  if (/^[+-](PONG|OK|NOAUTH|ERR|DENIED|LOADING|MISCONF)\b/.test(text)) return 'a Redis answers there';
  if (/^[SN]$/.test(text)) return 'a PostgreSQL answers there';
  if (/^220[ -]/.test(text)) return 'a mail or FTP server answers there';
  if (/^SSH-/.test(text)) return 'an SSH server answers there';
  if (words.said[0] === 0x15) return 'it speaks TLS only';
  return 'something else answers there';
}

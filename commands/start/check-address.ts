import { createServer } from 'node:net';
import type { ConfigError } from '../../crawler/errors.ts';
import { type Check, unusable } from './check.ts';

/** HOST and PORT can be served on: listened on for a moment, before anything dear is opened. */
export const checkAddress = ({ host, port }: { host: string; port: number }): Check => ({
  variable: 'PORT',
  look: () =>
    new Promise<void>((done, failed) => {
      const server = createServer();
      server.once('error', (error) => failed(listenFailed(error, host, port)));
      server.listen({ host, port, exclusive: true }, () => server.close(() => done()));
    }),
});

/** Why it cannot be listened there, by the variable that is to blame. */
export function listenFailed(error: NodeJS.ErrnoException, host: string, port: number): ConfigError | Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return unusable('PORT', `port ${port} on ${host} is in use`, 'Set PORT to another port, or stop what uses it.');
    case 'EACCES':
      return unusable('PORT', `port ${port} needs more rights than this user has`, 'Set PORT to 1024 or above.');
    case 'EADDRNOTAVAIL':
      return unusable('HOST', `${host} is no address of this machine`, 'Set HOST to 127.0.0.1, or 0.0.0.0 for all.');
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return unusable('HOST', `there is no host named ${host}`, 'Set HOST to an address of this machine.');
    case 'EAFNOSUPPORT':
    case 'EINVAL':
      return unusable('HOST', `this machine cannot serve on ${host}`, 'Set HOST to 127.0.0.1, or 0.0.0.0 for all.');
    default:
      return error;
  }
}

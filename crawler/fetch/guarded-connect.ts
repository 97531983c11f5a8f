import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { AddressRefused } from '../errors.ts';
import { isLocalhostName, mayConnect } from './address-check.ts';

/** Name to addresses, as the operating system does it. */
export type Resolver = (hostname: string) => Promise<readonly { address: string; family: number }[]>;

export const systemResolver: Resolver = (hostname) => lookup(hostname, { all: true, order: 'verbatim' });

const refused = (hostname: string) =>
  new AddressRefused(
    `${hostname}: the host is not on the public internet`,
    'Use an address that everybody can reach; only a source with allowLoopback may be read from this machine.',
  );

/** The addresses of a name that may be connected to; of a mixed answer the public ones only. */
export async function resolveChecked(hostname: string, allowLoopback: boolean, resolver: Resolver) {
  if (isLocalhostName(hostname)) {
    if (!allowLoopback) throw refused(hostname);
    return [
      { address: '127.0.0.1', family: 4 },
      { address: '::1', family: 6 },
    ];
  }
  const found = await resolver(hostname);
  const usable = found.filter(({ address }) => mayConnect(address, allowLoopback)).slice(0, 8);
  if (usable.length === 0) throw refused(hostname);
  return usable.map(({ address }) => ({ address, family: isIP(address) }));
}

/**
 * Opens a connection to checked addresses only. Resolving, checking and connecting are one step (the socket gets the checked
 * addresses themselves, not the name), so a name cannot answer differently the second time. IP literals never reach
 * `lookup`, so they are checked here.
 */
export function createGuardedConnect(options: {
  allowLoopback: boolean;
  resolver?: Resolver;
  timeout: number;
}): buildConnector.connector {
  const { allowLoopback, resolver = systemResolver, timeout } = options;

  const checkedLookup: LookupFunction = (hostname, { all }, callback) => {
    resolveChecked(hostname, allowLoopback, resolver).then(
      (addresses) => {
        const [first] = addresses;
        if (all || !first) callback(null, addresses);
        else callback(null, first.address, first.family);
      },
      (error) => callback(error, ''),
    );
  };

  const connect = buildConnector({
    lookup: checkedLookup,
    autoSelectFamily: true,
    autoSelectFamilyAttemptTimeout: 1000,
    allowH2: false,
    timeout,
  } as buildConnector.BuildOptions);

  return (target, callback) => {
    const hostname = target.hostname.replace(/^\[|\]$/g, '');
    if (isIP(hostname) !== 0 && !mayConnect(hostname, allowLoopback)) {
      callback(refused(hostname), null);
      return;
    }
    connect({ ...target, hostname }, (...[error, socket]) => {
      if (error) return callback(error, null);
      // The last word: whatever was resolved, this is who is at the other end.
      const peer = socket.remoteAddress;
      if (!peer || !mayConnect(peer, allowLoopback)) {
        socket.destroy();
        return callback(
          peer ? refused(hostname) : Object.assign(new Error('closed at once'), { code: 'ECONNRESET' }),
          null,
        );
      }
      callback(null, socket);
    });
  };
}

import { BlockList, isIP, isIPv4, SocketAddress } from 'node:net';

/** Hops looked at, from the nearest; what stands before them is hearsay in any case. */
const MOST_HOPS = 20;

/** Whose `X-Forwarded-For` and `Forwarded` are believed. The machine's own addresses are always among them. */
export function createAddresses(trustedProxies: readonly string[] = []) {
  const trusted = new BlockList();
  trusted.addSubnet('127.0.0.0', 8, 'ipv4');
  trusted.addAddress('::1', 'ipv6');
  for (const entry of trustedProxies) addTrusted(trusted, entry);

  const isTrusted = (address: string): boolean => trusted.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');

  return {
    /**
     * The address that counts for a request: the nearest hop that is no trusted proxy. Undefined when the request
     * comes from this machine itself and nobody says that it was handed on.
     */
    clientOf(peer: string | undefined, headers: { forwarded?: string; xForwardedFor?: string }): string | undefined {
      let address = normalised(peer ?? '');
      if (!address) return undefined;
      const hops = headers.xForwardedFor ? headers.xForwardedFor.split(',') : forwardedFor(headers.forwarded);
      for (const hop of hops.slice(-MOST_HOPS).reverse()) {
        if (!isTrusted(address)) break;
        const before = normalised(hop);
        // A proxy that hides whom it asks for ("unknown", "_gazonk") is itself the client.
        if (!before) break;
        address = before;
      }
      return isLoopback(address) ? undefined : grouped(address);
    },
  };
}

function addTrusted(list: BlockList, entry: string): void {
  const [address = '', prefix, ...rest] = entry.trim().split('/');
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  const bits = prefix === undefined ? undefined : Number(prefix);
  const most = family === 'ipv4' ? 32 : 128;
  if (
    !isIP(address) ||
    rest.length > 0 ||
    (bits !== undefined && !(Number.isInteger(bits) && bits >= 0 && bits <= most))
  )
    throw new Error(
      `the trusted proxy "${entry}" is no address. Write addresses or networks, such as 10.0.0.7 or 10.0.0.0/8, separated by commas.`,
    );
  if (bits === undefined) list.addAddress(address, family);
  else list.addSubnet(address, bits, family);
}

/** `Forwarded: for=192.0.2.1;proto=https, for="[2001:db8::1]:4711"` (RFC 7239): the addresses in order. */
const forwardedFor = (field: string | undefined): string[] =>
  (field ?? '').split(',').flatMap((element) => /(?:^|;)\s*for\s*=\s*"?([^";]+)"?/i.exec(element)?.[1] ?? []);

/** An address without port, brackets or zone; IPv4 in IPv6 as IPv4. Undefined when it is none. */
function normalised(text: string): string | undefined {
  const trimmed = text.trim();
  const bare =
    /^\[([^\]]+)\](?::\d+)?$/.exec(trimmed)?.[1] ?? /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(trimmed)?.[1] ?? trimmed;
  const address = bare.replace(/%.*$/, '').replace(/^::ffff:(?=\d+\.)/i, '');
  return isIP(address) ? address : undefined;
}

const isLoopback = (address: string): boolean => address === '::1' || (isIPv4(address) && address.startsWith('127.'));

/** Of IPv6 the /64 counts: whoever has one address there has all of them. */
function grouped(address: string): string {
  if (isIPv4(address)) return address;
  // SocketAddress writes an address one way, whatever way it came.
  const [head = '', tail] = new SocketAddress({ address, family: 'ipv6' }).address.split('::');
  const before = head ? head.split(':') : [];
  const after = tail ? tail.split(':') : [];
  const filled =
    tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill('0'), ...after];
  return `${filled.slice(0, 4).join(':')}::/64`;
}

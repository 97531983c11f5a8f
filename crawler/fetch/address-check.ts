import { BlockList, isIP } from 'node:net';

/**
 * IPv4 ranges that are not the public internet: the IANA special-purpose registry (RFC 6890 and updates) where "globally
 * reachable" is false, multicast, class E, the 6to4 relay, and Azure's host channel, which sits on a public address.
 */
const closed4 = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const;

/**
 * IPv6 is the other way round: only global unicast (2000::/3) is public, so loopback, mapped and compatible addresses,
 * NAT64 (64:ff9b::/96, 64:ff9b:1::/48), unique local, link-local, site-local and multicast need no line. Inside it:
 * protocol assignments with Teredo, documentation, 6to4 and the old 6bone.
 */
const closed6 = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3ffe::', 16],
  ['3fff::', 20],
] as const;

const closed = new BlockList();
for (const [network, prefix] of closed4) closed.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of closed6) closed.addSubnet(network, prefix, 'ipv6');

const globalUnicast = new BlockList();
globalUnicast.addSubnet('2000::', 3, 'ipv6');

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');

/** Whether an address (dotted or IPv6, no brackets, no zone) may be connected to by anyone. */
export function isPublicAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0 || address.includes('%')) return false;
  if (version === 4) return !closed.check(address, 'ipv4');
  return globalUnicast.check(address, 'ipv6') && !closed.check(address, 'ipv6');
}

/** 127.0.0.0/8 and ::1, nothing that merely leads there (mapped, 0.0.0.0). */
export function isLoopbackAddress(address: string): boolean {
  const version = isIP(address);
  if (version === 0 || address.includes('%')) return false;
  if (version === 4) return loopback.check(address, 'ipv4');
  return new URL(`http://[${address}]/`).hostname === '[::1]';
}

/** `localhost` and all below it, with or without the root's dot (RFC 6761 §6.3). */
export function isLocalhostName(name: string): boolean {
  return /^(?:.*\.)?localhost\.*$/i.test(name);
}

/** Whether an address may be connected to for a request that does or does not have leave for loopback. */
export function mayConnect(address: string, allowLoopback: boolean): boolean {
  return isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address));
}

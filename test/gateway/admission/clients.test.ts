import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { createAddresses } from '../../../gateway/admission/addresses.ts';
import { clientOfKey, readClientKeys } from '../../../gateway/admission/client-keys.ts';

describe('the address that counts', () => {
  test.each([
    ['nobody says more: this machine itself', '127.0.0.1', {}, undefined],
    ['a peer', '198.51.100.7', {}, '198.51.100.7'],
    ['a peer that claims another address', '198.51.100.7', { xForwardedFor: '203.0.113.9' }, '198.51.100.7'],
    ['handed on by this machine', '127.0.0.1', { xForwardedFor: '203.0.113.9' }, '203.0.113.9'],
    ['IPv4 in IPv6', '::ffff:127.0.0.1', { xForwardedFor: '203.0.113.9' }, '203.0.113.9'],
    ['made-up hops before the nearest', '127.0.0.1', { xForwardedFor: '1.1.1.1, 2.2.2.2, 203.0.113.9' }, '203.0.113.9'],
    ['two trusted proxies', '127.0.0.1', { xForwardedFor: '1.1.1.1, 203.0.113.9, 10.1.2.3' }, '203.0.113.9'],
    ['a trusted proxy as the peer', '10.1.2.3', { xForwardedFor: '203.0.113.9' }, '203.0.113.9'],
    ['with a port', '127.0.0.1', { xForwardedFor: '203.0.113.9:4711' }, '203.0.113.9'],
    ['RFC 7239', '127.0.0.1', { forwarded: 'for=1.1.1.1, for="203.0.113.9:80";proto=https' }, '203.0.113.9'],
    ['RFC 7239, IPv6', '127.0.0.1', { forwarded: 'proto=http;For="[2001:db8:1:2:3::4]:80"' }, '2001:db8:1:2::/64'],
    ['IPv6 of one network are one', '2001:db8:1:2:ffff::1', {}, '2001:db8:1:2::/64'],
    ['a proxy that hides it', '10.1.2.3', { xForwardedFor: 'unknown' }, '10.1.2.3'],
    ['this machine handed on its own', '127.0.0.1', { xForwardedFor: '127.0.0.1' }, undefined],
    ['no socket', undefined, { xForwardedFor: '203.0.113.9' }, undefined],
  ])('%s', (_, peer, headers, expected) => {
    expect(createAddresses(['10.0.0.0/8']).clientOf(peer, headers)).toBe(expected);
  });

  test.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/8/8', ''])('%j is no proxy', (entry) => {
    expect(() => createAddresses([entry])).toThrow(/trusted proxy ".*" is no address\. Write/);
  });
});

describe('keys of named clients', () => {
  const folder = mkdtempSync(join(tmpdir(), 'credatlas-keys-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const sha256 = createHash('sha256').update('s3cret').digest('hex');
  const good = { name: 'portal', sha256, requestsPerMinute: 10, costPerMinute: 100 };
  const file = (text: string): string => {
    const path = join(folder, 'keys.json');
    writeFileSync(path, text);
    return path;
  };

  test('are known by their hash', () => {
    const clients = readClientKeys(file(JSON.stringify([good])));
    expect(clientOfKey(clients, 's3cret')).toEqual({ name: 'portal', allowance: { requests: 10, cost: 100 } });
    expect(clientOfKey(clients, 's3cre')).toBeUndefined();
    expect(clientOfKey(clients, '__proto__')).toBeUndefined();
  });

  test.each([
    ['no JSON', '[{', /no JSON/],
    ['no list', '{}', /no list of clients/],
    ['no name', JSON.stringify([{ ...good, name: undefined }]), /entry 1: name must be/],
    [
      'a key instead of its hash',
      JSON.stringify([good, { ...good, name: 'b', sha256: 's3cret' }]),
      /entry 2 \(b\): sha256 must be 64/,
    ],
    ['no number', JSON.stringify([{ ...good, costPerMinute: 'much' }]), /entry 1 \(portal\): costPerMinute must be/],
    ['zero', JSON.stringify([{ ...good, requestsPerMinute: 0 }]), /requestsPerMinute must be 1 or more/],
    ['a slip in a field', JSON.stringify([{ ...good, requestPerMinute: 1 }]), /requestPerMinute/],
    [
      'one name twice',
      JSON.stringify([good, { ...good, sha256: sha256.replace(/./, 'f').replace(/.$/, '0') }]),
      /entry 2 \(portal\): the same name/,
    ],
    ['one key twice', JSON.stringify([good, { ...good, name: 'b' }]), /entry 2 \(b\): the same key/],
    ['an entry that is null', '[null]', /entry 1/],
  ])('%s: says file, entry and remedy', (_, text, reason) => {
    const path = file(text);
    expect(() => readClientKeys(path)).toThrow(reason);
    expect(() => readClientKeys(path)).toThrow(/keys\.json.*Write \[\{/s);
  });

  test('a file that is not there', () => {
    expect(() => readClientKeys(join(folder, 'none.json'))).toThrow(/none\.json.*ENOENT.*Write/);
  });
});

import { describe, expect, test } from 'vitest';
import {
  isLocalhostName,
  isLoopbackAddress,
  isPublicAddress,
  mayConnect,
} from '../../../crawler/fetch/address-check.ts';

describe('isPublicAddress', () => {
  test.each([
    '0.0.0.0',
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '100.100.100.200',
    '127.0.0.1',
    '127.255.255.255',
    '168.63.129.16',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.192',
    '192.0.2.1',
    '192.88.99.1',
    '192.168.1.1',
    '198.18.0.1',
    '198.19.255.255',
    '198.51.100.7',
    '203.0.113.9',
    '224.0.0.1',
    '239.255.255.250',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::127.0.0.1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '::ffff:0:127.0.0.1',
    '64:ff9b::7f00:1',
    '64:ff9b::8.8.8.8',
    '64:ff9b:1::1',
    '100::1',
    '2001::1',
    '2001:0:4136:e378:8000:63bf:3fff:fdd2',
    '2001:10::1',
    '2001:db8::1',
    '2002:7f00:1::1',
    '2002:c0a8:101::',
    '3ffe::1',
    '3fff::1',
    '3fff:fff:ffff::1',
    '5f00::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'fe80::1%eth0',
    '2606:4700::1111%1',
    'fec0::1',
    'ff02::1',
    'example.org',
    '',
    '1.2.3',
  ])('%s is closed', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  test.each([
    '1.1.1.1',
    '8.8.8.8',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.0',
    '169.253.255.255',
    '172.15.255.255',
    '172.32.0.0',
    '192.167.255.255',
    '192.169.0.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2001:4860:4860::8888',
    '2001:200::1',
    '2606:4700:4700::1111',
    '2a00:1450:4001::1',
    '3ffd::1',
    '2003::1',
  ])('%s is public', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

test('loopback is 127/8 and ::1, and nothing that merely leads there', () => {
  for (const address of ['127.0.0.1', '127.9.9.9', '::1', '0:0:0:0:0:0:0:1']) {
    expect(isLoopbackAddress(address), address).toBe(true);
    expect(mayConnect(address, false), address).toBe(false);
    expect(mayConnect(address, true), address).toBe(true);
  }
  for (const address of ['0.0.0.0', '::', '::ffff:127.0.0.1', '10.0.0.1', '::2', 'localhost', '::1%lo']) {
    expect(isLoopbackAddress(address), address).toBe(false);
    expect(mayConnect(address, true), address).toBe(false);
  }
});

test('names of this machine', () => {
  for (const name of ['localhost', 'LOCALHOST', 'localhost.', 'a.localhost', 'a.b.localhost.']) {
    expect(isLocalhostName(name), name).toBe(true);
  }
  for (const name of ['localhost.example.org', 'mylocalhost', 'example.org']) {
    expect(isLocalhostName(name), name).toBe(false);
  }
});

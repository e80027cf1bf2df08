import { describe, expect, test } from 'vitest';

import { addressBlock, ipv4Number, ipv6Groups } from '../../../server/analysis/address-block.ts';

describe('the block of an address', () => {
  test.each([
    ['203.0.113.200', '203.0.113.0/24'],
    ['10.0.0.0', '10.0.0.0/24'],
    ['2001:db8:1:2::3', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8::/48'],
    ['2001:db8:0:5::1', '2001:db8::/48'],
    ['2a00:1450:4864:20::533', '2a00:1450:4864::/48'],
    ['::1', '::/48'],
  ])('%s is in %s', (sourceIp, block) => {
    expect(addressBlock(sourceIp)).toBe(block);
  });
});

describe('addresses as numbers', () => {
  test.each([
    ['0.0.0.0', 0],
    ['1.2.3.4', 0x01020304],
    ['255.255.255.255', 0xffffffff],
    ['2001:db8::1', null],
    ['::ffff:1.2.3.4', null],
  ])('IPv4: %s', (text, number) => {
    expect(ipv4Number(text)).toBe(number);
  });

  test.each([
    ['2001:db8::1', [0x2001, 0xdb8, 0, 0, 0, 0, 0, 1]],
    ['::', [0, 0, 0, 0, 0, 0, 0, 0]],
    ['fe80::', [0xfe80, 0, 0, 0, 0, 0, 0, 0]],
    ['1:2:3:4:5:6:7:8', [1, 2, 3, 4, 5, 6, 7, 8]],
    ['::ffff:1.2.3.4', [0, 0, 0, 0, 0, 0xffff, 0x0102, 0x0304]],
    ['1.2.3.4', null],
  ])('IPv6: %s', (text, groups) => {
    expect(ipv6Groups(text)).toEqual(groups);
  });
});

import { describe, expect, test } from 'vitest';

import { isNetworkPointer } from '../../../server/analysis/pointer-name.ts';

describe('a reverse name that a network gives to any machine', () => {
  test.each([
    ['ec2-203-0-113-9.compute-1.amazonaws.com', '203.0.113.9'],
    ['9.113.0.203.bc.googleusercontent.com', '203.0.113.9'],
    ['static.9.113.0.203.clients.example.net', '203.0.113.9'],
    ['203-0-113-9.ip.linodeusercontent.com', '203.0.113.9'],
    ['p3.ip-203-0-113.example.net', '203.0.113.9'],
    ['host203000113009.example.net', '203.0.113.9'],
    ['cb007109.dsl.example.net', '203.0.113.9'],
    ['li12-5.members.linode.com', '203.0.113.9'],
    ['vmi1234567.example.net', '203.0.113.9'],
    ['2001-db8-1-2--9.example.net', '2001:db8:1:2::9'],
    ['2001-0db8-0001-0002-0003-0004-0005-0009.example.net', '2001:db8:1:2:3:4:5:9'],
  ])('%s at %s', (name, sourceIp) => {
    expect(isNetworkPointer(name, sourceIp)).toBe(true);
  });

  test.each([
    ['mail.example.net', '203.0.113.9'],
    ['mail-113.example.net', '203.0.113.9'],
    ['a9-113.smtp.example.net', '203.0.113.9'],
    ['mx1203-0-113.example.net', '203.0.113.9'],
    ['mail.example.net', '2001:db8::9'],
    ['mta0009.example.co.uk', '203.0.113.9'],
  ])('%s at %s is a name of its own', (name, sourceIp) => {
    expect(isNetworkPointer(name, sourceIp)).toBe(false);
  });
});

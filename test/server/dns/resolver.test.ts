import { describe, expect, it } from 'vitest';
import { withZone } from '../../dns/snapshot-of.ts';
import { addRecord, readZone } from '../../dns/zone.ts';

const ZONE = `
  a.example        120  A      192.0.2.1
  a.example         60  A      192.0.2.2
  a.example             AAAA   2001:DB8:0:0::1
  text.example          TXT    "v=spf1 " "ip4:192.0.2.0/24" " -all"
  mx.example            MX     10 Mail.Example
  nullmx.example        MX     0 .
  4.3.2.1.in-addr.arpa  PTR    Host.Example
  empty.example         EMPTY
  one.example      500  CNAME  two.example
  two.example      30   CNAME  a.example
  lost.example          CNAME  nowhere.other
  bare.example          CNAME  empty.example
  loop1.example         CNAME  loop2.example
  loop2.example         CNAME  loop1.example
  self.example          CNAME  self.example
  step.example          CNAME  a.example
  step.example          FAULT  no-chain
  lie.example           TXT    v=spf1 -all
  lie.example           FAULT  lie
  forged.example        TXT    true
  forged.example        FAULT  forged-first
  old.example           TXT    plain
  old.example           FAULT  no-edns
  short.example         TXT    "kept"
  short.example         FAULT  truncated
  odd.example           TXT    "kept"
  odd.example           FAULT  truncated-garbage
`;

describe('the resolver reads', () => {
  it.each([
    ['addresses with the smallest TTL', 'a.example', 'A', ['192.0.2.1', '192.0.2.2'], 60, []],
    ['an IPv6 address in canonical text', 'a.example', 'AAAA', ['2001:db8::1'], 300, []],
    [
      'TXT pieces joined without a space',
      'text.example',
      'TXT',
      ['v=spf1 ip4:192.0.2.0/24 -all'],
      300,
      [],
    ],
    [
      'a mail exchanger',
      'mx.example',
      'MX',
      [{ preference: 10, exchange: 'mail.example' }],
      300,
      [],
    ],
    ['a null MX', 'nullmx.example', 'MX', [{ preference: 0, exchange: '.' }], 300, []],
    ['a pointer in lower case', '4.3.2.1.in-addr.arpa', 'PTR', ['host.example'], 300, []],
    [
      'aliases with the smallest TTL of the chain',
      'one.example',
      'A',
      ['192.0.2.1', '192.0.2.2'],
      30,
      ['two.example', 'a.example'],
    ],
    [
      'an alias that the server does not follow',
      'step.example',
      'AAAA',
      ['2001:db8::1'],
      300,
      ['a.example'],
    ],
    [
      'the name asked for, whatever else is answered',
      'lie.example',
      'TXT',
      ['v=spf1 -all'],
      300,
      [],
    ],
    ['the true answer after forged ones', 'forged.example', 'TXT', ['true'], 300, []],
    ['a server that knows no EDNS', 'old.example', 'TXT', ['plain'], 300, []],
    ['a truncated answer again over TCP', 'short.example', 'TXT', ['kept'], 300, []],
    ['a truncated answer that ends in a broken record', 'odd.example', 'TXT', ['kept'], 300, []],
    ['names in capitals and with a trailing dot', 'A.Example.', 'AAAA', ['2001:db8::1'], 300, []],
  ] as const)('%s', async (_, name, type, data, ttlSeconds, cnames) => {
    const answer = await withZone(ZONE, (resolver) => resolver.lookUp(name, type));
    expect(answer).toEqual({ kind: 'found', data, ttlSeconds, cnames });
  });

  it('an answer of 40 long texts over TCP', async () => {
    const zone = readZone('big.example TXT first');
    for (let at = 1; at < 40; at++)
      addRecord(zone, {
        type: 'TXT',
        name: 'big.example',
        ttl: 1,
        data: [`${'x'.repeat(200)}${at}`],
      });
    await withZone(zone, async (resolver, server) => {
      const answer = await resolver.lookUp('big.example', 'TXT');
      expect(answer.kind === 'found' && answer.data.length).toBe(40);
      expect(server.asked).toEqual(['TXT big.example', 'tcp TXT big.example']);
    });
  });
});

describe('the resolver tells absence', () => {
  it.each([
    ['a name that exists without that type', 'empty.example', 'no-data', 120, []],
    ['a name above others', 'in-addr.arpa', 'no-data', 120, []],
    ['a name that does not exist', 'none.example', 'no-such-name', 120, []],
    [
      'an alias to a name that does not exist',
      'lost.example',
      'no-such-name',
      null,
      ['nowhere.other'],
    ],
    ['an alias to a name without that type', 'bare.example', 'no-data', 120, ['empty.example']],
    [
      'a label of 64 characters, without asking',
      `${'a'.repeat(64)}.example`,
      'no-such-name',
      null,
      [],
    ],
    [
      'a name of 254 characters, without asking',
      `${'abcdefg.'.repeat(31)}exampl`,
      'no-such-name',
      null,
      [],
    ],
    ['two dots in a row, without asking', 'a..example', 'no-such-name', null, []],
  ] as const)('%s', async (_, name, kind, ttlSeconds, cnames) => {
    const answer = await withZone(ZONE, (resolver) => resolver.lookUp(name, 'TXT'));
    expect(answer).toEqual({ kind, ttlSeconds, cnames });
  });
});

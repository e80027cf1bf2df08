import { describe, expect, it } from 'vitest';
import { lookUpPointers } from '../../../server/dns/pointer-queue.ts';
import type { PointerQueueOptions } from '../../../server/dns/pointer-queue.ts';
import { lookUpPointer, reverseName } from '../../../server/dns/pointer.ts';
import type { Pointer } from '../../../server/dns/pointer.ts';
import { withZone } from '../../dns/snapshot-of.ts';

const AT = '9.2.0.192.in-addr.arpa';
const many = Array.from({ length: 100 }, (_, at) => `${AT} PTR h${at}.example`).join('\n');

describe('the name of an address', () => {
  it.each([
    [
      'one that leads back',
      `${AT} PTR Mail.Example\nmail.example A 192.0.2.9`,
      { kind: 'name', name: 'mail.example', confirmed: true },
    ],
    [
      'one behind an alias that leads back',
      `${AT} CNAME 9.net.example\n9.net.example PTR m.example\nm.example CNAME n.example\nn.example A 192.0.2.9`,
      { kind: 'name', name: 'm.example', confirmed: true },
    ],
    [
      'one that leads elsewhere is a claim',
      `${AT} PTR mail.google.com\nmail.google.com A 192.0.2.1`,
      { kind: 'name', name: 'mail.google.com', confirmed: false },
    ],
    [
      'one that leads nowhere is a claim',
      `${AT} PTR gone.example`,
      { kind: 'name', name: 'gone.example', confirmed: false },
    ],
    [
      'several, of which the second leads back',
      `${AT} PTR a.example\n${AT} PTR b.example\nb.example A 192.0.2.9`,
      { kind: 'name', name: 'b.example', confirmed: true },
    ],
    [
      'a hundred, of which the last would lead back',
      `${many}\nh99.example A 192.0.2.9`,
      { kind: 'name', name: 'h0.example', confirmed: false },
    ],
    ['none', 'x.example A 192.0.2.1', { kind: 'none' }],
    ['markup in place of a name', `${AT} PTR <script>alert(1)</script>.example`, { kind: 'none' }],
    ['a name without a dot', `${AT} PTR localhost`, { kind: 'none' }],
    ['SERVFAIL is unknown', `${AT} FAULT servfail`, { kind: 'unknown' }],
    ['silence is unknown', `${AT} FAULT silent`, { kind: 'unknown' }],
    [
      'a confirmation that fails is unknown',
      `${AT} PTR a.example\na.example FAULT servfail`,
      { kind: 'unknown' },
    ],
  ] as [string, string, Pointer][])('%s', async (_, zone, pointer) => {
    expect(await withZone(zone, (resolver) => lookUpPointer('192.0.2.9', resolver))).toEqual(
      pointer,
    );
  });

  it('is confirmed for IPv6 by AAAA', async () => {
    const zone = `${reverseName('2001:db8::25')} PTR six.example\nsix.example AAAA 2001:DB8::25`;
    const pointer = await withZone(zone, (resolver) => lookUpPointer('2001:db8::25', resolver));
    expect(pointer).toEqual({ kind: 'name', name: 'six.example', confirmed: true });
  });

  it.each([
    ['192.0.2.9', AT],
    [
      '2001:db8::567:89ab',
      'b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa',
    ],
    ['::1', `1.${'0.'.repeat(31)}ip6.arpa`],
    ['1:2:3:4:5:6:7:8', '8.0.0.0.7.0.0.0.6.0.0.0.5.0.0.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.ip6.arpa'],
  ])('of %s stands at %s', (address, name) => {
    expect(reverseName(address)).toBe(name);
  });
});

describe('names of many addresses', () => {
  const addresses = Array.from({ length: 40 }, (_, at) => `192.0.2.${at}`);
  const queue = async (
    sourceIps: readonly string[],
    options: Partial<PointerQueueOptions>,
    zone = 'x.example A 192.0.2.1',
  ) =>
    withZone(
      zone,
      async (resolver, server) => {
        const told: string[] = [];
        const onPointer = (sourceIp: string): unknown => told.push(sourceIp);
        const answered = await lookUpPointers(sourceIps, { resolver, onPointer, ...options });
        return { answered, told, asked: server.asked };
      },
      { timeoutMs: 20_000, ...(options.signal ? { signal: options.signal } : {}) },
    );

  it('tells each address once', async () => {
    const { answered, told, asked } = await queue([...addresses, ...addresses], {
      perSecond: 10_000,
    });
    expect([answered, told.length, new Set(told).size, asked.length]).toEqual([40, 40, 40, 40]);
  });

  it('begins no more in a second than set', async () => {
    const startedMs = performance.now();
    await queue(addresses.slice(0, 11), { perSecond: 50 });
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(190);
  });

  it('has no more under way than set', async () => {
    const stop = new AbortController();
    const zone = addresses.map((address) => `${reverseName(address)} FAULT silent`).join('\n');
    setTimeout(() => stop.abort(), 150);
    const { answered, told, asked } = await queue(
      addresses,
      { perSecond: 10_000, atOnce: 3, signal: stop.signal },
      zone,
    );
    expect([answered, told.length, asked.length]).toEqual([0, 0, 3]);
  });

  it('stops at the signal, and tells nothing after it', async () => {
    const stop = new AbortController();
    const options = { perSecond: 20, signal: stop.signal };
    const running = queue(addresses, { ...options, onPointer: () => stop.abort() });
    expect((await running).answered).toBe(1);
  });
});

import { describe, expect, it } from 'vitest';
import { takeSnapshot } from '../../../server/dns/snapshot.ts';
import { snapshotOf, withZone } from '../../dns/snapshot-of.ts';

describe('the rest of a snapshot', () => {
  it.each([
    ['the old form', 'contoso.onmicrosoft.com', 'contoso'],
    ['the new form', 'contoso.n-v1.dkim.mail.microsoft', 'contoso'],
    ['another provider', 'keys.esp.example', null],
  ])('learns the Microsoft tenant from the target of selector1: %s', async (_, host, tenant) => {
    const zone = `selector1._domainkey.example.com CNAME selector1-example-com._domainkey.${host}`;
    expect((await snapshotOf('example.com', zone)).microsoftTenant).toBe(tenant);
  });

  it.each([
    ['nothing answers for a made-up name', 'example.com A 192.0.2.1', false],
    ['every name answers', '*.example.com A 192.0.2.1', true],
    ['every name exists, with other records', '*.example.com TXT hello', true],
    ['the question fails', '*.example.com FAULT servfail', null],
  ])('sees whether names below exist: %s', async (_, zone, wildcard) => {
    expect((await snapshotOf('example.com', zone)).wildcard).toBe(wildcard);
  });

  it('tells for each name whether it exists, and null where that failed', async () => {
    const names = ['a.example.com', 'b.example.com', 'c.example.com', 'd.example.com'];
    const zone =
      'a.example.com A 192.0.2.1\nx.b.example.com A 192.0.2.1\nd.example.com FAULT refused';
    const snapshot = await snapshotOf('example.com', zone, { names });
    expect(snapshot.names.map(({ exists }) => exists)).toEqual([true, true, false, null]);
  });

  it('holds the addresses, the time and the resolver, and takes a name in any form', async () => {
    await withZone(
      'xn--bcher-kva.example A 192.0.2.2\nxn--bcher-kva.example A 192.0.2.1',
      async (resolver, server) => {
        const snapshot = await takeSnapshot('BÜCHER.example.', {
          resolver,
          selectors: [],
          names: [],
          nowSeconds: 7,
        });
        expect(snapshot).toMatchObject({
          domain: 'xn--bcher-kva.example',
          askedSeconds: 7,
          resolver: server.at,
          addresses: ['192.0.2.1', '192.0.2.2'],
        });
      },
    );
  });

  it('with a dead resolver everything is unknown, and nothing absent', async () => {
    await withZone(
      'com FAULT silent',
      async (resolver) => {
        const snapshot = await takeSnapshot('example.com', {
          resolver,
          selectors: ['s1'],
          names: ['a.example.com'],
          nowSeconds: 0,
        });
        const states = [
          snapshot.dmarc,
          snapshot.spf,
          snapshot.mx,
          snapshot.mtaSts,
          snapshot.tlsRpt,
          ...snapshot.dkim,
        ].map(({ state }) => state);
        expect(new Set(states)).toEqual(new Set(['unknown']));
        expect([
          snapshot.wildcard,
          snapshot.names[0]?.exists,
          snapshot.dmarc.organizationalDomain.byTreeWalk,
        ]).toEqual([null, null, null]);
        expect(snapshot.findings.filter(({ severity }) => severity === 'blocks')).toEqual([]);
      },
      { mostQueries: 0 },
    );
  });

  it.each([
    ['in one zone', () => 'dead.example.com', '*._domainkey.dead.example.com FAULT silent'],
    [
      'each in a zone of its own',
      (at: number) => `d${at}.example.com`,
      Array.from({ length: 49 }, (_, at) => `*._domainkey.d${at}.example.com FAULT silent`).join(
        '\n',
      ),
    ],
  ])('49 reported selectors without an answer hide nothing: %s', async (_, signer, silent) => {
    const zone = `example.com TXT v=spf1 -all
      example.com MX 0 mx.example.com
      mx.example.com A 192.0.2.1
      _dmarc.example.com TXT v=DMARC1; p=none
      real._domainkey.example.com TXT v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=
      ${silent}`;
    const reported = Array.from({ length: 49 }, (_, at) => ({
      selector: `s${at}`,
      domain: signer(at),
    }));
    await withZone(
      zone,
      async (resolver) => {
        const selectors = [...reported, 'real'];
        const options = { resolver, selectors, names: [], nowSeconds: 0 };
        const { dmarc, spf, mx, dkim } = await takeSnapshot('example.com', options);
        expect([dmarc, spf, mx].map(({ state }) => state)).toEqual(['valid', 'valid', 'valid']);
        expect(dkim.map(({ state }) => state)).toEqual([...reported.map(() => 'unknown'), 'valid']);
      },
      { tries: 1 },
    );
  });

  it.each([
    ['unreadable SPF terms', 'example.com TXT v=spf1', 'wrong ', 9000],
    ['DMARC tags', '_dmarc.example.com TXT v=DMARC1; p=none;', 'x=1; ', 12_000],
    ['DKIM tags', 's1._domainkey.example.com TXT v=DKIM1; p=;', 'x=1; ', 12_000],
    ['SPF networks', 'example.com TXT v=spf1', 'ip4:10.0.0.1 ip6:2001:db8::1/64 ', 1800],
  ])('stays small, whatever fills 60 kB of a record: %s', async (_, begin, piece, count) => {
    const startedMs = performance.now();
    const zone = `${begin} ${piece.repeat(count)}`;
    const snapshot = await snapshotOf('example.com', zone, { selectors: ['s1'] });
    expect(performance.now() - startedMs).toBeLessThan(4000);
    expect(snapshot.findings.length).toBeLessThan(60);
    expect(JSON.stringify(snapshot).length).toBeLessThan(400_000);
  });

  it('asks within the bounds of the run, whatever the records lead to', async () => {
    const selectors = Array.from({ length: 400 }, (_, at) => `s${at}`);
    const names = Array.from({ length: 400 }, (_, at) => `n${at}.example.com`);
    await withZone('example.com A 192.0.2.1', async (resolver, server) => {
      await takeSnapshot('example.com', { resolver, selectors, names, nowSeconds: 0 });
      expect(server.asked.length).toBeLessThan(130);
    });
  });
});

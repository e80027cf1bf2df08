import { describe, expect, test } from 'vitest';
import type { DnsSnapshot } from '../../../server/records/dns-snapshot.ts';
import { snapshotOf } from './changes-sources.ts';
import { ask, sumsOf } from './what-if-asked.ts';

describe('what is taken away', () => {
  const bySpf = { messages: 1, spf: ['pass example.org'] };

  test('an include takes the mail of its networks, also of the service behind it', () => {
    const rows = [
      { source: 'spf:mail.vendor.example', ...bySpf },
      { source: 'service:google', ...bySpf },
      { source: 'as:64500', ...bySpf },
    ];
    const includes = ['mail.vendor.example', '_spf.google.com'].map((domain) => ({
      domain,
      lookups: 1,
      networks: 1,
    }));
    const networks = [
      { network: '192.0.2.0/24', include: 'mail.vendor.example' },
      { network: '198.51.100.0/24', include: '_spf.google.com' },
      { network: '198.51.100.0/25', include: null },
    ];
    const dns = snapshotOf({ spf: { includes, networks } });
    const hit = (dropInclude: string, snapshot: DnsSnapshot | null = dns) =>
      ask({ rows }, { dropInclude }, { dns: snapshot })
        .sources.filter(({ rejected }) => rejected > 0)
        .map(({ sourceId }) => sourceId);
    expect(hit('mail.vendor.example')).toEqual(['spf:mail.vendor.example#own']);
    expect(hit('_SPF.google.com')).toEqual(['service:google#own']);
    expect(hit('_spf.google.com', null)).toEqual(['service:google#own']);
    expect(hit('nobody.example')).toEqual([]);
    expect(ask({ rows }, { dropInclude: 'nobody.example' }, { dns }).notes.join()).toContain(
      'does not name include:nobody.example',
    );
  });

  test('an include changes nothing where other terms cover the same networks', () => {
    const rows = [{ source: 'spf:mail.vendor.example', ...bySpf }];
    const networks = [
      { network: '192.0.2.0/24', include: 'mail.vendor.example' },
      { network: '2001:db8:1::/48', include: 'mail.vendor.example' },
      { network: '192.0.0.0/16', include: null },
      { network: '2001:db8::/32', include: 'all.vendor.example' },
    ];
    const includes = [{ domain: 'mail.vendor.example', lookups: 1, networks: 2 }];
    const dropInclude = 'mail.vendor.example';
    const all = snapshotOf({ spf: { includes, networks } });
    expect(sumsOf(ask({ rows }, { dropInclude }, { dns: all }), 'own')?.rejected).toBe(0);
    const some = snapshotOf({ spf: { includes, networks: networks.slice(0, 3) } });
    expect(sumsOf(ask({ rows }, { dropInclude }, { dns: some }), 'own')?.rejected).toBe(30);
  });

  test('an include takes nothing from mail that a signature carries, or from SPF of other names', () => {
    const rows = [
      {
        source: 'spf:mail.vendor.example',
        messages: 1,
        spf: ['pass example.org'],
        dkim: ['pass example.org s'],
      },
      { source: 'spf:mail.vendor.example', messages: 1, spf: ['pass bounce.example.org'] },
    ];
    const found = ask({ rows }, { dropInclude: 'mail.vendor.example' });
    expect(sumsOf(found, 'own')?.rejected).toBe(0);
  });

  test('a selector takes its signatures', () => {
    const rows = [
      {
        source: 'as:64500',
        messages: 1,
        dkim: ['pass example.org old'],
        spf: ['fail example.org'],
      },
      {
        source: 'as:64501',
        messages: 1,
        dkim: ['pass example.org new'],
        spf: ['fail example.org'],
      },
    ];
    const found = ask({ rows }, { dropSelector: 'OLD' });
    expect(found.sources.map(({ sourceId, rejected }) => [sourceId, rejected])).toEqual([
      ['as:64500#own', 30],
      ['as:64501#own', 0],
    ]);
    expect(found.sentence).toContain('p=reject, without the selector OLD, would have cost');
  });
});

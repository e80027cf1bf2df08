import { describe, expect, it } from 'vitest';
import type { DnsSnapshot } from '../../../server/records/dns-snapshot.ts';
import { compareSnapshots, lastKnown } from '../../../server/records/snapshot-changes.ts';
import { snapshotOf } from '../../dns/snapshot-of.ts';

const RUA = 'rua=mailto:d@example.com';
const BASE = `
  example.com           A    192.0.2.1
  example.com           MX   10 mx.example.com
  mx.example.com        A    192.0.2.2
  example.com           TXT  v=spf1 include:_spf.esp.example -all
  _spf.esp.example      TXT  v=spf1 ip4:203.0.113.0/24 -all
  _dmarc.example.com    TXT  v=DMARC1; p=none; ${RUA}
  s1._domainkey.example.com  TXT  v=DKIM1; k=ed25519; p=Iicc3YOmE5bCR/IVMHVeDRX3r6F/WCDMeeJTGJlQDUg=
  old.example.com       A    192.0.2.3
`;
const OPTIONS = { selectors: ['s1', 's2'], names: ['old.example.com', 'new.example.com'] };

async function after(edit: (zone: string) => string): Promise<[DnsSnapshot, DnsSnapshot]> {
  return [
    await snapshotOf('example.com', BASE, OPTIONS),
    await snapshotOf('example.com', edit(BASE), OPTIONS),
  ];
}

const EDITS: [string, (zone: string) => string, string[]][] = [
  ['nothing', (zone) => zone, []],
  [
    'a TTL alone',
    (zone) => zone.replace('_dmarc.example.com    TXT', '_dmarc.example.com 60 TXT'),
    [],
  ],
  [
    'the policy',
    (zone) => zone.replace('p=none', 'p=reject'),
    [`The DMARC record changed from v=DMARC1; p=none; ${RUA} to v=DMARC1; p=reject; ${RUA}`],
  ],
  [
    'the DMARC record gone',
    (zone) => zone.replace(/.*_dmarc.*\n/, ''),
    [`The DMARC record is gone. It was: v=DMARC1; p=none; ${RUA}`],
  ],
  [
    'the SPF record',
    (zone) => zone.replace('esp.example -all', 'esp.example ~all'),
    [
      'The SPF record changed from v=spf1 include:_spf.esp.example -all to v=spf1 include:_spf.esp.example ~all',
    ],
  ],
  [
    'networks behind an include',
    (zone) => zone.replace('203.0.113.0/24', '203.0.113.0/25 ip4:198.51.100.0/24'),
    ['The networks of _spf.esp.example (SPF) changed: 2 added, 1 removed'],
  ],
  [
    'a key published',
    (zone) => zone.replace('s1._domainkey', 's2._domainkey'),
    ['The DKIM key s1 is absent now; it was valid', 'The DKIM key s2 is valid now; it was absent'],
  ],
  [
    'a key rotated',
    (zone) => zone.replace('Iicc', 'Aacc'),
    ['The DKIM key s1 was changed: ed25519 of 256 bits before, ed25519 of 256 bits now'],
  ],
  [
    'a key revoked',
    (zone) => zone.replace(/p=Iicc.*/, 'p='),
    ['The DKIM key s1 is revoked now; it was valid'],
  ],
  [
    'a key marked as a test',
    (zone) => zone.replace('k=ed25519', 'k=ed25519; t=y'),
    ['The DKIM key s1 is marked as a test (t=y)'],
  ],
  [
    'the exchanger',
    (zone) => zone.replace('10 mx.example.com', '1 mx.esp.example'),
    ['The mail exchangers (MX) changed: added mx.esp.example; removed mx.example.com'],
  ],
  [
    'a null MX',
    (zone) => zone.replace('10 mx.example.com', '0 .'),
    ['The mail exchangers (MX) changed: added none (null MX); removed mx.example.com'],
  ],
  [
    'the address',
    (zone) => zone.replace('192.0.2.1', '192.0.2.9'),
    ['The addresses of the domain changed: added 192.0.2.9; removed 192.0.2.1'],
  ],
  [
    'MTA-STS',
    (zone) => `${zone}\n_mta-sts.example.com TXT v=STSv1; id=1`,
    ['The MTA-STS record was published: v=STSv1; id=1'],
  ],
  [
    'TLS-RPT',
    (zone) => `${zone}\n_smtp._tls.example.com TXT v=TLSRPTv1; rua=mailto:t@example.com`,
    ['The TLS-RPT record was published: v=TLSRPTv1; rua=mailto:t@example.com'],
  ],
  [
    'a name',
    (zone) => zone.replace('old.example.com', 'new.example.com'),
    ['old.example.com no longer exists', 'new.example.com exists now'],
  ],
];

describe('a change between two snapshots', () => {
  it.each(EDITS)('%s', async (_, edit, changes) => {
    expect(compareSnapshots(...(await after(edit)))).toEqual(changes);
  });
});

describe('what is unknown is no change', () => {
  const FAULTS = [
    '_dmarc.example.com FAULT',
    'example.com TXT!',
    '_spf.esp.example FAULT',
    'example.com MX!',
    's1._domainkey.example.com FAULT',
    'old.example.com FAULT',
    'example.com A!',
    '_mta-sts.example.com FAULT',
  ];

  it.each(FAULTS)('%s servfail', async (line) => {
    const [before, now] = await after((zone) => `${zone}\n${line} servfail`);
    expect(compareSnapshots(before, now)).toEqual([]);
    expect(compareSnapshots(now, before)).toEqual([]);
  });

  it('a change that a failed look-up hid is seen by the next one, against what was last known', async () => {
    const first = await snapshotOf('example.com', BASE, OPTIONS);
    const failed = await snapshotOf(
      'example.com',
      FAULTS.map((line) => `${line} servfail`).join('\n'),
      OPTIONS,
    );
    const [, last] = await after((zone) => zone.replace('p=none', 'p=reject'));
    const known = lastKnown(first, failed);
    expect(compareSnapshots(first, known)).toEqual([]);
    expect(compareSnapshots(known, last)).toHaveLength(1);
  });
});

import { afterAll, describe, expect, it } from 'vitest';
import { readSpfTree } from '../../../server/dns/spf-tree-reader.ts';
import { snapshotOf, withZone } from '../../dns/snapshot-of.ts';
import { expectCase } from './zone-case.ts';
import type { ZoneCase } from './zone-case.ts';

const CASES: ZoneCase[] = [
  {
    title: 'ten look-ups',
    zone: `example.com TXT v=spf1 ${'a '.repeat(10)}-all\nexample.com A 192.0.2.1`,
    facts: { state: 'valid', lookups: 10 },
    findings: ['spf-duplicate', 'spf-lookups-near'],
  },
  {
    title: 'eleven look-ups',
    zone: `example.com TXT v=spf1 ${'mx '.repeat(10)}a -all\nexample.com A 192.0.2.1\nexample.com MX 1 example.com`,
    facts: { state: 'valid', lookups: 11 },
    findings: ['spf-duplicate', 'spf-lookups'],
  },
  {
    title: 'eleven look-ups, nested',
    zone: 'example.com TXT v=spf1 include:a.example include:b.example -all\na.example TXT v=spf1 a:1.h.example a:2.h.example a:3.h.example a:4.h.example exists:5.h.example -all\nb.example TXT v=spf1 a:1.h.example mx:2.h.example ptr a:4.h.example -all\n*.h.example A 192.0.2.1\n*.h.example MX 1 1.h.example',
    facts: {
      lookups: 11,
      incomplete: true,
      includes: [
        { domain: 'a.example', lookups: 6 },
        { domain: 'b.example', lookups: 5 },
      ],
    },
    findings: ['spf-lookups', 'spf-everyone'],
  },
  {
    title: 'two void look-ups',
    zone: 'example.com TXT v=spf1 a:x.example a:y.example -all',
    facts: { state: 'valid', lookups: 2, voidLookups: 2 },
    findings: ['spf-void-term', 'spf-void-term'],
    corrected: 'v=spf1 a:y.example -all',
  },
  {
    title: 'three void look-ups',
    zone: 'example.com TXT v=spf1 a:x.example mx:y.example exists:z.example -all',
    facts: { voidLookups: 3 },
    findings: ['spf-void', 'spf-void-term', 'spf-void-term', 'spf-void-term'],
  },
  {
    title: 'ten mail exchangers',
    zone: `example.com TXT v=spf1 mx -all\n${Array.from({ length: 10 }, (_, at) => `example.com MX ${at} m${at}.example\nm${at}.example A 192.0.2.${at}`).join('\n')}`,
    facts: { state: 'valid', lookups: 1 },
    findings: [],
  },
  {
    title: 'eleven mail exchangers',
    zone: `example.com TXT v=spf1 mx -all\n${Array.from({ length: 11 }, (_, at) => `example.com MX ${at} m${at}.example`).join('\n')}`,
    facts: { state: 'invalid', lookups: 1 },
    findings: ['spf-mx-names'],
  },
  {
    title: 'an include of nothing',
    zone: 'example.com TXT v=spf1 include:gone.example include:b.example -all\nb.example TXT v=spf1 -all',
    facts: { state: 'invalid', lookups: 2 },
    findings: ['spf-include-absent'],
    corrected: 'v=spf1 include:b.example -all',
  },
  {
    title: 'an include with an error',
    zone: 'example.com TXT v=spf1 include:b.example -all\nb.example TXT v=spf1 ip4:nowhere -all',
    facts: { state: 'invalid' },
    findings: ['spf-include-invalid'],
  },
  {
    title: 'an include with two records',
    zone: 'example.com TXT v=spf1 include:b.example -all\nb.example TXT v=spf1 -all\nb.example TXT v=spf1 ~all',
    facts: { state: 'invalid' },
    findings: ['spf-include-invalid'],
  },
  {
    title: 'an include of itself',
    zone: 'example.com TXT v=spf1 include:example.com -all',
    facts: { state: 'invalid' },
    findings: ['spf-include-loop'],
    corrected: 'v=spf1 -all',
  },
  {
    title: 'includes in a circle',
    zone: 'example.com TXT v=spf1 include:b.example -all\nb.example TXT v=spf1 include:c.example -all\nc.example TXT v=spf1 include:b.example -all',
    facts: { state: 'invalid' },
    findings: ['spf-include-loop'],
  },
];

describe('the limits of an SPF check', () => {
  it.each(CASES)('$title', async (each) => {
    await expectCase(each, 'spf', ['spf']);
  });

  it('a bomb of includes is read to its bound', async () => {
    const names = Array.from({ length: 9 }, (_, at) =>
      `include:%.${at}.bomb.example`.replace('%', 'n'),
    ).join(' ');
    const zone = `example.com TXT v=spf1 ${names} -all\n*.bomb.example TXT v=spf1 ${names.replaceAll('n.', 'm.x.')} -all`;
    await withZone(zone, async (resolver, server) => {
      const tree = await readSpfTree('example.com', resolver);
      expect(tree.branches).toHaveLength(10);
      expect(server.asked.length).toBeLessThanOrEqual(61);
    });
    const snapshot = await snapshotOf('example.com', zone);
    expect(snapshot.spf.state).toBe('invalid');
    expect(snapshot.spf.lookups).toBeGreaterThan(10);
    expect(snapshot.findings.map(({ id }) => id)).toContain('spf-tree-cut');
  });

  it('a chain of thousands of includes ends', async () => {
    const zone = Array.from(
      { length: 3000 },
      (_, at) => `c${at}.example TXT v=spf1 include:c${at + 1}.example -all`,
    );
    await withZone(zone.join('\n'), async (resolver, server) => {
      await readSpfTree('c0.example', resolver);
      expect(server.asked.length).toBeLessThan(15);
    });
  });
});

afterAll(() => console.log(`the limits of an SPF check: ${CASES.length} zones`));

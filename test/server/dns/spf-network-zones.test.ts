import { afterAll, describe, it } from 'vitest';
import { expectCase } from './zone-case.ts';
import type { ZoneCase } from './zone-case.ts';

const own = (network: string) => ({ network, include: null });
const by = (include: string, network: string) => ({ network, include });

const CASES: ZoneCase[] = [
  {
    title: 'an include that fails is unknown',
    zone: 'example.com TXT v=spf1 ip4:192.0.2.1 include:b.example -all\nb.example FAULT servfail',
    facts: {
      state: 'valid',
      lookups: null,
      voidLookups: null,
      incomplete: true,
      networks: [own('192.0.2.1/32')],
    },
    findings: ['spf-include-unknown'],
  },
  {
    title: 'an mx that fails is unknown',
    zone: 'example.com TXT v=spf1 mx -all\nexample.com MX! servfail',
    facts: { state: 'valid', lookups: null, incomplete: true },
    findings: ['spf-include-unknown'],
  },
  {
    title: 'SERVFAIL is unknown',
    zone: 'example.com TXT! servfail',
    facts: { state: 'unknown', lookups: null, networks: [] },
    findings: ['spf-unknown'],
  },
  {
    title: 'silence is unknown',
    zone: 'example.com TXT! silent',
    facts: { state: 'unknown' },
    findings: ['spf-unknown'],
  },
  {
    title: 'a macro leaves the networks incomplete',
    zone: 'example.com TXT v=spf1 include:%{i}._ip.%{h}._ehlo.%{d}._spf.vali.example exists:%{i}.ok.example ~all',
    facts: { state: 'valid', lookups: 2, incomplete: true, networks: [] },
    findings: ['spf-macro', 'spf-macro'],
  },
  {
    title: 'a macro with a letter that is for explanations',
    zone: 'example.com TXT v=spf1 exists:%{t}.example.com -all',
    facts: { state: 'invalid' },
    findings: ['spf-syntax'],
  },
  {
    title: 'ptr',
    zone: 'example.com TXT v=spf1 ptr:example.com -all',
    facts: { state: 'valid', lookups: 1, incomplete: true },
    findings: ['spf-ptr'],
    corrected: 'v=spf1 -all',
  },
  {
    title: 'the same include at the top and nested',
    zone: 'example.com TXT v=spf1 include:b.example include:c.example -all\nb.example TXT v=spf1 ip4:192.0.2.1 -all\nc.example TXT v=spf1 include:b.example -all',
    facts: { lookups: 3 },
    findings: ['spf-include-nested'],
    corrected: 'v=spf1 include:c.example -all',
  },
  {
    title: 'a minus lists nothing, a question mark does',
    zone: 'example.com TXT v=spf1 -ip4:192.0.2.1 ?ip4:192.0.2.2 ~ip4:192.0.2.3 -all',
    facts: { networks: [own('192.0.2.2/32')] },
    findings: [],
  },
  {
    title: 'nested, only a plus lists',
    zone: 'example.com TXT v=spf1 include:b.example -all\nb.example TXT v=spf1 ?ip4:192.0.2.2 ip4:192.0.2.3 -ip4:192.0.2.4 -all',
    facts: { networks: [by('b.example', '192.0.2.3/32')] },
    findings: [],
  },
  {
    title: 'a network both own and included counts as own',
    zone: 'example.com TXT v=spf1 include:b.example ip4:192.0.2.3 -all\nb.example TXT v=spf1 ip4:192.0.2.3 -all',
    facts: { networks: [own('192.0.2.3/32')] },
    findings: [],
  },
  {
    title: 'a long record',
    zone: `example.com TXT v=spf1 ${Array.from({ length: 30 }, (_, at) => `ip4:192.0.2.${at + 100}`).join(' ')} -all`,
    facts: { state: 'valid' },
    findings: ['spf-long'],
  },
  {
    title: 'a name that no server can hold',
    zone: `example.com TXT v=spf1 a:${'x'.repeat(64)}.example.com -all`,
    facts: { state: 'valid', voidLookups: 1 },
    findings: ['spf-void-term'],
  },
];

describe('networks and failures of an SPF tree', () => {
  it.each(CASES)('$title', async (each) => {
    await expectCase(each, 'spf', ['spf']);
  });
});

afterAll(() => console.log(`networks and failures of an SPF tree: ${CASES.length} zones`));

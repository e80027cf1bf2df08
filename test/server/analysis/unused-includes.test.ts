import { describe, expect, test } from 'vitest';
import { unusedIncludes } from '../../../server/analysis/unused-includes.ts';
import type { SpfFacts } from '../../../server/records/dns-snapshot.ts';
import { snapshotOf } from './changes-sources.ts';
import { dayNumber } from './mail/days.ts';
import type { MailRow } from './mail/story.ts';
import { mailOf } from './mail-of.ts';

const AT = dayNumber('2026-06-30', 0);
const include = (domain: string, lookups = 1, networks = 2) => ({ domain, lookups, networks });
const old: MailRow = {
  source: 'spf:example.org',
  on: [-200, -5],
  messages: 1,
  spf: ['pass example.org'],
};
const carried = (source: string, on: readonly number[]): MailRow => ({
  ...{ source, on, messages: 1, spf: ['pass example.org'] },
});

function ask(
  rows: readonly MailRow[],
  includes: SpfFacts['includes'],
  spf: Partial<SpfFacts> = {},
) {
  return unusedIncludes(mailOf({ rows }), snapshotOf({ spf: { includes, ...spf } }));
}

describe('an include', () => {
  test('is unused where no mail of its network passed SPF for the domain in 90 days', () => {
    const rows = [
      old,
      carried('spf:spf.vendor.example', [-95]),
      carried('spf:spf.used.example', [-3]),
    ];
    const includes = [
      include('spf.vendor.example', 3),
      include('spf.used.example'),
      include('spf.never.example', 2),
    ];
    expect(ask(rows, includes)).toEqual([
      { include: 'spf.vendor.example', lookups: 3, lastUsedDay: AT - 95 },
      { include: 'spf.never.example', lookups: 2, lastUsedDay: null },
    ]);
  });

  test('is used until the 90th day', () => {
    const includes = [include('spf.vendor.example')];
    expect(ask([old, carried('spf:spf.vendor.example', [-89])], includes)).toEqual([]);
    expect(ask([old, carried('spf:spf.vendor.example', [-90])], includes)).toHaveLength(1);
  });

  test('of a known service is used by any mail of the service', () => {
    const rows = [old, carried('service:google', [-3])];
    expect(ask(rows, [include('_spf.google.com')])).toEqual([]);
  });

  test('is not used by mail that fails SPF, or passes it for another name', () => {
    const rows: MailRow[] = [
      old,
      { ...carried('spf:spf.vendor.example', [-3]), spf: ['fail example.org'] },
      { ...carried('spf:spf.vendor.example', [-3]), spf: ['pass bounce.example.org'] },
    ];
    expect(ask(rows, [include('spf.vendor.example')])).toHaveLength(1);
  });
});

describe('nothing is listed', () => {
  const includes = [include('spf.vendor.example')];

  test('before reports reach back 90 days', () => {
    expect(ask([carried('spf:example.org', [-80, -5])], includes)).toEqual([]);
  });

  test('where the SPF record was not read', () => {
    expect(ask([old], includes, { state: 'unknown' })).toEqual([]);
  });

  test('while SPF passes from networks that the record does not explain', () => {
    expect(ask([old, carried('as:64500', [-2])], includes)).toEqual([]);
    expect(ask([old, carried('as:64500', [-30])], includes)).toHaveLength(1);
  });

  test('of a redirect, or of what macros hide', () => {
    const spf = {
      text: 'v=spf1 include:spf.macro.example redirect=_spf.vendor.example',
      incomplete: true,
    };
    const hidden = [include('spf.macro.example', 1, 0), include('_spf.vendor.example')];
    expect(ask([old], hidden, spf)).toEqual([]);
  });
});

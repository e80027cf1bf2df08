import { BlockList, isIPv6 } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';

import { STORY_DAYS, TURNS } from '../../../server/demo/story-days.ts';
import { storyDns } from '../../../server/demo/story-dns.ts';
import { checkDmarcRecord } from '../../../server/records/dmarc-record.ts';
import type { DnsSnapshot } from '../../../server/records/dns-snapshot.ts';
import { readStory, type StoryRow } from './read-story.ts';

const END_DAY = '2026-11-22';
const END_SECONDS = Date.parse(`${END_DAY}T00:00:00Z`) / 1000;
const snapshots = storyDns(END_DAY);

const daysBeforeEnd = ({ askedSeconds }: DnsSnapshot): number =>
  END_SECONDS / 86_400 - Math.floor(askedSeconds / 86_400);

/** The newest snapshot that was taken by that day. */
function snapshotOn(day: number): DnsSnapshot {
  const found = snapshots.findLast((snapshot) => daysBeforeEnd(snapshot) >= day);
  if (found === undefined) throw new RangeError(`no snapshot ${day} days before the end`);
  return found;
}

function coverOf({ networks }: DnsSnapshot['spf']): (address: string) => boolean {
  const list = new BlockList();
  for (const { network } of networks) {
    const [start = '', bits = ''] = network.split('/');
    list.addSubnet(start, Number(bits), isIPv6(start) ? 'ipv6' : 'ipv4');
  }
  return (address) => list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

describe('what DNS says in the story', () => {
  test('is asked once a day, early, from the first day to the last', () => {
    expect(snapshots.map(daysBeforeEnd)).toEqual(
      Array.from({ length: STORY_DAYS }, (_, i) => STORY_DAYS - 1 - i),
    );
    for (const { askedSeconds } of snapshots)
      expect(new Date(askedSeconds * 1000).getUTCHours()).toBe(5);
  });

  test('changes on the days of the turns, and on no other', () => {
    const facts = snapshots.map((snapshot) => ({ ...snapshot, askedSeconds: 0 }));
    const changed = snapshots.filter((_, i) => i > 0 && !isDeepStrictEqual(facts[i], facts[i - 1]));
    expect(changed.map(daysBeforeEnd)).toEqual([
      TURNS.moved,
      TURNS.workspaceSigns,
      TURNS.oldServerRemoved,
      TURNS.newsletterSigns,
    ]);
  });

  test('MX and SPF change on the day of the move', () => {
    const [before, after] = [snapshotOn(TURNS.moved + 1), snapshotOn(TURNS.moved)];
    expect(before.mx.hosts.map(({ name }) => name)).toEqual(['mail.example.org']);
    expect(after.mx.hosts.map(({ name }) => name)).toEqual(['smtp.google.com']);
    expect(before.spf.text).toBe('v=spf1 mx ~all');
    expect(after.spf.text).toBe('v=spf1 ip4:46.38.224.0 include:_spf.google.com ~all');
  });

  test('the record is p=none with an address for reports, throughout', () => {
    for (const { dmarc, findings } of snapshots) {
      expect(dmarc.texts).toEqual(['v=DMARC1; p=none; rua=mailto:postmaster@example.org']);
      expect(dmarc.texts.flatMap(checkDmarcRecord)).toEqual(findings);
      expect(dmarc.effective).toMatchObject({ p: 'none', sp: 'none', testing: false, pct: 100 });
      expect(dmarc.record?.rua).toEqual(dmarc.rua.map(({ uri }) => uri));
    }
  });

  test('every network of the SPF tree stands in its text or in an include of it', () => {
    for (const { spf } of snapshots) {
      const included = spf.networks.filter(({ include }) => include !== null);
      expect(new Set(included.map(({ include }) => include))).toEqual(
        new Set(spf.includes.map(({ domain }) => domain)),
      );
      expect(included).toHaveLength(spf.includes.reduce((sum, { networks }) => sum + networks, 0));
      for (const { domain } of spf.includes) expect(spf.text).toContain(`include:${domain}`);
      expect(spf.lookups).toBeLessThanOrEqual(10);
    }
  });
});

describe('reports and DNS of the story agree', () => {
  let rows: StoryRow[];
  beforeAll(async () => {
    ({ rows } = await readStory(END_DAY));
  });

  test('SPF of the domain passes from the networks of that day, and from no other', () => {
    const judged = rows.filter(
      ({ profile }) =>
        profile.spf[0]?.domain === 'example.org' && profile.spf[0].result !== 'temperror',
    );
    expect(judged.length).toBeGreaterThan(5000);
    const cover = new Map(snapshots.map(({ spf }) => [spf, coverOf(spf)]));
    const wrong = judged.filter(({ daysBeforeEnd: day, sourceIp, profile }) => {
      const covered = cover.get(snapshotOn(day).spf)?.(sourceIp) ?? false;
      return covered !== (profile.spf[0]?.result === 'pass');
    });
    expect(wrong).toEqual([]);
  });

  test('a signature of the domain passes where its key is in DNS that day', () => {
    const seen = new Set<string>();
    for (const { daysBeforeEnd: day, profile } of rows) {
      const valid = snapshotOn(day)
        .dkim.filter(({ state }) => state === 'valid')
        .map(({ selector }) => selector);
      for (const { domain, selector, result } of profile.dkim) {
        if (domain !== 'example.org' || result !== 'pass') continue;
        expect(valid).toContain(selector);
        seen.add(selector ?? '');
      }
    }
    expect([...seen].sort()).toEqual(['google', 'k2', 'mail', 'pay1', 'tickets', 'web']);
  });
});

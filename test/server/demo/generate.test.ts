import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';

import type { AggregateReport, Profile } from '../../../ingest/report.ts';
import { createNaming } from '../../../server/analysis/naming.ts';
import { demoDocuments, demoReports } from '../../../server/demo/generate.ts';

const END_DAY = '2026-11-22';
const documents = [...demoDocuments(END_DAY)];
const files = [...demoReports(END_DAY)];

function rowsOf({ rows, profiles }: AggregateReport): { count: number; profile: Profile }[] {
  return rows.map(({ count, profile }) => {
    const found = profiles[profile];
    if (found === undefined) throw new RangeError('no such profile');
    return { count, profile: found };
  });
}

const allRows = documents.flatMap(({ day, reporter, report }) =>
  rowsOf(report).map((row) => ({ ...row, day, reporter })),
);

function messages(test: (row: (typeof allRows)[number]) => boolean): number {
  return allRows.filter(test).reduce((sum, { count }) => sum + count, 0);
}

const returnPath = (profile: Profile) => profile.spf[0]?.domain ?? '';

describe('the demo', () => {
  test('is the same for the same day, byte for byte', () => {
    const digest = (list: typeof files) =>
      list.map(({ name, bytes }) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`);
    expect(digest([...demoReports(END_DAY)])).toEqual(digest(files));
  });

  test('covers thirty days that end at the given one', () => {
    const days = [...new Set(documents.map(({ day }) => day.day))];
    expect(days[0]).toBe('2026-10-24');
    expect(days.at(-1)).toBe(END_DAY);
    expect(days).toEqual([...days].sort());
  });

  test('has one weekend day of which nobody reports', () => {
    const reported = new Set(documents.map(({ day }) => day.day));
    const all = Array.from({ length: 30 }, (_, i) =>
      new Date(Date.parse('2026-10-24T00:00:00Z') + i * 86_400_000).toISOString().slice(0, 10),
    );
    expect(all.filter((day) => !reported.has(day))).toEqual(['2026-11-07']);
    expect(new Date('2026-11-07').getUTCDay()).toBe(6);
  });

  test('is of one domain with p=none, in both dialects and in every packing', () => {
    expect(new Set(documents.map(({ report }) => report.policyPublished.domain))).toEqual(
      new Set(['example.org']),
    );
    expect(new Set(documents.map(({ report }) => report.policyPublished.p))).toEqual(
      new Set(['none']),
    );
    expect(new Set(documents.map(({ report }) => report.dialect))).toEqual(
      new Set(['rfc7489', 'rfc9990']),
    );
    const endings = new Set(files.map(({ name }) => /\.(xml\.gz|zip|xml)$/.exec(name)?.[1]));
    expect(endings).toEqual(new Set(['xml.gz', 'zip', 'xml']));
  });

  test('sends one report twice, and no other', () => {
    const contents = files.map(({ bytes }) => bytes.toString('base64'));
    expect(contents.length - new Set(contents).size).toBe(1);
    expect(files.length).toBe(documents.length + 1);
    expect(new Set(files.map(({ name }) => name)).size).toBe(files.length);
  });

  test('report ids are distinct', () => {
    const ids = documents.map(({ report }) => report.metadata.reportId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the story of the demo', () => {
  test('the mailboxes sign as the domain after the first days, and are aligned by both then', () => {
    const signed = messages(({ profile }) => {
      const { dkimAligned, spfAligned } = profile.policyEvaluated;
      return dkimAligned === true && spfAligned === true;
    });
    const early = messages(({ profile, day }) => {
      const { dkimAligned, spfAligned } = profile.policyEvaluated;
      return day.daysBeforeEnd >= 26 && dkimAligned === true && spfAligned === true;
    });
    expect(early).toBe(0);
    expect(signed).toBeGreaterThan(2000);
  });

  test('the newsletter passes for its service and not for the domain', () => {
    const newsletter = ({ profile }: { profile: Profile }) =>
      returnPath(profile).endsWith('mcsv.net');
    expect(messages(newsletter)).toBeGreaterThan(2000);
    for (const { profile } of allRows.filter(newsletter)) {
      expect(profile.policyEvaluated).toMatchObject({ dkimAligned: false, spfAligned: false });
      expect(profile.spf[0]?.result).toBe('pass');
      expect(profile.dkim[0]?.result).toBe('pass');
    }
  });

  test('the ticket system is carried by DKIM alone', () => {
    const tickets = allRows.filter(({ profile }) => returnPath(profile).endsWith('amazonses.com'));
    expect(tickets.length).toBeGreaterThan(100);
    for (const { profile } of tickets)
      expect(profile.policyEvaluated).toMatchObject({ dkimAligned: true, spfAligned: false });
  });

  test('the signature survives the list and the forwarder, SPF does not', () => {
    for (const domain of ['lists.example.net', 'example.org']) {
      const passedOn = messages(
        ({ profile }) =>
          returnPath(profile) === domain &&
          profile.policyEvaluated.dkimAligned === true &&
          profile.policyEvaluated.spfAligned === false,
      );
      expect(passedOn).toBeGreaterThan(30);
    }
  });

  test('the wave of forged mail lasts three days and fails throughout', () => {
    const forgedOn = (daysBeforeEnd: number) =>
      messages(
        ({ profile, day }) =>
          day.daysBeforeEnd === daysBeforeEnd &&
          profile.policyEvaluated.dkimAligned === false &&
          profile.policyEvaluated.spfAligned === false &&
          !returnPath(profile).endsWith('mcsv.net'),
      );
    for (const day of [9, 10, 11]) expect(forgedOn(day)).toBeGreaterThan(300);
    for (const day of [7, 8, 12, 13]) expect(forgedOn(day)).toBeLessThan(60);
  });

  test('says what is aligned as the published policy has it', () => {
    const own = (domain: string | null) =>
      domain === 'example.org' || (domain?.endsWith('.example.org') ?? false);
    for (const { profile } of allRows) {
      const { dkimAligned, spfAligned } = profile.policyEvaluated;
      expect(profile.dkim.some((found) => found.result === 'pass' && own(found.domain))).toBe(
        dkimAligned,
      );
      expect(profile.spf.some((found) => found.result === 'pass' && own(found.domain))).toBe(
        spfAligned,
      );
    }
  });

  test('keeps to what each dialect can say', () => {
    for (const { profile, reporter } of allRows) {
      const { disposition, dkimAligned, spfAligned } = profile.policyEvaluated;
      const passed = dkimAligned === true || spfAligned === true;
      expect(disposition).toBe(passed && reporter.dialect === 'rfc9990' ? 'pass' : 'none');
      expect(profile.spf).toHaveLength(1);
    }
  });

  test('services are named by their signs', () => {
    const naming = createNaming(() => null);
    const found = new Set(
      allRows.flatMap(({ profile }) => naming.signsOf(profile).map(({ service }) => service)),
    );
    expect(found).toEqual(new Set(['amazon-ses', 'google', 'mailchimp', 'microsoft-365']));
  });
});

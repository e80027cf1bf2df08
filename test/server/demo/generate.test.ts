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

const allRows = documents.flatMap(({ reporter, report }) =>
  rowsOf(report).map((row) => ({ ...row, reporter })),
);

describe('the demo', () => {
  test('is the same for the same day, byte for byte', () => {
    const digest = (list: typeof files) =>
      list.map(({ name, bytes }) => `${name} ${createHash('sha256').update(bytes).digest('hex')}`);
    expect(digest([...demoReports(END_DAY)])).toEqual(digest(files));
  });

  test('covers six months that end at the given day', () => {
    const days = [...new Set(documents.map(({ day }) => day.day))];
    expect(days[0]).toBe('2026-05-24');
    expect(days.at(-1)).toBe(END_DAY);
    expect(days).toEqual([...days].sort());
  });

  test('has one weekend day of which nobody reports', () => {
    const reported = new Set(documents.map(({ day }) => day.day));
    const all = Array.from({ length: 183 }, (_, i) =>
      new Date(Date.parse('2026-05-24T00:00:00Z') + i * 86_400_000).toISOString().slice(0, 10),
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

describe('a report of the demo', () => {
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

  test('keeps to what its dialect can say', () => {
    for (const { profile, reporter } of allRows) {
      const { disposition, dkimAligned, spfAligned } = profile.policyEvaluated;
      const passed = dkimAligned === true || spfAligned === true;
      expect(disposition).toBe(passed && reporter.dialect === 'rfc9990' ? 'pass' : 'none');
      expect(profile.spf).toHaveLength(1);
    }
  });

  test('names services by their signs', () => {
    const naming = createNaming(() => null);
    const found = new Set(
      allRows.flatMap(({ profile }) => naming.signsOf(profile).map(({ service }) => service)),
    );
    expect(found).toEqual(new Set(['amazon-ses', 'google', 'mailchimp']));
  });
});

import { expect, test } from 'vitest';

import { dayNumber } from './mail/days.ts';
import { mailAndReporters, mailOf } from './mail-of.ts';

const AT = dayNumber('2026-06-30', 0);

test('a row becomes one stream with its sums by day, on weekdays where it says so', () => {
  const mail = mailOf({
    rows: [
      {
        source: 'service:google',
        days: [-6, 0],
        weekdays: [1, 2, 3, 4, 5],
        messages: 12,
        dkim: ['pass example.org google'],
        spf: ['softfail bounce.example.org'],
      },
    ],
  });
  expect(mail).toMatchObject({ domain: 'example.org', at: AT, from: AT - 89 });
  expect(mail.streams).toHaveLength(1);
  // 2026-06-30 is a Tuesday.
  expect(mail.streams[0]).toMatchObject({
    network: { id: 'service:google', name: 'Google Workspace and Gmail', kind: 'service' },
    days: [AT - 6, AT - 5, AT - 4, AT - 1, AT],
    messages: [12, 12, 12, 12, 12],
    firstDay: AT - 6,
    shape: {
      policyEvaluated: { dkimAligned: true, spfAligned: false, disposition: 'none' },
      identifiers: { headerFrom: 'example.org', envelopeFrom: 'bounce.example.org' },
    },
  });
});

test('reporters tell of everything, by their shares', () => {
  const { mail, streamReporterDays } = mailAndReporters({
    rows: [{ source: 'as:64500', messages: 7, spf: ['fail example.org'] }],
    reporters: [
      { org: 'A', share: 2 },
      { org: 'B', share: 1, days: [-9, 0] },
    ],
  });
  const total = (rows: readonly { messages: number }[]) =>
    rows.reduce((sum, { messages }) => sum + messages, 0);
  expect(total(streamReporterDays)).toBe(7 * 30);
  expect(total(mail.reporterDays)).toBe(7 * 30);
  expect(total(mail.reports)).toBe(7 * 30);
  expect(mail.reports.filter(({ orgName }) => orgName === 'B')).toHaveLength(10);
});

test('mail that fails meets the policy of its day, so that a change makes another stream', () => {
  const mail = mailOf({
    policy: [{ p: 'none' }, { since: -9, p: 'quarantine' }],
    rows: [{ source: 'as:64500', messages: 1, spf: ['fail example.org'] }],
  });
  expect(
    mail.streams.map(({ days, shape }) => [days.length, shape.policyEvaluated.disposition]),
  ).toEqual([
    [20, 'none'],
    [10, 'quarantine'],
  ]);
  expect(mail.reports.at(-1)?.policyPublished.p).toBe('quarantine');
});

test('days before the range are known as active, without their messages', () => {
  const mail = mailOf({ rows: [{ source: 'as:64500', on: [-200, -100, -5], messages: 3 }] });
  expect(mail.streams[0]).toMatchObject({
    olderDays: [AT - 200, AT - 100],
    days: [AT - 5],
    messages: [3],
    firstDay: AT - 200,
  });
});

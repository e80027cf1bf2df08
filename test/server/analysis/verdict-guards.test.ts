import { describe, expect, test } from 'vitest';

import { classify } from '../../../server/analysis/classify.ts';
import { judge } from '../../../server/analysis/verdict.ts';
import { recordOf } from '../../../server/records/dmarc-record.ts';
import { inputOf, judged } from '../../scenarios/judged.ts';
import { dayOf, spoofing, workspace } from '../../scenarios/scenario.ts';
import { mailAndReporters } from './mail-of.ts';

const google = { org: 'google.com', email: 'noreply-dmarc-support@google.com' };
const microsoft = { org: 'Outlook.com', email: 'dmarcreport@microsoft.com' };
const coverageOf = (input: ReturnType<typeof inputOf>) =>
  judge(input).gates.find(({ id }) => id === 'coverage');

describe('reports that hold nothing but unauthorised mail', () => {
  const mail = {
    reporters: [google, microsoft],
    rows: [
      workspace(100, { reporters: ['google.com'] }),
      ...spoofing(30, 12, { reporters: ['Outlook.com'] }),
    ],
  };

  test('cover nothing, even if told of', () => {
    const input = inputOf({ mail });
    const { streamReporterDays } = mailAndReporters(mail);
    expect(streamReporterDays.length).toBeGreaterThan(input.streamReporterDays.length);
    expect(coverageOf({ ...input, streamReporterDays })).toMatchObject({ state: 'not-met' });
  });

  test('cover nothing where the user calls passing mail unauthorised', () => {
    const sendgrid = {
      ...{ source: 'service:sendgrid', messages: 20, days: [-89, 0] as const },
      ...{ dkim: ['pass example.org s1'], spf: ['pass u1.wl.sendgrid.net'] },
    };
    const seen = { ...sendgrid, reporters: ['Outlook.com'] };
    const story = { mail: { ...mail, rows: [...mail.rows, seen] } };
    expect(coverageOf(inputOf(story))).toMatchObject({ state: 'met' });
    const word = { by: 'Ines', day: dayOf(-9), note: null, class: 'unauthorised' as const };
    const words = { classes: [{ sourceId: 'service:sendgrid#own', ...word }] };
    expect(coverageOf(inputOf({ ...story, words }))).toMatchObject({ state: 'not-met' });
  });
});

test('a record without rua is not recommended, even where its gate is accepted', () => {
  const input = inputOf({ mail: { rows: [workspace()] }, dns: {} });
  const dns = input.dns;
  if (dns === null) throw new Error('DNS was asked');
  const record = recordOf([
    { name: 'v', value: 'DMARC1' },
    { name: 'p', value: 'none' },
  ]);
  const waiver = { gate: 'dns', by: 'Ines', day: dayOf(-1), untilDay: dayOf(9), reason: 'Soon.' };
  const verdict = judge({
    ...input,
    dns: { ...dns, dmarc: { ...dns.dmarc, record, rua: [] } },
    words: { ...input.words, waivers: [waiver] },
  });
  expect(verdict).toMatchObject({ verdict: 'advance', record: null });
});

test('a mark on one source explains no failure of another', () => {
  const rows = [
    workspace(3, { weekdays: [1, 3, 4, 5] }),
    workspace(1, { on: [-60], dkim: ['fail example.org google'], spf: ['softfail example.org'] }),
  ];
  const fixed = [{ sourceId: 'service:other#own', day: dayOf(-50), by: 'Ines', note: null }];
  expect(judged({ mail: { rows }, words: { fixed } }).verdict).toMatchObject({
    ...{ verdict: 'stay', lowVolume: true },
  });
});

test('only passing mail is a turn: a failure more cannot complete one', () => {
  const payroll = {
    ...{ source: 'spf:example.org Payroll', messages: 2_000, on: [-84, -54] },
    ...{ dkim: ['pass example.org s1'], spf: ['pass example.org'] },
  };
  const late = { ...payroll, on: [-24], messages: 1, dkim: ['fail example.org s1'], spf: [] };
  const policy = [{ p: 'none' as const }, { since: -31, p: 'quarantine' as const }];
  const rhythmOf = (rows: readonly (typeof payroll)[]) =>
    judged({ mail: { rows: [workspace(400), ...rows], policy } }).verdict.gates.find(
      ({ id }) => id === 'rhythm',
    );
  expect(rhythmOf([payroll])).toMatchObject({ state: 'not-met' });
  expect(rhythmOf([payroll, late])).toMatchObject({ state: 'not-met' });
  expect(rhythmOf([payroll, { ...payroll, on: [-24] }])).toMatchObject({ state: 'met' });
});

test('judged twice, the same data gives the same verdict, and is left as it was', () => {
  const input = inputOf({ mail: { rows: [workspace(), ...spoofing(5)] }, dns: {} });
  const copy = structuredClone({ ...input, classification: null });
  const first = judge(input);
  expect(judge(input)).toEqual(first);
  expect({ ...input, classification: null }).toEqual(copy);
  const again = classify(input.mail, {
    ...{ words: input.words, dns: input.dns, addresses: [] },
    window: { from: input.mail.at - 29, to: input.mail.at },
  });
  expect(judge({ ...input, classification: again })).toEqual(first);
});

import fc from 'fast-check';
import { DAY, MARCH, type WantedReport } from './a-report.ts';

const services = fc.subarray(['alpha.service.example', 'beta.service.example'], { maxLength: 1 });
const anyRow = fc.record({
  sourceIp: fc.constantFrom('192.0.2.1', '192.0.2.2', '198.51.100.1', '2001:db8::7'),
  count: fc.integer({ min: 0, max: 9 }),
  dkimAligned: fc.constantFrom(true, false, null),
  spfAligned: fc.constantFrom(true, false),
  spf: services,
});

/** Spans that are whole, spread, untimed and without a day. */
const spans = [DAY - 1, DAY, DAY + 7, 0, 40 * 3_600, 2 * DAY, 3 * DAY + 5, 12 * DAY, 200 * DAY];

/** Few names and days, so that repeats, conflicts and renamings are the rule. */
export const anyReport: fc.Arbitrary<WantedReport> = fc
  .record({
    orgName: fc.constantFrom('A', 'B'),
    reportId: fc.constantFrom('1', '2', '3'),
    domain: fc.constantFrom('example.org', 'example.org', 'mail.example.org'),
    begin: fc.integer({ min: 0, max: 60 }).map((hours) => MARCH + hours * 6 * 3_600),
    span: fc.option(fc.constantFrom(...spans), { freq: 8 }),
    rows: fc.array(anyRow, { maxLength: 4 }),
  })
  .map(({ begin, span, ...report }) => ({
    ...report,
    beginSeconds: begin,
    endSeconds: span === null ? null : begin + span,
  }));

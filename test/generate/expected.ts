import type { AggregateReport } from '../../ingest/report.ts';

/** What a reader must find in generated reports, summed up while they were made. */
export interface Expected {
  records: number;
  messages: number;
  dkimAligned: number;
  spfAligned: number;
  dmarcAligned: number;
}

export const nothingExpected = (): Expected => ({
  records: 0,
  messages: 0,
  dkimAligned: 0,
  spfAligned: 0,
  dmarcAligned: 0,
});

export function expectRow(
  expected: Expected,
  count: number,
  aligned: { dkimAligned: boolean | null; spfAligned: boolean | null },
): void {
  expected.records += 1;
  expected.messages += count;
  if (aligned.dkimAligned === true) expected.dkimAligned += count;
  if (aligned.spfAligned === true) expected.spfAligned += count;
  if (aligned.dkimAligned === true || aligned.spfAligned === true) expected.dmarcAligned += count;
}

export function expectedOf({ rows, profiles }: AggregateReport): Expected {
  const expected = nothingExpected();
  for (const { count, profile } of rows) {
    const found = profiles[profile];
    if (found === undefined) throw new RangeError(`row refers to profile ${profile}`);
    expectRow(expected, count, found.policyEvaluated);
  }
  return expected;
}

export function addExpected(sum: Expected, more: Expected): void {
  sum.records += more.records;
  sum.messages += more.messages;
  sum.dkimAligned += more.dkimAligned;
  sum.spfAligned += more.spfAligned;
  sum.dmarcAligned += more.dmarcAligned;
}

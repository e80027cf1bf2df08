import { expect, test } from 'vitest';
import { aDocument, aReport, DAY, MARCH } from './a-report.ts';
import { openTempStore } from './temp-store.ts';

const MARCH_DAY = MARCH / DAY;

const cases: [why: string, emails: string[], at: number, named: string][] = [
  ['the newest', ['old@a.example', 'new@a.example'], 5, 'new@a.example'],
  ['the newest of those that had come', ['old@a.example', 'new@a.example'], 0, 'old@a.example'],
  ['that which came back', ['a@a.example', 'b@a.example', 'a@a.example'], 5, 'a@a.example'],
];

for (const [why, emails, at, named] of cases) {
  test(`who told of a stream is named with the same address as in the domain's mail: ${why}`, async () => {
    const { store, reader } = await openTempStore();
    const reports = emails.map((email, number) =>
      aReport({
        reportId: `day ${number}`,
        beginSeconds: MARCH + number * DAY,
        endSeconds: MARCH + number * DAY + DAY - 1,
        email,
      }),
    );
    await store(...reports.map((report) => aDocument(report)));
    const mail = await reader.domainMail('example.org', MARCH_DAY, MARCH_DAY + at);
    const ids = mail?.streams.map(({ id }) => id) ?? [];
    const told = await reader.streamReporterDays(ids, MARCH_DAY, MARCH_DAY + at);
    expect(told.length).toBeGreaterThan(0);
    expect(told.map((one) => one.email)).toEqual(told.map(() => named));
    expect(mail?.reporterDays.map((one) => one.email)).toEqual(told.map(() => named));
  });
}

test('a domain is known from its first counted report on, and no other name is', async () => {
  const { store, reader } = await openTempStore();
  expect(await reader.knownDomain('example.org')).toBe(false);
  await store(aDocument(aReport({ rows: [] })));
  expect(await reader.knownDomain('example.org')).toBe(true);
  expect(await reader.knownDomain('example.net')).toBe(false);
});

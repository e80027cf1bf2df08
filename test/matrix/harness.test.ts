import { expect, test } from 'vitest';
import { caseXml } from './mails.ts';
import type { MatrixCase } from './row.ts';
import { feed } from './sandwich.ts';
import { xmlCase } from './xml-case.ts';

// The matrix shows something only if it notices what is wrong.
test.each<[string, MatrixCase]>([
  ['another outcome', xmlCase('a report', () => caseXml(), 'refused doctype')],
  ['a warning too many', xmlCase('a report', () => caseXml(), 'stored trailing-bytes')],
  ['a warning too few', xmlCase('of no id', () => caseXml({ reportId: '' }))],
  ['another sum', xmlCase('a report', () => caseXml(), 'stored', 6)],
])('a case that is expected to be %s is noticed', async (_, one) => {
  await expect(feed({ id: 'T', about: 'a test', cases: () => [one] })).rejects.toThrow();
});

test('a case as it is expected passes', async () => {
  const fed = await feed({
    id: 'T',
    about: 'a test',
    cases: () => [xmlCase('a', () => caseXml())],
  });
  expect(fed.rows).toHaveLength(1);
});

test('a row that cannot be read in its own process is noticed', async () => {
  const cases = () => [xmlCase('a report', () => caseXml(), 'refused doctype')];
  const row = { id: 'T', about: 'a test', cases, inOwnProcess: true };
  await expect(feed(row)).rejects.toThrow();
});

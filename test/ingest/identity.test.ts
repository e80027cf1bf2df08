import { describe, expect, test } from 'vitest';
import { identityOf } from '../../ingest/identity.ts';
import { type ReportParts, reportXml } from './a-report.ts';
import { readOne } from './reading.ts';

async function identity(parts: ReportParts): Promise<string> {
  const document = await readOne(reportXml(parts));
  if (document.outcome !== 'report') throw new Error(document.problem.reason);
  return identityOf(document.report, document.contentSha256).toString('hex');
}

const policy = (domain: string): string => `<domain>${domain}</domain><p>none</p>`;

describe('two documents are versions of one report', () => {
  test.each<[string, ReportParts, ReportParts]>([
    ['where only their records differ', {}, { records: '' }],
    [
      'where white space around their values differs',
      {},
      { orgName: ' Receiver Example\n', reportId: ' r-1 ', begin: ' 1767225600' },
    ],
    [
      'where the domain is written in another way',
      { policy: policy('bücher.example') },
      { policy: policy('XN--BCHER-KVA.EXAMPLE.') },
    ],
    ['without an organisation, but with a domain', { orgName: '' }, { orgName: '', records: '' }],
  ])('%s', async (_, one, other) => {
    expect(await identity(one)).toMatch(/^[0-9a-f]{64}$/);
    expect(await identity(one)).toBe(await identity(other));
  });
});

describe('two documents are two reports', () => {
  test.each<[string, ReportParts, ReportParts]>([
    ['of two organisations', {}, { orgName: 'Another' }],
    ['of two ids', {}, { reportId: 'r-2' }],
    ['of ids that are one number', { reportId: '0123e4' }, { reportId: '1230000' }],
    ['of ids in other case', { reportId: 'A' }, { reportId: 'a' }],
    ['of two domains', {}, { policy: policy('example.net') }],
    [
      'of a domain and a look-alike',
      { policy: policy('example.org') },
      { policy: policy('exаmple.org') },
    ],
    ['of two begins', {}, { begin: '1767225601' }],
    ['of two ends', {}, { end: '1767311998' }],
    [
      'whose values only add up to the same',
      { orgName: 'ab', reportId: 'c' },
      { orgName: 'a', reportId: 'bc' },
    ],
    ['without ids, of other content', { reportId: '' }, { reportId: '', records: '' }],
    ['with blank ids, of other content', { reportId: ' ' }, { reportId: '  ', records: '' }],
    [
      'of nobody about nothing, of other content',
      { orgName: '', policy: '' },
      { orgName: '', policy: '', records: '' },
    ],
  ])('%s', async (_, one, other) => {
    expect(await identity(one)).not.toBe(await identity(other));
  });
});

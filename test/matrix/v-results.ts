import { expect } from 'vitest';
import { recordXml } from '../ingest/a-report.ts';
import { caseXml } from './mails.ts';
import type { Fed, MatrixCase, MatrixRow } from './row.ts';
import { row, xmlCase } from './xml-case.ts';

const evaluated = (attack: string, text: string, expected: string): MatrixCase =>
  xmlCase(
    attack,
    () => caseXml({ records: recordXml({ evaluated: text, results: '' }) }),
    expected,
  );
const withResults = (attack: string, results: string, expected = 'stored'): MatrixCase =>
  xmlCase(attack, () => caseXml({ records: recordXml({ results }) }), expected);
const withPolicy = (text: string): MatrixCase =>
  xmlCase(
    text,
    () => caseXml({ policy: `<domain>example.org</domain><p>none</p>${text}` }),
    'stored policy-invalid',
  );

const UNSTATED = 'stored unstated-evaluation';
const FAILED =
  '<dkim><domain>example.org</domain><result>fail</result></dkim><spf><domain>example.org</domain><result>softfail</result></spf>';

/** What receivers say of results and policies. */
export function resultRows(): MatrixRow[] {
  return [
    row(
      'V14',
      'words that the standards do not know',
      () => [
        evaluated('missing', '', UNSTATED),
        evaluated('empty', '<dkim></dkim><spf/>', UNSTATED),
        evaluated('of SPF', '<dkim>softfail</dkim><spf>hardfail</spf>', UNSTATED),
        evaluated('nearly passed', '<dkim>passed</dkim><spf>yes</spf>', UNSTATED),
        evaluated('true', '<dkim>true</dkim><spf>1</spf>', UNSTATED),
        evaluated(
          'an unknown disposition',
          '<disposition>deny</disposition><dkim>FAIL</dkim><spf>Fail</spf>',
          'stored unknown-value',
        ),
        xmlCase(
          'unknown results',
          () =>
            caseXml({
              records: recordXml({
                evaluated: '<dkim>fail</dkim><spf>fail</spf>',
                results: '<dkim><result>ok</result></dkim><spf><result>HARDFAIL</result></spf>',
              }),
            }),
          'stored unknown-value',
        ),
      ],
      { also: expectNothingAligned },
    ),
    row('V15', 'results missing or without end', () => [
      xmlCase('missing', () =>
        caseXml({ records: recordXml().replace(/<auth_results>.*<\/auth_results>/, '') }),
      ),
      withResults('empty', ''),
      withResults(
        '5,000 signatures',
        '<dkim><result>pass</result></dkim>'.repeat(5000),
        'stored dkim-results-dropped',
      ),
    ]),
    row(
      'V16',
      'all well, against every result',
      () => [withResults('both failed', FAILED, 'stored inconsistent-evaluation')],
      { also: expectContradictionTold },
    ),
    row('V17', 'a policy that nobody could publish', () => [
      withPolicy('<pct>101</pct>'),
      withPolicy('<pct>-1</pct>'),
      withPolicy('<pct>abc</pct>'),
      withPolicy('<sp>quarantined</sp>'),
      withPolicy('<adkim>x</adkim>'),
      xmlCase(
        'p=quarantined',
        () => caseXml({ policy: '<domain>example.org</domain><p>quarantined</p>' }),
        'stored policy-invalid',
      ),
    ]),
  ];
}

async function expectNothingAligned({ reader }: Fed): Promise<void> {
  const { tally } = await reader.totals({ from: null, to: null, domain: 'example.org' });
  expect(tally.messages).toBeGreaterThan(0);
  expect([tally.dmarcAligned, tally.dkimAligned, tally.spfAligned]).toEqual([0, 0, 0]);
}

/** It counts as the receiver evaluated it, and the report and its rows show what contradicts that. */
async function expectContradictionTold({ reader, rows }: Fed): Promise<void> {
  const id = rows[0]?.documents[0]?.reportId ?? 0;
  expect((await reader.report(id))?.warnings).toContain('inconsistent-evaluation');
  const [stored] = await reader.rows(id, 0, 1);
  expect(stored?.profile.dkim.map(({ result }) => result)).toEqual(['fail']);
  expect(stored?.profile.spf.map(({ result }) => result)).toEqual(['softfail']);
}

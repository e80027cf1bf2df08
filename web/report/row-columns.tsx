import type { RowsResponse } from '../../server/api/contract-reports.ts';
import { formatCount } from '../format.ts';
import { Nothing } from '../parts/numbers.tsx';
import { sourcesHref } from '../routes.ts';
import type { Column } from '../table/column.ts';
import { wordsForOverride } from '../words/report-words.ts';
import { AuthResults } from './auth-results.tsx';

type Row = RowsResponse['rows'][number];
type Profile = Row['profile'];

/** What one row of a report says, as the reporter said it. */
export const rowColumns = (domain: string): Column<Row>[] => [
  {
    key: 'address',
    label: 'Address and source',
    cell: ({ sourceIp, sourceId, sourceName }) => (
      <>
        <span class="code">{sourceIp}</span>
        <span class="under">
          <a href={sourcesHref(domain, sourceId)}>
            <bdi>{sourceName}</bdi>
          </a>
        </span>
      </>
    ),
  },
  {
    key: 'count',
    label: 'Messages',
    numeric: true,
    main: true,
    cell: ({ count }) => formatCount(count),
  },
  {
    key: 'from',
    label: 'From domain',
    cell: ({ profile }) => <Identifiers of={profile.identifiers} />,
  },
  { key: 'dkim', label: 'DKIM', cell: ({ profile }) => <Dkim of={profile} /> },
  { key: 'spf', label: 'SPF', cell: ({ profile }) => <Spf of={profile} /> },
  {
    key: 'disposition',
    label: 'Disposition',
    cell: ({ profile }) => <Disposition of={profile.policyEvaluated} />,
  },
];

function Dkim({ of: { policyEvaluated, dkim } }: { of: Profile }) {
  const checks = dkim.map(({ domain, selector, result, humanResult }) => ({
    domain,
    result,
    humanResult,
    where: selector === null || selector === '' ? null : `selector ${selector}`,
  }));
  return <AuthResults aligned={policyEvaluated.dkimAligned} checks={checks} />;
}

function Spf({ of: { policyEvaluated, spf } }: { of: Profile }) {
  const checks = spf.map(({ domain, scope, result, humanResult }) => ({
    domain,
    result,
    humanResult,
    where: scope === 'helo' ? 'from HELO' : null,
  }));
  return <AuthResults aligned={policyEvaluated.spfAligned} checks={checks} />;
}

function Identifiers({ of }: { of: Profile['identifiers'] }) {
  const { headerFrom, envelopeFrom, envelopeTo } = of;
  return (
    <>
      {headerFrom === null ? <Nothing words="not stated" /> : <bdi>{headerFrom}</bdi>}
      <ul class="lines">
        {envelopeFrom !== null && (
          <li>return path {envelopeFrom === '' ? 'empty' : <bdi>{envelopeFrom}</bdi>}</li>
        )}
        {envelopeTo !== null && (
          <li>
            sent to <bdi>{envelopeTo}</bdi>
          </li>
        )}
      </ul>
    </>
  );
}

function Disposition({ of }: { of: Profile['policyEvaluated'] }) {
  return (
    <>
      {of.disposition ?? <Nothing words="not stated" />}
      <ul class="lines">
        {of.reasons.map(({ type, comment }, place) => (
          <li key={place}>
            {wordsForOverride(type)}
            {comment !== null && comment !== '' && (
              <>
                : <bdi>{comment}</bdi>
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

import type { DomainsResponse } from '../../server/api/contract-domains.ts';
import type { VerdictResponse } from '../../server/api/contract-verdict.ts';
import { formatCount, formatQuantity } from '../format.ts';
import { type Period, dayOf, daysUpTo } from '../period.ts';
import { domainHref } from '../routes.ts';
import { policyLabel } from '../words/policy-words.ts';
import { blockersWords, verdictLabel } from '../words/verdict-words.ts';
import type { Column } from '../table/column.ts';
import { Ago, Nothing, Share } from './numbers.tsx';
import { Sparkline } from './sparkline.tsx';

type Domain = DomainsResponse['domains'][number];

/** A domain silent in the period opens on the days of its last report instead of on nothing. */
function hrefOf({ domain, tally, lastReportEndSeconds }: Domain, period: Period | null): string {
  if (tally.messages > 0 || lastReportEndSeconds === null) return domainHref(domain, period);
  return domainHref(domain, daysUpTo(dayOf(lastReportEndSeconds), 30));
}

const MAIL_COLUMNS: readonly Column<Domain>[] = [
  {
    key: 'policy',
    label: 'Policy',
    sortBy: ({ policyPublished }) => policyPublished?.p ?? null,
    cell: ({ policyPublished }) =>
      policyPublished?.p == null ? <Nothing words="not stated" /> : policyLabel(policyPublished),
  },
  {
    key: 'messages',
    label: 'Messages',
    numeric: true,
    sortBy: ({ tally }) => tally.messages,
    cell: ({ tally }) => formatCount(tally.messages),
  },
  {
    key: 'aligned',
    label: 'Aligned',
    numeric: true,
    main: true,
    sortBy: ({ tally }) => (tally.messages === 0 ? null : tally.dmarcAligned / tally.messages),
    cell: ({ tally }) => <Share part={tally.dmarcAligned} whole={tally.messages} />,
  },
  {
    key: 'trend',
    label: 'Trend, 90 days',
    cell: ({ trend }) => <Sparkline days={trend} />,
  },
];

const REPORT_COLUMNS: readonly Column<Domain>[] = [
  {
    key: 'reports',
    label: 'Reports',
    numeric: true,
    sortBy: ({ reports }) => reports,
    cell: ({ reports, reporters }) => (
      <>
        {formatCount(reports)}
        <span class="under">{formatQuantity(reporters, 'receiver')}</span>
      </>
    ),
  },
  {
    key: 'last',
    label: 'Last report',
    sortBy: ({ lastReportEndSeconds }) => lastReportEndSeconds,
    cell: ({ lastReportEndSeconds }) =>
      lastReportEndSeconds === null ? (
        <Nothing words="none" />
      ) : (
        <Ago seconds={lastReportEndSeconds} />
      ),
  },
];

/** The columns of the overview; links keep the period. */
export const domainColumns = (
  period: Period | null,
  verdicts: ReadonlyMap<string, VerdictResponse>,
): Column<Domain>[] => [
  {
    key: 'domain',
    label: 'Domain',
    sortBy: ({ domain }) => domain,
    cell: (domain) => (
      <a href={hrefOf(domain, period)}>
        <bdi>{domain.domain}</bdi>
      </a>
    ),
  },
  {
    key: 'verdict',
    label: 'Verdict',
    cell: ({ domain }) => <Verdict answer={verdicts.get(domain)} />,
  },
  ...MAIL_COLUMNS,
  ...REPORT_COLUMNS,
];

function Verdict({ answer }: { answer: VerdictResponse | undefined }) {
  if (answer === undefined) return <Nothing words="not looked at yet" />;
  const blockers = blockersWords(answer);
  return (
    <>
      {verdictLabel(answer)}
      {blockers !== null && <span class="under">{blockers}</span>}
    </>
  );
}

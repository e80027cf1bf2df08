import type { DomainsResponse } from '../../server/api/contract-domains.ts';
import type { MailboxesResponse } from '../../server/api/contract.ts';
import { domains, mailboxes } from '../endpoints.ts';
import { formatCount, formatQuantity, formatShare } from '../format.ts';
import { changeQuery, chosenPeriod, query } from '../navigation.ts';
import { DataTable } from '../table/data-table.tsx';
import { domainColumns } from '../parts/domain-columns.tsx';
import { FilterText } from '../table/filter-text.tsx';
import { matches } from '../table/matches.ts';
import { MailboxLines } from '../mailbox/mailbox-lines.tsx';
import { UploadList } from '../mailbox/upload-list.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PeriodPicker } from '../parts/period-picker.tsx';
import { Show } from '../parts/show.tsx';
import { Term } from '../parts/term.tsx';
import { useState } from 'preact/hooks';
import { useResource } from '../use-resource.ts';
import { DoNext } from '../verdict/do-next.tsx';
import { useVerdicts } from '../verdict/use-verdicts.ts';
import { FirstRun } from './first-run.tsx';

/** Every domain that reports were read about; without any, the way to the first. */
export function Overview() {
  const listed = useResource(domains(chosenPeriod.value));
  const boxes = useResource(mailboxes);
  if (listed.value !== null && boxes.value !== null && isFirstRun(listed.value, boxes.value)) {
    return <FirstRun onStarted={boxes.reload} />;
  }
  return (
    <>
      <PageHeading title="Domains" />
      <Show of={listed} room="table">
        {(answer) => <Domains answer={answer} />}
      </Show>
      <Show of={boxes} room="line">
        {(answer) => <MailboxLines mailboxes={answer.mailboxes} />}
      </Show>
      <UploadList />
    </>
  );
}

const isFirstRun = (listed: DomainsResponse, { mailboxes: boxes }: MailboxesResponse): boolean =>
  listed.domains.length === 0 && boxes.every(({ origin }) => origin === 'files');

/** From here on a list is worth a filter. */
const MANY_DOMAINS = 10;
/** So many domains are judged before anyone asks for more. */
const JUDGED_AT_FIRST = 20;

function Domains({ answer }: { answer: DomainsResponse }) {
  const [judged, setJudged] = useState(JUDGED_AT_FIRST);
  const names = answer.domains.slice(0, judged).map(({ domain }) => domain);
  const verdicts = useVerdicts(names);
  if (answer.domains.length === 0) {
    return (
      <p class="lead">
        No report has been read yet. The first domain appears here while reading goes on.
      </p>
    );
  }
  const filter = query.value.get('q') ?? '';
  const shown = answer.domains.filter(({ domain }) => matches(domain, filter));
  return (
    <>
      <DoNext
        verdicts={verdicts}
        asked={names.length}
        all={answer.domains.length}
        onMore={() => setJudged(judged + JUDGED_AT_FIRST)}
      />
      <section aria-labelledby="all-domains">
        <h2 id="all-domains">All domains</h2>
        <Totals answer={answer} />
        <PeriodPicker period={answer.range} />
        {answer.domains.length >= MANY_DOMAINS && (
          <FilterText
            label="Filter domains"
            value={filter}
            onChange={(text) => changeQuery({ q: text })}
          />
        )}
        <DataTable
          id="domains"
          caption={
            <>
              The <Term of="policy">policy</Term> is the one in the newest report. The trend covers
              90 days, whatever the period.
            </>
          }
          columns={domainColumns(chosenPeriod.value, verdicts.known)}
          rows={shown}
          rowKey={({ domain }) => domain}
          sort={{ key: 'messages', descending: true }}
          empty="No domain matches this filter."
        />
        {answer.more.domains > 0 && (
          <p>
            {formatQuantity(answer.more.domains, 'domain')} with fewer reports are not listed. Each
            has its page at <code>/domains/NAME</code>.
          </p>
        )}
      </section>
    </>
  );
}

function Totals({ answer }: { answer: DomainsResponse }) {
  const { domains: listed, more } = answer;
  const messages = listed.reduce((sum, { tally }) => sum + tally.messages, more.messages);
  const aligned = listed.reduce((sum, { tally }) => sum + tally.dmarcAligned, more.dmarcAligned);
  const reports = listed.reduce((sum, domain) => sum + domain.reports, more.reports);
  const names = formatQuantity(listed.length + more.domains, 'domain');
  if (messages === 0) {
    return <p class="lead">{names}. No report covers these days.</p>;
  }
  return (
    <p class="lead">
      Of {formatQuantity(messages, 'message')} of {names} in {formatQuantity(reports, 'report')},{' '}
      {formatCount(aligned)} (<strong>{formatShare(aligned, messages)}</strong>) were{' '}
      <Term of="aligned">aligned</Term>.
    </p>
  );
}

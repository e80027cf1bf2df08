import type { DomainResponse } from '../../server/api/contract-domains.ts';
import { domain, domainDays } from '../endpoints.ts';
import { formatCount, formatQuantity, formatShare } from '../format.ts';
import { chosenPeriod } from '../navigation.ts';
import { DomainTabs } from '../parts/domain-tabs.tsx';
import { DaysSection } from '../parts/days-section.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PeriodPicker } from '../parts/period-picker.tsx';
import { ReceiversSection } from '../parts/receivers-section.tsx';
import { Show } from '../parts/show.tsx';
import { Term } from '../parts/term.tsx';
import { ChangesSection, useMarks } from '../parts/changes-section.tsx';
import { SourceGroups } from '../source/source-groups.tsx';
import { VerdictCard } from '../verdict/verdict-card.tsx';
import { dayOf, daysUpTo } from '../period.ts';
import { domainHref, reportsHref } from '../routes.ts';
import { actedOnOf } from '../to-columns.ts';
import { useResource } from '../use-resource.ts';
import { policySentence } from '../words/policy-words.ts';

/** One domain: may its policy be tightened, how much of its mail is aligned, and who sends it. */
export function Domain({ name }: { name: string }) {
  const summary = useResource(domain(name, chosenPeriod.value));
  const days = useResource(domainDays(name, chosenPeriod.value));
  const changes = useMarks(name);
  return (
    <>
      <PageHeading title={name}>
        <bdi>{name}</bdi>
      </PageHeading>
      <DomainTabs domain={name} shown={null} />
      <VerdictCard domain={name} />
      <section aria-labelledby="mail">
        <h2 id="mail">Mail</h2>
        <Show of={summary} room="summary">
          {(answer) => (
            <>
              <Summary answer={answer} />
              <PeriodPicker period={answer.range} />
            </>
          )}
        </Show>
      </section>
      {summary.error?.status !== 404 && (
        <>
          <DaysSection of={days} name={name} marks={changes.marks} />
          <SourceGroups domain={name} />
          <ChangesSection domain={name} changes={changes.loaded} />
          <ReceiversSection domain={name} />
        </>
      )}
    </>
  );
}

function Summary({ answer }: { answer: DomainResponse }) {
  const { tally, policyPublished, undated } = answer;
  return (
    <div class="summary">
      {tally.messages === 0 ? <NoMail answer={answer} /> : <MailSentence answer={answer} />}
      {policyPublished !== null && (
        <p>
          <Term of="policy">Published policy</Term>: {policySentence(policyPublished)}
        </p>
      )}
      {undated.messages > 0 && (
        <p class="note">
          {formatQuantity(undated.messages, 'message')} more belong to no day, because their reports
          name no usable dates. They are in no number on this page.{' '}
          <a href={reportsHref({ domain: answer.domain }, null)}>See the reports</a>
        </p>
      )}
    </div>
  );
}

function MailSentence({
  answer: { tally, reports, range, domain: name },
}: {
  answer: DomainResponse;
}) {
  const actedOn = actedOnOf(tally);
  return (
    <p class="lead">
      Of {formatQuantity(tally.messages, 'message')} in{' '}
      <a href={reportsHref({ domain: name }, range)}>{formatQuantity(reports, 'report')}</a>,{' '}
      {formatCount(tally.dmarcAligned)} (
      <strong>{formatShare(tally.dmarcAligned, tally.messages)}</strong>) were{' '}
      <Term of="aligned">aligned</Term>: {formatShare(tally.dkimAligned, tally.messages)} by{' '}
      <Term of="dkim">DKIM</Term>, {formatShare(tally.spfAligned, tally.messages)} by{' '}
      <Term of="spf">SPF</Term>. Receivers quarantined or rejected{' '}
      {actedOn === 0 ? 'none' : formatCount(actedOn)} (<Term of="disposition">disposition</Term>).
      {tally.notStated > 0 && <NotStated count={tally.notStated} />}
    </p>
  );
}

const NotStated = ({ count }: { count: number }) => (
  <>
    {' '}
    For {formatCount(count)} the reports do <Term of="notStated">not state</Term> it.
  </>
);

function NoMail({ answer: { domain: name, lastReportEndSeconds } }: { answer: DomainResponse }) {
  const last = lastReportEndSeconds === null ? null : dayOf(lastReportEndSeconds);
  return (
    <p class="lead">
      No report covers these days.{' '}
      {last !== null && (
        <a href={domainHref(name, daysUpTo(last, 30))}>Show the 30 days up to the last report</a>
      )}
    </p>
  );
}

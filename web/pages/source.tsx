import type { SourceDetailResponse } from '../../server/api/contract-sources.ts';
import { source, sourceDays } from '../endpoints.ts';
import { formatCount, formatQuantity, formatShare } from '../format.ts';
import { chosenPeriod } from '../navigation.ts';
import { useMarks } from '../parts/changes-section.tsx';
import { DaysSection } from '../parts/days-section.tsx';
import { DomainCrumb } from '../parts/domain-tabs.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PeriodPicker } from '../parts/period-picker.tsx';
import { Show } from '../parts/show.tsx';
import { Term } from '../parts/term.tsx';
import { reportsHref } from '../routes.ts';
import { Addresses } from '../source/addresses.tsx';
import { HowToFix } from '../source/how-to-fix.tsx';
import { MailFacts } from '../source/mail-facts.tsx';
import { Rhythm } from '../source/rhythm.tsx';
import { Why } from '../source/why.tsx';
import { useResource } from '../use-resource.ts';

/** One sending source: what it is and why, how to mend it, its rhythm, and all that it rests on. */
export function Source({ domain, id }: { domain: string; id: string }) {
  const detail = useResource(source(domain, id, chosenPeriod.value));
  const days = useResource(sourceDays(domain, id, chosenPeriod.value));
  const { marks } = useMarks(domain);
  const name = detail.value?.source.name ?? id;
  return (
    <>
      <DomainCrumb domain={domain} />
      <PageHeading title={`${name}, ${domain}`}>
        <bdi>{name}</bdi>
      </PageHeading>
      <Show of={detail} room="summary">
        {(answer) => (
          <>
            <Why domain={domain} source={answer.source} />
            <Summary answer={answer} />
            <PeriodPicker period={answer.range} />
            <HowToFix domain={domain} detail={answer} />
          </>
        )}
      </Show>
      {detail.error?.status !== 404 && (
        <>
          <Rhythm domain={domain} detail={detail.value} days={days} />
          <DaysSection of={days} name={`${domain}-source`} marks={marks} />
          <Show of={detail} room="table">
            {(answer) => (
              <>
                <Addresses domain={domain} detail={answer} />
                <MailFacts domain={domain} detail={answer} />
                <p>
                  <a href={reportsHref({ domain, source: answer.source.network.id }, answer.range)}>
                    Reports with mail of <bdi>{answer.source.network.name}</bdi>
                  </a>
                  , whoever it speaks for
                </p>
              </>
            )}
          </Show>
        </>
      )}
    </>
  );
}

function Summary({ answer }: { answer: SourceDetailResponse }) {
  const { tally, passedUnaligned } = answer.source;
  return (
    <div class="summary">
      <p class="lead">
        Of {formatQuantity(tally.messages, 'message')} from{' '}
        {formatQuantity(answer.addresses.length, 'address', 'addresses')},{' '}
        {formatCount(tally.dmarcAligned)} (
        <strong>{formatShare(tally.dmarcAligned, tally.messages)}</strong>) were{' '}
        <Term of="aligned">aligned</Term>: {formatShare(tally.dkimAligned, tally.messages)} by{' '}
        <Term of="dkim">DKIM</Term>, {formatShare(tally.spfAligned, tally.messages)} by{' '}
        <Term of="spf">SPF</Term>.
      </p>
      {passedUnaligned.length > 0 && (
        <p>
          <Term of="passedUnaligned">Passed, not aligned</Term>:{' '}
          {passedUnaligned.map(({ by, domain: signer, messages }, place) => (
            <span key={`${by} ${signer}`}>
              {place > 0 && '; '}
              {by.toUpperCase()} as <bdi>{signer}</bdi> on {formatQuantity(messages, 'message')}
            </span>
          ))}
          .
        </p>
      )}
    </div>
  );
}

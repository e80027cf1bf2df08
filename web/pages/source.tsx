import type { SourceDetailResponse } from '../../server/api/contract.ts';
import { source, sourceDays } from '../endpoints.ts';
import { formatCount, formatQuantity, formatShare } from '../format.ts';
import { chosenPeriod } from '../navigation.ts';
import type { Column } from '../table/column.ts';
import { DataTable } from '../table/data-table.tsx';
import { DaysSection } from '../parts/days-section.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { PeriodPicker } from '../parts/period-picker.tsx';
import { Show } from '../parts/show.tsx';
import { KIND_WORDS, actedOnColumn, tallyColumns } from '../parts/source-columns.tsx';
import { Term } from '../parts/term.tsx';
import { domainHref, reportsHref } from '../routes.ts';
import { useResource } from '../use-resource.ts';

type Address = SourceDetailResponse['addresses'][number];

/** One sending source of a domain: what it rests on, its days, its addresses. */
export function Source({ domain, id }: { domain: string; id: string }) {
  const detail = useResource(source(domain, id, chosenPeriod.value));
  const days = useResource(sourceDays(domain, id, chosenPeriod.value));
  const name = detail.value?.source.name ?? id;
  return (
    <>
      <p class="crumb">
        <a href={domainHref(domain, chosenPeriod.value)}>
          <bdi>{domain}</bdi>
        </a>
      </p>
      <PageHeading title={`${name}, ${domain}`}>
        <bdi>{name}</bdi>
      </PageHeading>
      <Show of={detail} room="summary">
        {(answer) => (
          <>
            <Summary domain={domain} answer={answer} />
            <PeriodPicker period={answer.range} />
          </>
        )}
      </Show>
      {detail.error?.status !== 404 && (
        <>
          <DaysSection
            of={days}
            tally={detail.value?.source.tally ?? null}
            name={`${domain}-source`}
          />
          <section aria-labelledby="addresses">
            <h2 id="addresses">Addresses</h2>
            <Show of={detail} room="table">
              {(answer) => <Addresses domain={domain} answer={answer} />}
            </Show>
          </section>
        </>
      )}
    </>
  );
}

function Summary({ domain, answer }: { domain: string; answer: SourceDetailResponse }) {
  const { tally, kind, evidence, addresses, passedUnaligned } = answer.source;
  return (
    <div class="summary">
      <p class="lead">
        Of {formatQuantity(tally.messages, 'message')} from{' '}
        {formatQuantity(addresses, 'address', 'addresses')}, {formatCount(tally.dmarcAligned)} (
        <strong>{formatShare(tally.dmarcAligned, tally.messages)}</strong>) were{' '}
        <Term of="aligned">aligned</Term>: {formatShare(tally.dkimAligned, tally.messages)} by{' '}
        <Term of="dkim">DKIM</Term>, {formatShare(tally.spfAligned, tally.messages)} by{' '}
        <Term of="spf">SPF</Term>.
      </p>
      {passedUnaligned.length > 0 && (
        <p>
          <Term of="passedUnaligned">Passed, not aligned</Term>:{' '}
          {passedUnaligned.map(({ by, domain: signer, messages }, place) => (
            <>
              {place > 0 && '; '}
              {by.toUpperCase()} as <bdi>{signer}</bdi> on {formatQuantity(messages, 'message')}
            </>
          ))}
          .
        </p>
      )}
      <p>
        Named as a {KIND_WORDS[kind]} because: <bdi>{evidence}</bdi>.
      </p>
      <p>
        <a href={reportsHref({ domain, source: answer.source.id }, answer.range)}>
          Reports with mail of this source
        </a>
      </p>
    </div>
  );
}

function Addresses({ domain, answer }: { domain: string; answer: SourceDetailResponse }) {
  const columns: Column<Address>[] = [
    {
      key: 'address',
      label: 'Address',
      sortBy: ({ sourceIp }) => sourceIp,
      cell: ({ sourceIp }) => (
        <a class="code" href={reportsHref({ domain, address: sourceIp }, answer.range)}>
          {sourceIp}
        </a>
      ),
    },
    ...tallyColumns<Address>(),
    actedOnColumn<Address>(),
  ];
  return (
    <DataTable
      id="addresses"
      caption="Each address leads to the reports that name it."
      columns={columns}
      rows={answer.addresses}
      rowKey={({ sourceIp }) => sourceIp}
      sort={{ key: 'messages', descending: true }}
      empty="No address sent mail in these days."
    />
  );
}

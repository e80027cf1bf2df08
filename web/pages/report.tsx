import type { ReportResponse } from '../../server/api/contract-reports.ts';
import { report } from '../endpoints.ts';
import { formatCount, formatQuantity, formatShare, formatTime } from '../format.ts';
import { PageHeading } from '../parts/page-heading.tsx';
import { RawXml } from '../report/raw-xml.tsx';
import { ReportFacts } from '../report/report-facts.tsx';
import { ReportRows } from '../report/report-rows.tsx';
import { Show } from '../parts/show.tsx';
import { Term } from '../parts/term.tsx';
import { domainHref, reportHref } from '../routes.ts';
import { useResource } from '../use-resource.ts';
import { policyDetails, policySentence } from '../words/policy-words.ts';
import { wordsForRowProblem, wordsForWarning } from '../words/report-words.ts';

/** One report: who says what about which days, what was odd about it, and every row of it. */
export function Report({ id }: { id: number }) {
  const loaded = useResource(report(id));
  const reporter = loaded.value?.orgName ?? '';
  const title = reporter === '' ? `Report ${id}` : `Report of ${reporter}`;
  return (
    <>
      <p class="crumb">
        <a href="/reports">Reports</a>
      </p>
      <PageHeading title={title}>
        <bdi>{title}</bdi>
      </PageHeading>
      <Show of={loaded} room="table">
        {(answer) => <Parts answer={answer} />}
      </Show>
    </>
  );
}

function Parts({ answer }: { answer: ReportResponse }) {
  return (
    <>
      <Summary answer={answer} />
      <Oddities answer={answer} />
      <div class="side-by-side">
        <section aria-labelledby="facts">
          <h2 id="facts">The report</h2>
          <ReportFacts answer={answer} />
        </section>
        <section aria-labelledby="policy">
          <h2 id="policy">
            <Term of="policy">Policy published</Term>
          </h2>
          <p>{policySentence(answer.policyPublished)}</p>
          <dl class="facts">
            {policyDetails(answer.policyPublished).map(({ tag, value, meaning }) => (
              <div key={tag}>
                <dt>{tag}</dt>
                <dd>
                  <bdi>{value}</bdi> <span class="soft">{meaning}</span>
                </dd>
              </div>
            ))}
          </dl>
        </section>
      </div>
      <Versions answer={answer} />
      {answer.forgottenSeconds === null && (
        <>
          <section aria-labelledby="rows">
            <h2 id="rows">Rows</h2>
            <ReportRows key={answer.id} answer={answer} />
          </section>
          <RefusedRows answer={answer} />
          <RawXml key={answer.id} id={answer.id} />
        </>
      )}
    </>
  );
}

function Summary({
  answer: { domain, messages, dmarcAligned, counted, forgottenSeconds },
}: {
  answer: ReportResponse;
}) {
  return (
    <>
      <p class="lead">
        Of {formatQuantity(messages, 'message')} of{' '}
        <a href={domainHref(domain, null)}>
          <bdi>{domain}</bdi>
        </a>
        , {formatCount(dmarcAligned)} (<strong>{formatShare(dmarcAligned, messages)}</strong>) were{' '}
        <Term of="aligned">aligned</Term>.
      </p>
      {forgottenSeconds !== null && (
        <p class="note">
          Its rows were removed on {formatTime(forgottenSeconds)}, as asked: it is in no number.
          That it came is kept, so that it stays known.
        </p>
      )}
      {!counted && forgottenSeconds === null && (
        <p class="note">
          This report is not counted: another <Term of="version">version</Term> of it is.
        </p>
      )}
    </>
  );
}

function Oddities({ answer: { warnings, errors } }: { answer: ReportResponse }) {
  if (warnings.length === 0 && errors.length === 0) return null;
  return (
    <section aria-labelledby="oddities">
      <h2 id="oddities">What is odd about it</h2>
      <ul>
        {warnings.map((warning) => (
          <li key={warning}>{wordsForWarning(warning)}</li>
        ))}
        {errors.map((error) => (
          <li key={error}>
            The reporter itself tells of an error: <q>{error}</q>
          </li>
        ))}
      </ul>
    </section>
  );
}

function RefusedRows({ answer: { refusedRows, refusedRowDetails } }: { answer: ReportResponse }) {
  if (refusedRows === 0) return null;
  return (
    <section aria-labelledby="refused-rows">
      <h2 id="refused-rows">{formatQuantity(refusedRows, 'refused row')}</h2>
      <p>These rows could not be read and are in no number.</p>
      <ul>
        {refusedRowDetails.map(({ position, reason, detail }) => (
          <li key={position}>
            Row {formatCount(position + 1)}: {wordsForRowProblem(reason)}{' '}
            {detail !== '' && <q class="code">{detail}</q>}
          </li>
        ))}
      </ul>
      {refusedRowDetails.length < refusedRows && (
        <p class="hint">The first {formatCount(refusedRowDetails.length)} are listed.</p>
      )}
    </section>
  );
}

function Versions({ answer: { versions } }: { answer: ReportResponse }) {
  if (versions.length === 0) return null;
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">Other versions</h2>
      <ul>
        {versions.map(({ id, counted, contentSha256 }) => (
          <li key={id}>
            <a href={reportHref(id)}>Report {id}</a>
            {counted ? ', counted' : ', not counted'} <span class="code">{contentSha256}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

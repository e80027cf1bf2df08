import type { WhatIfResponse } from '../../server/api/contract-what-if.ts';
import { dns, whatIf } from '../endpoints-insight.ts';
import { formatPeriod, formatQuantity } from '../format.ts';
import { query } from '../navigation.ts';
import { DomainCrumb, DomainTabs } from '../parts/domain-tabs.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Failure } from '../parts/show.tsx';
import { type Loaded, useResource } from '../use-resource.ts';
import { candidateWords, composedOf } from '../what-if/candidate-query.ts';
import type { Tried } from '../what-if/columns-of.ts';
import { Composer } from '../what-if/composer.tsx';
import { SourcesTried, WeeksTried } from '../what-if/tried-tables.tsx';
import { DIFFERENCES } from '../words/what-if-words.ts';

/** What other policies would have done to the mail that has arrived. */
export function WhatIf({ domain }: { domain: string }) {
  const composed = composedOf(query.value);
  const today = useResource(whatIf(domain, {}));
  const quarantine = useResource(whatIf(domain, { p: 'quarantine' }));
  const reject = useResource(whatIf(domain, { p: 'reject' }));
  // Hooks may not come and go: without a composed policy this is today's once more.
  const own = useResource(whatIf(domain, composed ?? {}));
  const records = useResource(dns(domain));
  const asked = [
    { label: 'today', loaded: today },
    { label: 'p=quarantine', loaded: quarantine },
    { label: 'p=reject', loaded: reject },
    ...(composed === null ? [] : [{ label: candidateWords(composed), loaded: own }]),
  ];
  const failed = asked.find(({ loaded }) => loaded.error !== null)?.loaded;
  return (
    <>
      <DomainCrumb domain={domain} />
      <PageHeading title={`What if, ${domain}`}>What if</PageHeading>
      <DomainTabs domain={domain} shown="what-if" />
      <p class="lead">
        Other policies, tried on the mail that has arrived. Nothing is changed by trying.
      </p>
      <details class="compose" open={composed !== null}>
        <summary>Compose another policy</summary>
        <Composer dns={records.value} />
      </details>
      {failed?.error != null ? (
        <Failure error={failed.error} reload={failed.reload} />
      ) : (
        <Answers domain={domain} asked={asked} />
      )}
    </>
  );
}

interface Asked {
  label: string;
  loaded: Loaded<WhatIfResponse>;
}

function Answers({ domain, asked }: { domain: string; asked: readonly Asked[] }) {
  const tried: Tried[] = asked.flatMap(({ label, loaded }) =>
    loaded.value === null ? [] : [{ label, answer: loaded.value }],
  );
  const [first] = tried;
  if (first === undefined || tried.length < asked.length) {
    return (
      <div class="waiting waiting-table" aria-busy="true">
        <span class="visually-hidden">Loading</span>
      </div>
    );
  }
  return (
    <>
      <dl class="sentences">
        {tried.map(({ label, answer }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{answer.sentence}</dd>
          </div>
        ))}
      </dl>
      <p class="hint">
        Reports of {formatPeriod(first.answer.window.from, first.answer.window.to)}. “Rejected” is
        an upper bound: receivers should not refuse mail on the policy alone.
      </p>
      <SourcesTried domain={domain} tried={tried} />
      <WeeksTried domain={domain} tried={tried} />
      <Differences answer={first.answer} />
    </>
  );
}

/** Where our arithmetic is not the reporters’ own, said openly. */
function Differences({ answer }: { answer: WhatIfResponse }) {
  const { differences, notRecomputable, governedElsewhere, notes } = answer;
  if (differences.length + notRecomputable + governedElsewhere + notes.length === 0) return null;
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">How exact this is</h2>
      <ul>
        {notRecomputable > 0 && (
          <li>
            For {formatQuantity(notRecomputable, 'message')} the reports do not hold enough to
            compute anew: what the reporter said is kept.
          </li>
        )}
        {governedElsewhere > 0 && (
          <li>
            {formatQuantity(governedElsewhere, 'message')} came from names that have a policy of
            their own, which stays.
          </li>
        )}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {differences.map(({ orgName, kind, messages }) => (
          <li key={`${orgName} ${kind}`}>
            <bdi>{orgName === '' ? 'A reporter without a name' : orgName}</bdi>: {DIFFERENCES[kind]}{' '}
            on {formatQuantity(messages, 'message')}.
          </li>
        ))}
      </ul>
    </section>
  );
}

import type { DnsResponse } from '../../server/api/contract-dns.ts';
import { checkDns, dns } from '../endpoints-insight.ts';
import { Findings } from '../dns/findings.tsx';
import { MicrosoftTenants } from '../dns/microsoft-tenants.tsx';
import { Records } from '../dns/records.tsx';
import { formatDay, formatQuantity, formatTime } from '../format.ts';
import { ActionError } from '../parts/action-error.tsx';
import { DomainCrumb, DomainTabs } from '../parts/domain-tabs.tsx';
import { Ago } from '../parts/numbers.tsx';
import { PageHeading } from '../parts/page-heading.tsx';
import { Show } from '../parts/show.tsx';
import { useAction } from '../use-action.ts';
import { useResource } from '../use-resource.ts';

/** What a domain publishes, what is wrong in it, and how it changed. */
export function Dns({ domain }: { domain: string }) {
  const loaded = useResource(dns(domain));
  return (
    <>
      <DomainCrumb domain={domain} />
      <PageHeading title={`DNS, ${domain}`}>DNS</PageHeading>
      <DomainTabs domain={domain} shown="dns" />
      {loaded.error?.status !== 404 && <CheckNow domain={domain} answer={loaded.value} />}
      <Show of={loaded} room="table">
        {(answer) => <Parts domain={domain} answer={answer} />}
      </Show>
    </>
  );
}

function CheckNow({ domain, answer }: { domain: string; answer: DnsResponse | null }) {
  const { busy, error, say } = useAction();
  const newest = answer?.newest ?? null;
  return (
    <div class="check-now">
      <p>
        {newest === null ? (
          answer === null ? (
            ' '
          ) : (
            'DNS has not been asked about this domain yet.'
          )
        ) : (
          <>
            Asked <Ago seconds={newest.askedSeconds} />{' '}
            {newest.resolver === 'system'
              ? 'through the resolver of this machine'
              : `through ${newest.resolver}`}
            . It is asked again every day.
          </>
        )}
      </p>
      <button type="button" disabled={busy} onClick={() => say(checkDns(domain))}>
        {busy ? 'Asking…' : 'Check now'}
      </button>
      <ActionError error={error} />
    </div>
  );
}

function Parts({ domain, answer }: { domain: string; answer: DnsResponse }) {
  const { newest } = answer;
  return (
    <>
      {newest !== null && (
        <>
          <section aria-labelledby="findings">
            <h2 id="findings">What to look at</h2>
            <Findings findings={newest.findings} />
          </section>
          <Records domain={domain} newest={newest} />
        </>
      )}
      <UnusedIncludes answer={answer} />
      <MicrosoftTenants domain={domain} />
      <History answer={answer} />
    </>
  );
}

function UnusedIncludes({ answer: { unusedIncludes } }: { answer: DnsResponse }) {
  if (unusedIncludes.length === 0) return null;
  return (
    <section aria-labelledby="unused">
      <h2 id="unused">SPF includes that nobody used</h2>
      <p>No report of the last 90 days shows mail through them.</p>
      <ul>
        {unusedIncludes.map(({ include, lookups, lastUsedDay }) => (
          <li key={include}>
            <span class="code">include:{include}</span>: taking it out gives back{' '}
            {formatQuantity(lookups, 'look-up')}
            <span class="under">
              {lastUsedDay === null
                ? 'never seen in use'
                : `last used on ${formatDay(lastUsedDay, 'with-year')}`}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function History({ answer: { history } }: { answer: DnsResponse }) {
  const changed = history.filter(({ changes }) => changes.length > 0);
  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      {changed.length === 0 ? (
        <p class="empty">No change has been seen in {formatQuantity(history.length, 'check')}.</p>
      ) : (
        <dl class="history">
          {changed.map(({ askedSeconds, changes }) => (
            <div key={askedSeconds}>
              <dt>{formatTime(askedSeconds)}</dt>
              <dd>
                <ul class="plain">
                  {changes.map((change) => (
                    <li key={change}>{change}</li>
                  ))}
                </ul>
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}

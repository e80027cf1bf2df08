import type { ComponentChildren } from 'preact';
import type { DnsSnapshotResponse, RecordStateName } from '../../server/api/contract-dns.ts';
import { formatQuantity } from '../format.ts';
import { Term } from '../parts/term.tsx';
import { keyWords, RECORD_STATES, ruaWords, spfWords } from '../words/dns-words.ts';
import { waitWords } from '../words/verdict-words.ts';

/** Every record as published. */
export function Records({ domain, newest }: { domain: string; newest: DnsSnapshotResponse }) {
  return (
    <>
      <Dmarc domain={domain} dmarc={newest.dmarc} />
      <Spf domain={domain} spf={newest.spf} />
      <Dkim domain={domain} keys={newest.dkim} />
      <Mx mx={newest.mx} />
      <div class="side-by-side">
        <Presence id="mta-sts" heading="MTA-STS" of={newest.mtaSts} />
        <Presence id="tls-rpt" heading="TLS-RPT" of={newest.tlsRpt} />
      </div>
    </>
  );
}

interface RecordProps {
  id: string;
  heading: string;
  state: RecordStateName;
  children?: ComponentChildren;
}

function Record({ id, heading, state, children }: RecordProps) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>
        {heading} <span class="soft">{RECORD_STATES[state]}</span>
      </h2>
      {children}
    </section>
  );
}

const Published = ({ text }: { text: string }) => <pre class="record">{text}</pre>;

const Ttl = ({ seconds }: { seconds: number | null }) =>
  seconds === null ? null : (
    <>
      {' '}
      Others may keep it for {waitWords(seconds)} (<Term of="ttl">TTL</Term> {seconds}).
    </>
  );

function Dmarc({ domain, dmarc }: { domain: string; dmarc: DnsSnapshotResponse['dmarc'] }) {
  const { state, name, texts, ttlSeconds, effective, rua, organizationalDomain } = dmarc;
  const { byTreeWalk, byPublicSuffixList } = organizationalDomain;
  return (
    <Record id="dmarc" heading="DMARC" state={state}>
      {texts.map((text) => (
        <Published key={text} text={text} />
      ))}
      <p>
        {name === null ? `No record governs ${domain}.` : `Found at ${name}.`}
        <Ttl seconds={ttlSeconds} />
      </p>
      {effective !== null && (
        <p>
          Receivers apply p={effective.p} to the domain, {effective.sp} to subdomains,{' '}
          {effective.np} to names that do not exist
          {effective.testing && '; t=y asks them to act one level lower'}.
        </p>
      )}
      {byTreeWalk !== null && byTreeWalk !== byPublicSuffixList && (
        <p class="note">
          Newer receivers take <bdi>{byTreeWalk}</bdi> for the organisation’s domain, older ones{' '}
          <bdi>{byPublicSuffixList}</bdi>: they may apply different policies.
        </p>
      )}
      {rua.length > 0 && (
        <ul>
          {rua.map((address) => (
            <li key={address.uri}>
              Reports go to <bdi>{address.uri}</bdi>: {ruaWords(address)}.
            </li>
          ))}
        </ul>
      )}
    </Record>
  );
}

function Spf({ domain, spf }: { domain: string; spf: DnsSnapshotResponse['spf'] }) {
  return (
    <Record id="spf" heading="SPF" state={spf.state}>
      {spf.text !== null && <Published text={spf.text} />}
      <p>
        {spfWords(spf).join(' ')} It lets {formatQuantity(spf.networks, 'network')} send as{' '}
        <bdi>{domain}</bdi>
        {spf.incomplete && ', and more that depend on each message'}.
        <Ttl seconds={spf.ttlSeconds} />
      </p>
      {spf.includes.length > 0 && (
        <ul>
          {spf.includes.map((include) => (
            <li key={include.domain}>
              <Term of="include">include</Term> <bdi>{include.domain}</bdi>:{' '}
              {formatQuantity(include.lookups, 'look-up')},{' '}
              {formatQuantity(include.networks, 'network')}
            </li>
          ))}
        </ul>
      )}
    </Record>
  );
}

function Dkim({ domain, keys }: { domain: string; keys: DnsSnapshotResponse['dkim'] }) {
  return (
    <section aria-labelledby="dkim">
      <h2 id="dkim">
        DKIM <span class="soft">{formatQuantity(keys.length, 'selector')} seen in reports</span>
      </h2>
      {keys.length === 0 && (
        <p>No report names a selector of {domain}, and DNS cannot be asked for all of them.</p>
      )}
      <ul class="plain keys">
        {keys.map((key) => (
          <li key={key.selector}>
            <span class="code">
              {key.selector}._domainkey.{domain}
            </span>
            : {keyWords(key)}
            {key.cnames.length > 0 && (
              <span class="under">
                sent on to <bdi>{key.cnames.join(', ')}</bdi>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Mx({ mx: { state, nullMx, hosts } }: { mx: DnsSnapshotResponse['mx'] }) {
  return (
    <Record id="mx" heading="MX" state={state}>
      {nullMx && <p>The domain says that it receives no mail.</p>}
      <ul class="plain">
        {hosts.map(({ name, preference, addresses }) => (
          <li key={name}>
            {preference} <bdi>{name}</bdi> <span class="soft">{addresses.join(', ')}</span>
          </li>
        ))}
      </ul>
    </Record>
  );
}

function Presence({
  id,
  heading,
  of,
}: {
  id: string;
  heading: string;
  of: DnsSnapshotResponse['mtaSts'];
}) {
  return (
    <Record id={id} heading={heading} state={of.state}>
      {of.text !== null && <Published text={of.text} />}
    </Record>
  );
}

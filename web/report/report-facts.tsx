import type { ComponentChildren } from 'preact';
import type { ReportResponse } from '../../server/api/contract-reports.ts';
import { formatTime, formatUtc } from '../format.ts';
import { domainHref } from '../routes.ts';

/** What a report says about itself, and where it came from. */
export function ReportFacts({ answer }: { answer: ReportResponse }) {
  const { beginSeconds, endSeconds, dialect, version } = answer;
  const covered =
    beginSeconds === null || endSeconds === null
      ? 'no usable dates'
      : `${formatUtc(beginSeconds)} to ${formatUtc(endSeconds)}`;
  return (
    <dl class="facts">
      <Fact label="Domain">
        <a href={domainHref(answer.domain, null)}>
          <bdi>{answer.domain}</bdi>
        </a>
      </Fact>
      <Fact label="Covers">{covered}</Fact>
      <Fact label="Reporter">{answer.orgName}</Fact>
      <Fact label="Contact">{answer.email}</Fact>
      <Fact label="More contact">{answer.extraContactInfo}</Fact>
      <Fact label="Report id">{answer.reportId}</Fact>
      <Fact label="Dialect">
        {dialect === 'rfc9990' ? 'RFC 9990 (2026)' : 'RFC 7489 (2015)'}
        {version !== null && `, version ${version}`}
      </Fact>
      <Fact label="Made by">{answer.generator}</Fact>
      <Fact label="Read">{formatTime(answer.receivedSeconds)}</Fact>
      <Fact label="Arrived in">
        <Arrivals of={answer.arrivals} />
      </Fact>
      <Fact label="SHA-256">
        <span class="code">{answer.contentSha256}</span>
      </Fact>
    </dl>
  );
}

function Fact({ label, children }: { label: string; children: ComponentChildren }) {
  if (children === null || children === '') return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

function Arrivals({ of }: { of: ReportResponse['arrivals'] }) {
  if (of.length === 0) return <>no record of it</>;
  return (
    <ul class="lines">
      {of.map(({ mailbox, uid, name, part }) => (
        <li key={`${mailbox} ${uid} ${name} ${part}`}>{arrivalWords(mailbox, uid, name, part)}</li>
      ))}
    </ul>
  );
}

function arrivalWords(mailbox: string, uid: number, name: string, part: string): string {
  const place = [uid > 0 ? `message ${uid}` : null, part === '' ? null : `part ${part}`, name];
  return `${mailbox}: ${place.filter((word) => word !== null && word !== '').join(', ')}`;
}

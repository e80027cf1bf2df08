import type {
  AggregateReport,
  Dialect,
  PolicyEvaluated,
  PolicyPublished,
  Profile,
  ReportMetadata,
} from '../../ingest/report.ts';

/** What stands outside the records of a report. */
export type ReportHead = Pick<
  AggregateReport,
  'dialect' | 'version' | 'metadata' | 'policyPublished'
>;

/** The XML of a report, in the elements of its dialect. What is null is left out. */
export function renderReport(
  report: ReportHead & Pick<AggregateReport, 'profiles' | 'rows'>,
): string {
  const writers = report.profiles.map((profile) => recordWriter(profile));
  const records = report.rows.map(({ sourceIp, count, profile }) => {
    const write = writers[profile];
    if (write === undefined) throw new RangeError(`row refers to profile ${profile}`);
    return write(sourceIp, count);
  });
  return renderHead(report) + records.join('') + REPORT_TAIL;
}

export const REPORT_TAIL = '</feedback>\n';

export function renderHead({ dialect, version, metadata, policyPublished }: ReportHead): string {
  const root =
    dialect === 'rfc9990' ? '<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">' : '<feedback>';
  return [
    '<?xml version="1.0" encoding="UTF-8" ?>\n',
    `${root}\n`,
    element(1, 'version', version),
    renderMetadata(metadata, dialect),
    renderPolicy(policyPublished, dialect),
  ].join('');
}

/** Everything of a record but its address and count is written once a profile. */
export function recordWriter(profile: Profile): (sourceIp: string, count: number) => string {
  const rest = renderEvaluation(profile.policyEvaluated) + renderIdentity(profile);
  return (sourceIp, count) =>
    ` <record>\n  <row>\n   <source_ip>${sourceIp}</source_ip>\n   <count>${count}</count>\n${rest}`;
}

function renderMetadata(metadata: ReportMetadata, dialect: Dialect): string {
  return group(1, 'report_metadata', [
    element(2, 'org_name', metadata.orgName),
    element(2, 'email', metadata.email),
    element(2, 'extra_contact_info', metadata.extraContactInfo),
    element(2, 'report_id', metadata.reportId),
    group(2, 'date_range', [
      element(3, 'begin', metadata.dateRange.begin),
      element(3, 'end', metadata.dateRange.end),
    ]),
    ...metadata.errors.map((error) => element(2, 'error', error)),
    dialect === 'rfc9990' ? element(2, 'generator', metadata.generator) : '',
  ]);
}

function renderPolicy(policy: PolicyPublished, dialect: Dialect): string {
  const testing = policy.testing === null ? null : policy.testing ? 'y' : 'n';
  const ofDialect =
    dialect === 'rfc9990'
      ? [
          element(2, 'np', policy.np),
          element(2, 'testing', testing),
          element(2, 'discovery_method', policy.discoveryMethod),
        ]
      : [element(2, 'pct', policy.pct === null ? null : String(policy.pct))];
  return group(1, 'policy_published', [
    element(2, 'domain', policy.domain),
    element(2, 'adkim', policy.adkim?.charAt(0) ?? null),
    element(2, 'aspf', policy.aspf?.charAt(0) ?? null),
    element(2, 'p', policy.p),
    element(2, 'sp', policy.sp),
    ...ofDialect,
    element(2, 'fo', policy.fo),
  ]);
}

function renderEvaluation(evaluated: PolicyEvaluated): string {
  return `${group(3, 'policy_evaluated', [
    element(4, 'disposition', evaluated.disposition),
    element(4, 'dkim', passOrFail(evaluated.dkimAligned)),
    element(4, 'spf', passOrFail(evaluated.spfAligned)),
    ...evaluated.reasons.map(({ type, comment }) =>
      group(4, 'reason', [element(5, 'type', type), element(5, 'comment', comment)]),
    ),
  ])}  </row>\n`;
}

function renderIdentity({ identifiers, dkim, spf }: Profile): string {
  const signatures = dkim.map((signature) =>
    group(3, 'dkim', [
      element(4, 'domain', signature.domain),
      element(4, 'selector', signature.selector),
      element(4, 'result', signature.result),
      element(4, 'human_result', signature.humanResult),
    ]),
  );
  const checks = spf.map((check) =>
    group(3, 'spf', [
      element(4, 'domain', check.domain),
      element(4, 'scope', check.scope),
      element(4, 'result', check.result),
      element(4, 'human_result', check.humanResult),
    ]),
  );
  const named = group(2, 'identifiers', [
    element(3, 'envelope_to', identifiers.envelopeTo),
    element(3, 'envelope_from', identifiers.envelopeFrom),
    element(3, 'header_from', identifiers.headerFrom),
  ]);
  return `${named}${group(2, 'auth_results', [...signatures, ...checks])} </record>\n`;
}

function passOrFail(aligned: boolean | null): string | null {
  return aligned === null ? null : aligned ? 'pass' : 'fail';
}

function group(depth: number, name: string, inner: readonly string[]): string {
  const indent = ' '.repeat(depth);
  return `${indent}<${name}>\n${inner.join('')}${indent}</${name}>\n`;
}

function element(depth: number, name: string, text: string | null): string {
  return text === null ? '' : `${' '.repeat(depth)}<${name}>${escapeText(text)}</${name}>\n`;
}

function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

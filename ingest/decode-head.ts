import { domainName } from './domain-name.ts';
import { child, childText, children, oneOf, textOf, type Warnings } from './elements.ts';
import type {
  AlignmentMode,
  DateRange,
  Dialect,
  Disposition,
  PolicyPublished,
  ReportMetadata,
} from './report.ts';
import type { XmlNode } from './xml.ts';

/** Everything of a report that is not in a record. */
export interface Head {
  dialect: Dialect;
  version: string | null;
  metadata: ReportMetadata;
  policyPublished: PolicyPublished;
}

const DISPOSITIONS = ['none', 'quarantine', 'reject'] as const satisfies readonly Disposition[];

/** @param namespaces the attributes of the feedback element, as written. */
export function decodeHead(feedback: XmlNode, namespaces: string, warnings: Warnings): Head {
  const metadata = child(feedback, 'report_metadata', warnings);
  const policy = child(feedback, 'policy_published', warnings);
  return {
    dialect: dialectOf(namespaces, metadata, policy),
    version: childText(feedback, 'version', warnings),
    metadata: decodeMetadata(metadata, warnings),
    policyPublished: decodePolicy(policy, warnings),
  };
}

/** `version` is 1.0 in both (RFC 9990); only the namespace and the new elements tell them apart. */
function dialectOf(namespaces: string, metadata?: XmlNode, policy?: XmlNode): Dialect {
  const isNew =
    namespaces.includes('dmarc-2.0') ||
    children(metadata, 'generator').length > 0 ||
    children(policy, 'testing').length > 0 ||
    children(policy, 'discovery_method').length > 0;
  return isNew ? 'rfc9990' : 'rfc7489';
}

function decodeMetadata(metadata: XmlNode | undefined, warnings: Warnings): ReportMetadata {
  const text = (name: string): string | null => childText(metadata, name, warnings);
  const orgName = text('org_name') ?? '';
  const reportId = text('report_id') ?? '';
  return {
    orgName,
    email: text('email'),
    extraContactInfo: text('extra_contact_info'),
    reportId,
    dateRange: decodeDateRange(child(metadata, 'date_range', warnings), warnings),
    // RFC 7489 allows several.
    errors: children(metadata, 'error').map((error) => textOf(error, warnings)),
    generator: text('generator'),
  };
}

function decodeDateRange(range: XmlNode | undefined, warnings: Warnings): DateRange {
  return dateRange(
    childText(range, 'begin', warnings) ?? '',
    childText(range, 'end', warnings) ?? '',
  );
}

/** Seconds by a strict rule: "0x10", "1e9" and "" are no dates. 163.com sends a float: its whole part. */
export function dateRange(begin: string, end: string): DateRange {
  return { begin, end, beginSeconds: wholeSeconds(begin), endSeconds: wholeSeconds(end) };
}

export const FLOAT_DATE = /^([0-9]{1,15})\.[0-9]+$/;
/** Yahoo broke lines inside of dates. */
const LINE_BREAK = /\s*[\r\n]\s*/g;
/** Above it nothing is a date, however it is broken: white space is looked through again and again. */
const LONGEST_DATE = 500;

function wholeSeconds(text: string): number | null {
  if (text.length > LONGEST_DATE) return null;
  const said = text.replace(LINE_BREAK, '');
  const digits = /^[0-9]+$/.test(said) ? said : FLOAT_DATE.exec(said)?.[1];
  return digits === undefined ? null : Number(digits);
}

function decodePolicy(policy: XmlNode | undefined, warnings: Warnings): PolicyPublished {
  if (policy === undefined) warnings.add('policy-missing');
  const text = (name: string): string | null => childText(policy, name, warnings);
  const disposition = (name: string): Disposition | null =>
    oneOf(text(name), DISPOSITIONS, warnings, 'policy-invalid');
  const domain = domainName(text('domain') ?? '');
  if (!domain.isValid && domain.domain !== '') warnings.add('domain-invalid');
  const p = text('p');
  if (policy !== undefined && (domain.domain === '' || p === null || p === '')) {
    warnings.add('policy-missing');
  }
  return {
    domain: domain.domain,
    p: oneOf(p, DISPOSITIONS, warnings, 'policy-invalid'),
    sp: disposition('sp'),
    np: disposition('np'),
    adkim: alignmentMode(text('adkim'), warnings),
    aspf: alignmentMode(text('aspf'), warnings),
    pct: percent(text('pct'), warnings),
    fo: text('fo'),
    testing: testing(text('testing'), warnings),
    discoveryMethod: oneOf(
      text('discovery_method'),
      ['psl', 'treewalk'] as const,
      warnings,
      'policy-invalid',
    ),
  };
}

function alignmentMode(text: string | null, warnings: Warnings): AlignmentMode | null {
  const mode = oneOf(text, ['r', 's'] as const, warnings, 'policy-invalid');
  return mode === null ? null : mode === 'r' ? 'relaxed' : 'strict';
}

function testing(text: string | null, warnings: Warnings): boolean | null {
  const letter = oneOf(text, ['n', 'y'] as const, warnings, 'policy-invalid');
  return letter === null ? null : letter === 'y';
}

function percent(text: string | null, warnings: Warnings): number | null {
  if (text === null || text === '') return null;
  if (/^[0-9]{1,3}$/.test(text) && Number(text) <= 100) return Number(text);
  warnings.add('policy-invalid');
  return null;
}

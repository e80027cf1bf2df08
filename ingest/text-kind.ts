import { notAReport, type Problem, refused } from './problem.ts';
import { containerSigns } from './unpack-kind.ts';

const JSON_START = /^\s*[{[]/;
/** Members of RFC 8460, section 4.4. */
const TLS_REPORT_MEMBER = /"(?:organization-name|report-id|policies|policy-type|date-range)"\s*:/;
/** RFC 5965, section 3.1. */
const FEEDBACK_TYPE = /^feedback-type\s*:/im;

/**
 * What a document without any XML is.
 * @param start its first characters, a byte each.
 * @returns null where it may be XML.
 */
export function otherThanXml(start: string): Problem | null {
  const first = start.trimStart();
  if (first === '' || first.startsWith('<')) return null;
  if (JSON_START.test(first) && TLS_REPORT_MEMBER.test(first)) {
    return notAReport('tls-report', 'It is a TLS report (RFC 8460), in JSON.');
  }
  if (FEEDBACK_TYPE.test(first)) {
    return notAReport('failure-report', 'It is a failure report (RFC 9991), about one message.');
  }
  const sign = containerSigns(start);
  if (sign !== null) return refused('unsupported-container', `It is packed as ${sign}.`);
  return notAReport('not-xml', 'It does not begin like XML.');
}

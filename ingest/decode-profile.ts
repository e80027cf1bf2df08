import { domainName } from './domain-name.ts';
import { child, childText, children, oneOf, textOf, type Warnings } from './elements.ts';
import type {
  DkimAuthResult,
  DkimResult,
  EvaluatedDisposition,
  Identifiers,
  PolicyEvaluated,
  PolicyOverrideReason,
  PolicyOverrideType,
  Profile,
  SpfAuthResult,
  SpfResult,
} from './report.ts';
import type { XmlNode } from './xml.ts';

const DISPOSITIONS = [
  'none',
  'quarantine',
  'reject',
  'pass',
] as const satisfies readonly EvaluatedDisposition[];
const OVERRIDE_TYPES = [
  'forwarded',
  'sampled_out',
  'trusted_forwarder',
  'mailing_list',
  'local_policy',
  'policy_test_mode',
  'other',
] as const satisfies readonly PolicyOverrideType[];
const DKIM_RESULTS = [
  'none',
  'pass',
  'fail',
  'policy',
  'neutral',
  'temperror',
  'permerror',
] as const satisfies readonly DkimResult[];
const SPF_RESULTS = [
  'none',
  'neutral',
  'pass',
  'fail',
  'softfail',
  'policy',
  'temperror',
  'permerror',
] as const satisfies readonly SpfResult[];

/**
 * A record without its address and count.
 * @param mostResults how many DKIM (and SPF) results are kept; the rest is told.
 */
export function decodeProfile(record: XmlNode, mostResults: number, warnings: Warnings): Profile {
  const row = child(record, 'row', warnings);
  const results = children(record, 'auth_results');
  if (results.length > 1) warnings.add('element-repeated');
  const profile = {
    policyEvaluated: decodeEvaluated(child(row, 'policy_evaluated', warnings), warnings),
    identifiers: decodeIdentifiers(record, warnings),
    dkim: resultsOf(results, 'dkim', mostResults, warnings).map((one) => decodeDkim(one, warnings)),
    spf: resultsOf(results, 'spf', mostResults, warnings).map((one) => decodeSpf(one, warnings)),
  };
  if (isInconsistent(profile)) warnings.add('inconsistent-evaluation');
  return profile;
}

function decodeEvaluated(evaluated: XmlNode | undefined, warnings: Warnings): PolicyEvaluated {
  const aligned = (name: string): boolean | null => {
    const word = childText(evaluated, name, warnings)?.toLowerCase();
    if (word === 'pass') return true;
    if (word === 'fail') return false;
    // AOL leaves it out, others say "softfail" or "none": not said, and never a pass.
    warnings.add('unstated-evaluation');
    return null;
  };
  return {
    disposition: oneOf(childText(evaluated, 'disposition', warnings), DISPOSITIONS, warnings),
    dkimAligned: aligned('dkim'),
    spfAligned: aligned('spf'),
    reasons: children(evaluated, 'reason').flatMap((reason) => decodeReason(reason, warnings)),
  };
}

function decodeReason(reason: XmlNode, warnings: Warnings): PolicyOverrideReason[] {
  const word = childText(reason, 'type', warnings);
  const comment = childText(reason, 'comment', warnings) ?? (textOf(reason, warnings) || null);
  const type = oneOf(word, OVERRIDE_TYPES, warnings);
  if (type !== null) return [{ type, comment }];
  const words = [word, comment].filter((text) => text !== null && text !== '').join(': ');
  return words === '' ? [] : [{ type: null, comment: words }];
}

function decodeIdentifiers(record: XmlNode, warnings: Warnings): Identifiers {
  // passco.net says "identities".
  const found = child(record, 'identifiers', warnings) ?? child(record, 'identities', warnings);
  if (found === undefined) warnings.add('identifiers-missing');
  const headerFrom = domainOf(found, 'header_from', warnings);
  return {
    headerFrom: headerFrom === '' ? null : headerFrom,
    envelopeFrom: domainOf(found, 'envelope_from', warnings),
    envelopeTo: domainOf(found, 'envelope_to', warnings),
  };
}

const AROUND_DOMAIN = /[<@]/;
const bareDomain = (said: string): string => said.replace(/^<(.*)>$/, '$1').replace(/^.*@/s, '');

function domainOf(node: XmlNode | undefined, name: string, warnings: Warnings): string | null {
  const said = childText(node, name, warnings);
  // Return paths are domains in the standard; some send the whole address, or "<>" for none.
  const text = said !== null && AROUND_DOMAIN.test(said) ? bareDomain(said) : said;
  if (text === null || text === '') return text;
  const { domain, isValid } = domainName(text);
  if (!isValid) warnings.add('domain-invalid');
  return domain;
}

function resultsOf(
  results: readonly XmlNode[],
  mechanism: 'dkim' | 'spf',
  most: number,
  warnings: Warnings,
): readonly XmlNode[] {
  const said = results
    .flatMap((node) => children(node, mechanism))
    .filter((result) => result !== '');
  if (said.length <= most) return said;
  warnings.add('dkim-results-dropped');
  return said.slice(0, most);
}

const emptyAsNull = (text: string | null): string | null => (text === '' ? null : text);

function decodeDkim(result: XmlNode, warnings: Warnings): DkimAuthResult {
  return {
    domain: emptyAsNull(domainOf(result, 'domain', warnings)),
    selector: emptyAsNull(childText(result, 'selector', warnings)),
    result: oneOf(resultWord(result, warnings), DKIM_RESULTS, warnings),
    humanResult: emptyAsNull(childText(result, 'human_result', warnings)),
  };
}

function decodeSpf(result: XmlNode, warnings: Warnings): SpfAuthResult {
  const scope = childText(result, 'scope', warnings);
  return {
    domain: emptyAsNull(domainOf(result, 'domain', warnings)),
    scope: oneOf(scope, ['helo', 'mfrom'] as const, warnings),
    result: oneOf(resultWord(result, warnings), SPF_RESULTS, warnings),
    humanResult: emptyAsNull(childText(result, 'human_result', warnings)),
  };
}

/** "hardfail" is an old name of fail. */
function resultWord(result: XmlNode, warnings: Warnings): string | null {
  const word = childText(result, 'result', warnings);
  return word?.toLowerCase() === 'hardfail' ? 'fail' : word;
}

/** Said to be aligned, while results are listed and none of them passed. */
function isInconsistent({ policyEvaluated, dkim, spf }: Profile): boolean {
  const contradicts = (aligned: boolean | null, results: readonly { result: string | null }[]) =>
    aligned === true && results.length > 0 && !results.some(({ result }) => result === 'pass');
  return (
    contradicts(policyEvaluated.dkimAligned, dkim) || contradicts(policyEvaluated.spfAligned, spf)
  );
}

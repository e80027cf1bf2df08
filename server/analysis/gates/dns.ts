import type { DnsSnapshot } from '../../records/dns-snapshot.ts';
import type { Findings } from '../verdict/case.ts';
import { dayInWords, listInWords } from '../verdict/in-words.ts';
import { type Finding, met, notEnoughData, notMet } from './finding.ts';

/** What stands against a step in the records; `unknown` where DNS gave no answer. */
interface Checked {
  wrong: string[];
  unknown: string[];
}

/**
 * The records carry a stricter policy: one valid DMARC record whose reports arrive, a valid SPF
 * record, and keys for the selectors in use.
 * @param selectors those that passed aligned in the last days, each with the domain of its key
 */
export function dns(
  findings: Findings,
  selectors: ReadonlySet<string>,
  sendsNothing = false,
): Finding {
  const { input, at, settings } = findings;
  if (input.dns === null)
    return {
      ...notMet('dns', { value: null, threshold: null, detail: 'DNS was not asked.' }),
      state: 'not-asked',
    };
  if (findings.dns === null)
    return notEnoughData('dns', {
      ...{ value: null, threshold: null, earliest: at + 1 },
      detail: `DNS was last asked on ${dayInWords(Math.floor(input.dns.askedSeconds / 86_400))}. Ask again.`,
    });
  const checks = [
    dmarcCheck(findings.dns, findings.mail.domain),
    sendsNothing ? { wrong: [], unknown: [] } : spfCheck(findings.dns, settings.spfLookups),
    selectorCheck(findings.dns, selectors),
  ];
  const wrong = checks.flatMap((check) => check.wrong);
  const unknown = checks.flatMap((check) => check.unknown);
  const told = { value: wrong.length, threshold: 0, earliest: at + 1 };
  if (wrong.length > 0) return notMet('dns', { ...told, detail: wrong.join(' ') });
  if (unknown.length > 0)
    return notEnoughData('dns', { ...told, detail: `${unknown.join(' ')} Ask again.` });
  return met('dns', {
    ...{ ...told, earliest: null },
    detail: sendsNothing
      ? 'One valid DMARC record, and its reports are authorised.'
      : 'One valid DMARC record, its reports are authorised, SPF is valid, and the keys in use resolve.',
  });
}

function dmarcCheck({ dmarc, findings }: DnsSnapshot, domain: string): Checked {
  if (dmarc.state === 'unknown')
    return { wrong: [], unknown: ['DNS gave no answer for the DMARC record.'] };
  const wrong = findings
    .filter(({ about, severity }) => about === 'dmarc' && severity === 'blocks')
    .map(({ text }) => text);
  if (wrong.length > 0) return { wrong, unknown: [] };
  if (dmarc.state === 'several')
    wrong.push('There are several DMARC records, which counts as none. Keep one.');
  else if (dmarc.state === 'absent') wrong.push('There is no DMARC record.');
  else if (dmarc.state === 'invalid') wrong.push('The DMARC record cannot be read.');
  else if (dmarc.name !== null && dmarc.name !== domain)
    wrong.push(`${domain} has no record of its own: that of ${dmarc.name} governs it.`);
  if (wrong.length > 0) return { wrong, unknown: [] };
  return ruaCheck(dmarc);
}

/** An address without authorisation is ignored, and the others still get reports. */
function ruaCheck({ rua }: DnsSnapshot['dmarc']): Checked {
  if (rua.length === 0)
    return { wrong: ['The record has no valid rua: no report would tell of harm.'], unknown: [] };
  if (rua.some(({ external, authorised }) => !external || authorised === true))
    return { wrong: [], unknown: [] };
  const named = listInWords(rua.map(({ uri }) => uri));
  if (rua.some(({ authorised }) => authorised === null))
    return { wrong: [], unknown: [`Whether ${named} may get the reports is not known.`] };
  return {
    wrong: [`${named} is not authorised to get the reports. Its host has to publish a record.`],
    unknown: [],
  };
}

function spfCheck({ spf, findings }: DnsSnapshot, most: number): Checked {
  if (spf.state === 'unknown')
    return { wrong: [], unknown: ['DNS gave no answer for the SPF record.'] };
  const wrong = findings
    .filter(({ about, severity }) => about === 'spf' && severity === 'blocks')
    .map(({ text }) => text);
  if (wrong.length > 0) return { wrong, unknown: [] };
  if (spf.state === 'absent') wrong.push('There is no SPF record.');
  else if (spf.state === 'several') wrong.push('There are several SPF records. Keep one.');
  else if (spf.state === 'invalid') wrong.push('The SPF record cannot be read.');
  if (spf.all === '+') wrong.push('The SPF record ends in +all: every machine passes.');
  if (spf.lookups !== null && spf.lookups > most)
    wrong.push(`SPF needs ${spf.lookups} look-ups; receivers stop at ${most}.`);
  if (wrong.length > 0 || spf.lookups !== null) return { wrong, unknown: [] };
  return { wrong, unknown: ['The look-ups that SPF needs are not known.'] };
}

function selectorCheck({ dkim }: DnsSnapshot, selectors: ReadonlySet<string>): Checked {
  const states = new Map(dkim.map(({ selector, state }) => [selector, state]));
  const wrong: string[] = [];
  const unknown: string[] = [];
  for (const selector of [...selectors].sort()) {
    const state = states.get(selector) ?? 'unknown';
    if (state === 'unknown')
      unknown.push(`Whether the key of selector ${selector} is there is not known.`);
    else if (state !== 'valid')
      wrong.push(`Mail is signed with selector ${selector}, and its key is ${state} in DNS.`);
  }
  return { wrong, unknown };
}

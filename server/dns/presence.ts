import type { Presence } from '../records/dns-snapshot.ts';
import { findingOf, problem } from '../records/findings.ts';
import type { FindingId } from '../records/findings.ts';
import type { Checked } from './dmarc-facts.ts';
import type { Resolver } from './look-up.ts';
import { textsAt } from './texts.ts';

interface Kind {
  label: string;
  begins: RegExp;
  form: RegExp;
  invalid: FindingId;
  several: FindingId;
}

const MTA_STS: Kind = {
  label: '_mta-sts',
  begins: /^v=STSv1\s*(;|$)/,
  form: /^v=STSv1\s*;(.*;)?\s*id=[A-Za-z0-9]{1,32}\s*(;|$)/,
  invalid: 'mta-sts-invalid',
  several: 'mta-sts-several',
};

const TLS_RPT: Kind = {
  label: '_smtp._tls',
  begins: /^v=TLSRPTv1\s*(;|$)/,
  form: /^v=TLSRPTv1\s*;(.*;)?\s*rua=\s*(mailto:[^\s;]+@|https:\/\/)[^\s;]/,
  invalid: 'tls-rpt-invalid',
  several: 'tls-rpt-several',
};

/** Is there a record of MTA-STS (RFC 8461 §3.1)? The policy file itself is not fetched. */
export async function mtaStsPresence(
  domain: string,
  resolver: Resolver,
): Promise<Checked<Presence>> {
  return presence(domain, MTA_STS, resolver);
}

/** Is there a record that asks for TLS reports (RFC 8460 §3)? */
export async function tlsRptPresence(
  domain: string,
  resolver: Resolver,
): Promise<Checked<Presence>> {
  return presence(domain, TLS_RPT, resolver);
}

async function presence(
  domain: string,
  kind: Kind,
  resolver: Resolver,
): Promise<Checked<Presence>> {
  const found = await textsAt(resolver, `${kind.label}.${domain}`);
  const texts = found.texts.filter((text) => kind.begins.test(text));
  const text = texts.length === 1 ? (texts[0] ?? '') : null;
  if (found.failure !== null) return { facts: { state: 'unknown', text: null }, findings: [] };
  if (texts.length > 1)
    return {
      facts: { state: 'several', text: null },
      findings: [findingOf(problem(kind.several, { domain }))],
    };
  if (text === null) return { facts: { state: 'absent', text: null }, findings: [] };
  if (kind.form.test(text)) return { facts: { state: 'valid', text }, findings: [] };
  return {
    facts: { state: 'invalid', text },
    findings: [findingOf(problem(kind.invalid, { domain }))],
  };
}

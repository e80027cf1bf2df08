import type { PolicyOverrideReason, Profile } from './report.ts';

/**
 * What a profile says about authentication and nothing else: without the recipient, the words of
 * people and the order of its parts. Few shapes stand for many profiles, so that a question about
 * a domain's mail is answered from them. Names are lower-case; `envelopeFrom` is a bare domain
 * ('' a null return path). Of a comment only that it tells of ARC is kept, as 'arc=pass'.
 */
export function shapeOf({ policyEvaluated, identifiers, dkim, spf }: Profile): Profile {
  return {
    policyEvaluated: {
      ...policyEvaluated,
      reasons: distinct(policyEvaluated.reasons.map(reasonShape)),
    },
    identifiers: {
      headerFrom: domainOf(identifiers.headerFrom),
      envelopeFrom: domainOf(identifiers.envelopeFrom),
      envelopeTo: null,
    },
    dkim: distinct(
      dkim.map(({ domain, selector, result }) => ({
        domain: domainOf(domain),
        selector: selector?.toLowerCase() ?? null,
        result,
        humanResult: null,
      })),
    ),
    spf: distinct(
      spf.map(({ domain, scope, result }) => ({
        domain: domainOf(domain),
        scope,
        result,
        humanResult: null,
      })),
    ),
  };
}

const ARC_PASSED = /\barc\s*[=:]\s*"?pass/i;

function reasonShape({ type, comment }: PolicyOverrideReason): PolicyOverrideReason {
  return { type, comment: comment !== null && ARC_PASSED.test(comment) ? 'arc=pass' : null };
}

function domainOf(name: string | null): string | null {
  if (name === null) return null;
  return name.slice(name.lastIndexOf('@') + 1).toLowerCase();
}

/** Each part once, in an order that does not depend on how it was sent. */
function distinct<T extends object>(parts: readonly T[]): T[] {
  const byText = new Map(parts.map((part) => [JSON.stringify(part), part]));
  return [...byText].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, part]) => part);
}

import type { DomainSummary } from '../store/store.ts';
import type { DomainsResponse } from './contract-domains.ts';

/** More make an answer, and a page, that is too large. An agency has a thousand or two. */
const LISTED_DOMAINS = 2_000;

/**
 * Of very many domains those with the most reports, as they were sorted: one that a stranger invents has
 * a report or two, whatever they count.
 */
export function mostReported(
  domains: readonly DomainSummary[],
  limit = LISTED_DOMAINS,
): Pick<DomainsResponse, 'more'> & { listed: DomainSummary[] } {
  const ranked = domains.toSorted((a, b) => b.reports - a.reports);
  const left = new Set(ranked.slice(limit));
  const more = { domains: left.size, messages: 0, dmarcAligned: 0, reports: 0 };
  for (const { tally, reports } of left) {
    more.messages += tally.messages;
    more.dmarcAligned += tally.dmarcAligned;
    more.reports += reports;
  }
  return { listed: domains.filter((one) => !left.has(one)), more };
}

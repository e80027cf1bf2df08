import { bad, ok, type Result } from '../../ingest/result.ts';
import type { StoreReader } from '../store/store.ts';
import { type ApiProblem, problem } from './api-problem.ts';
import type { RangeQuery } from './contract-base.ts';
import { type ClosedRange, rangeOf } from './day-range.ts';
import type { AppDeps } from './ports.ts';

export const UNKNOWN_DOMAIN = problem(
  404,
  'unknown-domain',
  'No report of this domain has been counted. The list of domains has those there are; ' +
    'a new domain appears with its first report.',
);

/** A domain that reports were counted for, and the days that are asked about. */
export interface AboutDomain {
  domain: string;
  range: ClosedRange;
}

export async function aboutDomain(
  deps: Pick<AppDeps, 'reader' | 'now'>,
  params: { domain: string },
  query: RangeQuery,
): Promise<Result<AboutDomain, ApiProblem>> {
  const range = rangeOf(query, deps.now());
  if (!range.ok) return range;
  const domain = await knownDomain(deps.reader, params);
  return domain.ok ? ok({ domain: domain.value, range: range.value }) : domain;
}

/** The domain in lower case, if any report of it was counted. */
export async function knownDomain(
  reader: StoreReader,
  params: { domain: string },
): Promise<Result<string, ApiProblem>> {
  const domain = params.domain.toLowerCase();
  return (await reader.knownDomain(domain)) ? ok(domain) : bad(UNKNOWN_DOMAIN);
}

/** What is known of a domain, or the problem that nothing is. */
export const orUnknown = <T>(value: T | null): Result<T, ApiProblem> =>
  value === null ? bad(UNKNOWN_DOMAIN) : ok(value);

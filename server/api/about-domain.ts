import { bad, ok, type Result } from '../../ingest/result.ts';
import type { StoreReader } from '../store/store.ts';
import { type ApiProblem, problem } from './api-problem.ts';
import type { RangeQuery } from './contract.ts';
import { type ClosedRange, rangeOf } from './day-range.ts';
import type { AppDeps } from './ports.ts';

export const EVER = { from: null, to: null };

/** A domain that reports were counted for, and the days that are asked about. */
export interface AboutDomain {
  domain: string;
  range: ClosedRange;
}

export async function aboutDomain(
  { reader, now }: Pick<AppDeps, 'reader' | 'now'>,
  params: { domain: string },
  query: RangeQuery,
): Promise<Result<AboutDomain, ApiProblem>> {
  const range = rangeOf(query, now());
  if (!range.ok) return range;
  const domain = params.domain.toLowerCase();
  if (await isKnown(reader, domain)) return ok({ domain, range: range.value });
  const message =
    'No report of this domain has been counted. The list of domains has those there are; ' +
    'a new domain appears with its first report.';
  return bad(problem(404, 'unknown-domain', message));
}

async function isKnown(reader: StoreReader, domain: string): Promise<boolean> {
  const { reports } = await reader.totals({ domain, ...EVER });
  return reports > 0;
}

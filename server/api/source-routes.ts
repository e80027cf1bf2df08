import { emptyTally } from '../../ingest/outcome.ts';
import { bad, ok, type Result } from '../../ingest/result.ts';
import type { DayTally, SourceSummary, StoreReader } from '../store/store.ts';
import { type AboutDomain, aboutDomain, EVER } from './about-domain.ts';
import { answer, type ApiProblem, failures, problem } from './api-problem.ts';
import type { Api } from './api-type.ts';
import {
  DaysResponse,
  DomainParams,
  DomainSourceParams,
  RangeQuery,
  SourceDetailResponse,
  SourcesResponse,
} from './contract.ts';
import { type ClosedRange, daysOf } from './day-range.ts';
import type { AppDeps } from './ports.ts';

const perSource = { params: DomainSourceParams, querystring: RangeQuery };

/** GET /api/domains/:domain/sources, and one source with its addresses and days. */
export function sourceRoutes(api: Api, deps: AppDeps): void {
  listRoute(api, deps);
  sourceRoute(api, deps);
  daysRoute(api, deps);
}

function listRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'Sending sources of a domain, with what was aligned and what was not',
    params: DomainParams,
    querystring: RangeQuery,
    response: { 200: SourcesResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/sources', { schema }, async (request, reply) => {
    const about = await aboutDomain(deps, request.params, request.query);
    if (!about.ok) return answer(reply, about);
    const { domain, range } = about.value;
    return { range, sources: await deps.reader.sources(domain, range) };
  });
}

function sourceRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'One source and its addresses',
    ...perSource,
    response: { 200: SourceDetailResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/sources/:source', { schema }, async (request, reply) => {
    const found = await aboutSource(deps, request.params, request.query);
    if (!found.ok) return answer(reply, found);
    const { domain, range, source } = found.value;
    return { range, source, addresses: await deps.reader.addresses(domain, source.id, range) };
  });
}

function daysRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'Every day of the range for one source; null on a day without a report',
    ...perSource,
    response: { 200: DaysResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/sources/:source/days', { schema }, async (request, reply) => {
    const found = await aboutSource(deps, request.params, request.query);
    if (!found.ok) return answer(reply, found);
    const { domain, range, source } = found.value;
    const [ofDomain, ofSource] = await Promise.all([
      deps.reader.days(domain, null, range),
      deps.reader.days(domain, source.id, range),
    ]);
    return { range, days: sourceDays(range, ofDomain, ofSource) };
  });
}

async function aboutSource(
  deps: AppDeps,
  params: { domain: string; source: string },
  query: RangeQuery,
): Promise<Result<AboutDomain & { source: SourceSummary }, ApiProblem>> {
  const about = await aboutDomain(deps, params, query);
  if (!about.ok) return about;
  const source = await sourceOf(deps.reader, about.value, params.source);
  return source.ok ? ok({ ...about.value, source: source.value }) : source;
}

/** A source that was known before or after the range has sums of zero in it. */
async function sourceOf(
  reader: StoreReader,
  { domain, range }: AboutDomain,
  id: string,
): Promise<Result<SourceSummary, ApiProblem>> {
  const find = (sources: SourceSummary[]) => sources.find((source) => source.id === id);
  const inRange = find(await reader.sources(domain, range));
  if (inRange !== undefined) return ok(inRange);
  const ever = find(await reader.sources(domain, EVER));
  if (ever !== undefined) {
    return ok({ ...ever, tally: emptyTally(), addresses: 0, passedUnaligned: [] });
  }
  const message =
    'No mail of this source was reported for this domain. It may have got a better name since: ' +
    'look for it in the list of sources.';
  return bad(problem(404, 'unknown-source', message));
}

/** On a day with reports that do not name the source it sent nothing; without reports nobody knows. */
function sourceDays(
  range: ClosedRange,
  ofDomain: readonly DayTally[],
  ofSource: readonly DayTally[],
): DaysResponse['days'] {
  const reported = new Set(ofDomain.map(({ day }) => day));
  const tallies = new Map(ofSource.map(({ day, tally }) => [day, tally]));
  return daysOf(range).map((day) => ({
    day,
    tally: tallies.get(day) ?? (reported.has(day) ? emptyTally() : null),
  }));
}

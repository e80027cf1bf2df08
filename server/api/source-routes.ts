import { bad, ok, type Result } from '../../ingest/result.ts';
import { aboutDomain, orUnknown } from './about-domain.ts';
import { answer, type ApiProblem, failures, problem } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { DomainParams, DomainSourceParams, RangeQuery } from './contract-base.ts';
import { DaysResponse, SourceDetailResponse, SourcesResponse } from './contract-sources.ts';
import type { AppDeps } from './ports.ts';
import { daysJson, sourceDetailJson, sourceListJson } from './source-json.ts';

const perSource = { params: DomainSourceParams, querystring: RangeQuery };

/** GET /api/domains/:domain/sources, and one source with its addresses and days. */
export function sourceRoutes(api: Api, deps: AppDeps): void {
  listRoute(api, deps);
  sourceRoute(api, deps);
  daysRoute(api, deps);
}

function listRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'Sending sources of a domain by class, with why, what to do, and what to ask the user',
    params: DomainParams,
    querystring: RangeQuery,
    response: { 200: SourcesResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/sources', { schema }, async (request, reply) => {
    const about = await aboutDomain(deps, request.params, request.query);
    if (!about.ok) return answer(reply, about);
    const { domain, range } = about.value;
    const list = orUnknown(await deps.insight.sources(domain, range));
    return list.ok ? { range, ...sourceListJson(list.value) } : answer(reply, list);
  });
}

function sourceRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'One source: its class and why, addresses, signatures, return paths, receivers',
    ...perSource,
    response: { 200: SourceDetailResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/sources/:source', { schema }, async (request, reply) => {
    const about = await aboutDomain(deps, request.params, request.query);
    if (!about.ok) return answer(reply, about);
    const { domain, range } = about.value;
    const found = orNoSource(await deps.insight.source(domain, request.params.source, range));
    return found.ok ? sourceDetailJson(range, found.value) : answer(reply, found);
  });
}

function daysRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'Every day of the range for one source; null on a day without a report',
    ...perSource,
    response: { 200: DaysResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/sources/:source/days', { schema }, async (request, reply) => {
    const about = await aboutDomain(deps, request.params, request.query);
    if (!about.ok) return answer(reply, about);
    const { domain, range } = about.value;
    const found = orNoSource(await deps.insight.days(domain, request.params.source, range));
    return found.ok ? { range, days: daysJson(range, found.value) } : answer(reply, found);
  });
}

/** What is known of a source, or the problem that nothing is. */
export const orNoSource = <T>(value: T | null): Result<T, ApiProblem> =>
  value === null ? bad(UNKNOWN_SOURCE) : ok(value);

const UNKNOWN_SOURCE = problem(
  404,
  'unknown-source',
  'No mail of this source was reported for this domain. It may have got a better name since: ' +
    'look for it in the list of sources.',
);

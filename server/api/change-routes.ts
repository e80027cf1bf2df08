import { aboutDomain, orUnknown } from './about-domain.ts';
import { answer, failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { beforeAfterJson, changeJson } from './change-json.ts';
import { DomainParams, RangeQuery } from './contract-base.ts';
import { BeforeAfterQuery, BeforeAfterResponse, ChangesResponse } from './contract-changes.ts';
import { dayOfQuery } from './day-range.ts';
import type { AppDeps } from './ports.ts';

/** GET /api/domains/:domain/changes and /before-after. */
export function changeRoutes(api: Api, deps: AppDeps): void {
  changesRoute(api, deps);
  beforeAfterRoute(api, deps);
}

function changesRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'Policy and DNS changes, first and last mail of sources, and notes, by day',
    params: DomainParams,
    querystring: RangeQuery,
    response: { 200: ChangesResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/changes', { schema }, async (request, reply) => {
    const about = await aboutDomain(deps, request.params, request.query);
    if (!about.ok) return answer(reply, about);
    const { domain, range } = about.value;
    const changes = orUnknown(await deps.insight.changes(domain, range));
    if (!changes.ok) return answer(reply, changes);
    return { range, changes: changes.value.map(changeJson) };
  });
}

function beforeAfterRoute(api: Api, { insight, now }: AppDeps): void {
  const schema = {
    summary: 'Each source over as many days before a day as after it',
    params: DomainParams,
    querystring: BeforeAfterQuery,
    response: { 200: BeforeAfterResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/before-after', { schema }, async (request, reply) => {
    const day = dayOfQuery(request.query.day, now());
    if (!day.ok) return answer(reply, day);
    const domain = request.params.domain.toLowerCase();
    const compared = orUnknown(await insight.beforeAfter(domain, day.value ?? 0));
    return compared.ok ? beforeAfterJson(compared.value) : answer(reply, compared);
  });
}

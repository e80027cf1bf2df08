import { ok, type Result } from '../../ingest/result.ts';
import type { VerdictOptions } from '../insight/insight.ts';
import { orUnknown } from './about-domain.ts';
import { answer, type ApiProblem, failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { DomainParams } from './contract-base.ts';
import { VerdictQuery, VerdictResponse } from './contract-verdict.ts';
import { WhatIfQuery, WhatIfResponse } from './contract-what-if.ts';
import { dayOfQuery } from './day-range.ts';
import type { AppDeps } from './ports.ts';
import { verdictJson } from './verdict-json.ts';
import { candidateOf, whatIfJson } from './what-if-json.ts';

/** GET /api/domains/:domain/verdict and /what-if. */
export function verdictRoutes(api: Api, deps: AppDeps): void {
  verdictRoute(api, deps);
  whatIfRoute(api, deps);
}

function verdictRoute(api: Api, { insight, now }: AppDeps): void {
  const schema = {
    summary: 'Stay, advance or go back: with gates, blockers and the record to publish',
    params: DomainParams,
    querystring: VerdictQuery,
    response: { 200: VerdictResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/verdict', { schema }, async (request, reply) => {
    const options = optionsOf(request.query, now());
    if (!options.ok) return answer(reply, options);
    const domain = request.params.domain.toLowerCase();
    const verdict = orUnknown(await insight.verdict(domain, options.value));
    return verdict.ok ? verdictJson(verdict.value) : answer(reply, verdict);
  });
}

function whatIfRoute(api: Api, { insight, now }: AppDeps): void {
  const schema = {
    summary: 'What another policy would have done to the mail that has arrived',
    params: DomainParams,
    querystring: WhatIfQuery,
    response: { 200: WhatIfResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/what-if', { schema }, async (request, reply) => {
    const options = optionsOf(request.query, now());
    if (!options.ok) return answer(reply, options);
    const domain = request.params.domain.toLowerCase();
    const candidate = candidateOf(request.query);
    const result = orUnknown(await insight.whatIf(domain, candidate, options.value));
    return result.ok ? whatIfJson(result.value) : answer(reply, result);
  });
}

function optionsOf(query: VerdictQuery, nowSeconds: number): Result<VerdictOptions, ApiProblem> {
  const at = dayOfQuery(query.at, nowSeconds);
  return at.ok ? ok({ at: at.value, offline: query.offline === 'true' }) : at;
}

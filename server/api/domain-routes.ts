import { emptyTally } from '../../ingest/outcome.ts';
import type { StoreReader } from '../store/store.ts';
import { aboutDomain, orUnknown } from './about-domain.ts';
import { answer, failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { DomainParams, RangeQuery } from './contract-base.ts';
import { DomainResponse, DomainsResponse, ReceiversResponse } from './contract-domains.ts';
import { DaysResponse } from './contract-sources.ts';
import { type ClosedRange, daysOf, lastFullDays, rangeOf } from './day-range.ts';
import { mostReported } from './most-reported.ts';
import type { AppDeps } from './ports.ts';
import { daysJson } from './source-json.ts';

const TREND_DAYS = 90;

const perDomain = { params: DomainParams, querystring: RangeQuery };

/** GET /api/domains, /api/domains/:domain, and its /days and /receivers. */
export function domainRoutes(api: Api, deps: AppDeps): void {
  listRoute(api, deps);
  domainRoute(api, deps);
  daysRoute(api, deps);
  receiversRoute(api, deps);
}

function listRoute(api: Api, { reader, now }: AppDeps): void {
  const schema = {
    summary: 'All policy domains, with sums of the range and a trend of 90 days',
    querystring: RangeQuery,
    response: { 200: DomainsResponse, ...failures(400) },
  };
  api.get('/api/domains', { schema }, async (request, reply) => {
    const range = rangeOf(request.query, now());
    if (!range.ok) return answer(reply, range);
    return allDomains(reader, range.value, lastFullDays(TREND_DAYS, now()));
  });
}

function domainRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'One policy domain: its published policy and the sums of the range',
    ...perDomain,
    response: { 200: DomainResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain', { schema }, async (request, reply) => {
    const about = await aboutDomain(deps, request.params, request.query);
    if (!about.ok) return answer(reply, about);
    return oneDomain(deps.reader, about.value.domain, about.value.range);
  });
}

function daysRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'Every day of the range by outcome and class; null on a day without a report',
    ...perDomain,
    response: { 200: DaysResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/days', { schema }, async (request, reply) => {
    const about = await aboutDomain(deps, request.params, request.query);
    if (!about.ok) return answer(reply, about);
    const { domain, range } = about.value;
    const days = orUnknown(await deps.insight.days(domain, null, range));
    return days.ok ? { range, days: daysJson(range, days.value) } : answer(reply, days);
  });
}

function receiversRoute(api: Api, deps: AppDeps): void {
  const schema = {
    summary: 'Who reported on the domain, and what they counted',
    ...perDomain,
    response: { 200: ReceiversResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/receivers', { schema }, async (request, reply) => {
    const about = await aboutDomain(deps, request.params, request.query);
    if (!about.ok) return answer(reply, about);
    const { domain, range } = about.value;
    return { range, receivers: await deps.reader.receivers(domain, range) };
  });
}

async function allDomains(
  reader: StoreReader,
  range: ClosedRange,
  trendRange: ClosedRange,
): Promise<DomainsResponse> {
  const [domains, trends] = await Promise.all([
    reader.domains(range),
    reader.domainTrends(trendRange),
  ]);
  const { listed, more } = mostReported(domains);
  const known = new Map(trends.map((point) => [`${point.domain} ${point.day}`, point]));
  const days = daysOf(trendRange);
  return {
    range,
    more,
    domains: listed.map((summary) => ({
      ...summary,
      trend: days.map((day) => {
        const point = known.get(`${summary.domain} ${day}`);
        return {
          day,
          messages: point?.messages ?? null,
          dmarcAligned: point?.dmarcAligned ?? null,
        };
      }),
    })),
  };
}

async function oneDomain(
  reader: StoreReader,
  domain: string,
  range: ClosedRange,
): Promise<DomainResponse> {
  // Without a report in the range, the policy and the last report are still worth telling.
  const [summary] = await reader.domains(range, domain);
  return {
    range,
    domain,
    policyPublished: summary?.policyPublished ?? null,
    tally: summary?.tally ?? emptyTally(),
    reports: summary?.reports ?? 0,
    lastReportEndSeconds: summary?.lastReportEndSeconds ?? null,
    undated: await reader.undated(domain),
  };
}

import { knownDomain, orUnknown } from './about-domain.ts';
import { answer, failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { DomainParams, NoQuery } from './contract-base.ts';
import { DnsResponse } from './contract-dns.ts';
import { dnsJson } from './dns-json.ts';
import type { HttpLimits } from './http-limits.ts';
import type { AppDeps } from './ports.ts';

/** GET /api/domains/:domain/dns and POST /dns/check. */
export function dnsRoutes(api: Api, deps: AppDeps, limits: HttpLimits): void {
  readRoute(api, deps);
  checkRoute(api, deps, limits);
}

function readRoute(api: Api, { insight }: AppDeps): void {
  const schema = {
    summary: 'The records of a domain as last asked, what is wrong in them, and their history',
    params: DomainParams,
    querystring: NoQuery,
    response: { 200: DnsResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/dns', { schema }, async (request, reply) => {
    const domain = request.params.domain.toLowerCase();
    const found = orUnknown(await insight.dns(domain));
    return found.ok ? dnsJson(domain, found.value) : answer(reply, found);
  });
}

function checkRoute(api: Api, deps: AppDeps, limits: HttpLimits): void {
  const { reader, insight, words } = deps;
  const schema = {
    summary: 'Ask DNS about a domain now, and keep the answer',
    params: DomainParams,
    response: { 200: DnsResponse, ...failures(400, 404, 415, 507) },
  };
  api.post('/api/domains/:domain/dns/check', { schema }, async (request, reply) => {
    const known = await knownDomain(reader, request.params);
    if (!known.ok) return answer(reply, known);
    // Nothing is sent while name servers are waited for: the connection may be idle so long.
    reply.raw.setTimeout(1_000 * limits.dnsCheckSeconds, () => reply.raw.destroy());
    await words.checkDns(known.value);
    const found = orUnknown(await insight.dns(known.value));
    return found.ok ? dnsJson(known.value, found.value) : answer(reply, found);
  });
}

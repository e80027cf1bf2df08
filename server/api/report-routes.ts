import { isIP } from 'node:net';
import { bad, ok, type Result } from '../../ingest/result.ts';
import type { ReportFilter } from '../store/store.ts';
import { answer, type ApiProblem, failures, problem } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { IdParams, NoQuery, PAGE_ROWS } from './contract-base.ts';
import {
  ReportResponse,
  ReportsQuery,
  ReportsResponse,
  RowsQuery,
  RowsResponse,
} from './contract-reports.ts';
import { openRangeOf } from './day-range.ts';
import type { AppDeps } from './ports.ts';

export const UNKNOWN_REPORT = problem(
  404,
  'unknown-report',
  'There is no report with this number. The list of reports has those there are.',
);

/** GET /api/reports, one report, and its rows. */
export function reportRoutes(api: Api, deps: AppDeps): void {
  listRoute(api, deps);
  reportRoute(api, deps);
  rowsRoute(api, deps);
}

function listRoute(api: Api, { reader }: AppDeps): void {
  const schema = {
    summary: 'Reports, newest first, a page at a time',
    querystring: ReportsQuery,
    response: { 200: ReportsResponse, ...failures(400) },
  };
  api.get('/api/reports', { schema }, async (request, reply) => {
    const filter = filterOf(request.query);
    if (!filter.ok) return answer(reply, filter);
    const { cursor = null, limit = PAGE_ROWS } = request.query;
    const page = await reader.reports(filter.value, cursor, limit);
    return { reports: page.items, nextCursor: page.nextCursor };
  });
}

function reportRoute(api: Api, { reader }: AppDeps): void {
  const schema = {
    summary: 'One report: what it says of itself, its policy, its warnings, where it came from',
    params: IdParams,
    querystring: NoQuery,
    response: { 200: ReportResponse, ...failures(400, 404) },
  };
  api.get('/api/reports/:id', { schema }, async (request, reply) => {
    const report = await reader.report(request.params.id);
    return answer(reply, report === null ? bad(UNKNOWN_REPORT) : ok(report));
  });
}

function rowsRoute(api: Api, { reader }: AppDeps): void {
  const schema = {
    summary: 'Rows of one report, in its order',
    params: IdParams,
    querystring: RowsQuery,
    response: { 200: RowsResponse, ...failures(400, 404) },
  };
  api.get('/api/reports/:id/rows', { schema }, async (request, reply) => {
    const { id } = request.params;
    const { offset = 0, limit = PAGE_ROWS } = request.query;
    if ((await reader.report(id)) === null) return answer(reply, bad(UNKNOWN_REPORT));
    return { rows: await reader.rows(id, offset, limit) };
  });
}

function filterOf(query: ReportsQuery): Result<ReportFilter, ApiProblem> {
  const range = openRangeOf(query);
  if (!range.ok) return range;
  const { domain, org = null, source = null, address = null } = query;
  if (address !== null && isIP(address) === 0) {
    const message = 'This is no IP address. Write one as 192.0.2.7 or 2001:db8::7.';
    return bad(problem(400, 'no-address', message));
  }
  return ok({
    ...range.value,
    domain: domain?.toLowerCase() ?? null,
    orgName: org,
    sourceId: source,
    sourceIp: address?.toLowerCase() ?? null,
  });
}

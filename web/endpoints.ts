import type { RangeQuery } from '../server/api/contract-base.ts';
import type {
  DomainResponse,
  DomainsResponse,
  ReceiversResponse,
} from '../server/api/contract-domains.ts';
import type {
  LedgerQuery,
  LedgerResponse,
  LedgerRetryResponse,
} from '../server/api/contract-ledger.ts';
import type {
  ReportResponse,
  ReportsQuery,
  ReportsResponse,
  RowsResponse,
} from '../server/api/contract-reports.ts';
import type { StoreResponse } from '../server/api/contract-store.ts';
import type {
  DaysResponse,
  SourceDetailResponse,
  SourcesResponse,
} from '../server/api/contract-sources.ts';
import type {
  AfterChoice,
  HealthResponse,
  ImportAccepted,
  MailboxForm,
  MailboxTestResponse,
  MailboxesResponse,
} from '../server/api/contract.ts';
import type { Action, Resource } from './api.ts';
import type { Period } from './period.ts';
import { withQuery } from './routes.ts';

/** Everything that the page asks of the server. */

export const range = (period: Period | null): RangeQuery =>
  period === null ? {} : { from: period.from, to: period.to };
export const domainPath = (domain: string): string => `/api/domains/${encodeURIComponent(domain)}`;
export const sourcePath = (domain: string, source: string): string =>
  `${domainPath(domain)}/sources/${encodeURIComponent(source)}`;

export const health: Resource<HealthResponse> = { path: '/api/health' };
export const mailboxes: Resource<MailboxesResponse> = { path: '/api/mailboxes' };

export const domains = (period: Period | null): Resource<DomainsResponse> => ({
  path: withQuery('/api/domains', range(period)),
});
export const domain = (name: string, period: Period | null): Resource<DomainResponse> => ({
  path: withQuery(domainPath(name), range(period)),
});
export const domainDays = (name: string, period: Period | null): Resource<DaysResponse> => ({
  path: withQuery(`${domainPath(name)}/days`, range(period)),
});
export const sources = (name: string, period: Period | null): Resource<SourcesResponse> => ({
  path: withQuery(`${domainPath(name)}/sources`, range(period)),
});
export const receivers = (name: string, period: Period | null): Resource<ReceiversResponse> => ({
  path: withQuery(`${domainPath(name)}/receivers`, range(period)),
});
export const source = (
  name: string,
  id: string,
  period: Period | null,
): Resource<SourceDetailResponse> => ({ path: withQuery(sourcePath(name, id), range(period)) });
export const sourceDays = (
  name: string,
  id: string,
  period: Period | null,
): Resource<DaysResponse> => ({ path: withQuery(`${sourcePath(name, id)}/days`, range(period)) });

export const reports = (filter: ReportsQuery): Resource<ReportsResponse> => ({
  path: withQuery('/api/reports', filter),
});
export const report = (id: number): Resource<ReportResponse> => ({ path: `/api/reports/${id}` });
export const rows = (id: number, offset: number, limit: number): Resource<RowsResponse> => ({
  path: withQuery(`/api/reports/${id}/rows`, { offset, limit }),
});
export const xmlPath = (id: number): string => `/api/reports/${id}/xml`;

export const ledger = (filter: LedgerQuery): Resource<LedgerResponse> => ({
  path: withQuery('/api/ledger', filter),
});

export const retryMessage = (id: number): Action<LedgerRetryResponse> => ({
  method: 'POST',
  path: `/api/ledger/${id}/retry`,
  body: {},
});
export const store: Resource<StoreResponse> = { path: '/api/store' };
export const verifyStore: Action<unknown> = { method: 'POST', path: '/api/store/verify', body: {} };

/** An untouched field means that the usual authorities are trusted. */
function withoutEmptyAuthority({ caPem = '', ...form }: MailboxForm): MailboxForm {
  return caPem.trim() === '' ? form : { ...form, caPem };
}

export const testMailbox = (form: MailboxForm): Action<MailboxTestResponse> => ({
  method: 'POST',
  path: '/api/mailboxes/test',
  body: withoutEmptyAuthority(form),
});
export const saveMailbox = (form: MailboxForm): Action<unknown> => ({
  method: 'POST',
  path: '/api/mailboxes',
  body: withoutEmptyAuthority(form),
});
export const lookNow = (id: number): Action<unknown> => ({
  method: 'POST',
  path: `/api/mailboxes/${id}/poll`,
  body: {},
});
export const saveAfter = (id: number, choice: AfterChoice): Action<unknown> => ({
  method: 'PUT',
  path: `/api/mailboxes/${id}/after`,
  body: choice,
});
export const removeMailbox = (id: number): Action<unknown> => ({
  method: 'DELETE',
  path: `/api/mailboxes/${id}`,
  body: {},
});
export const importFile = (file: File): Action<ImportAccepted> => ({
  method: 'PUT',
  path: `/api/imports/${encodeURIComponent(file.name)}`,
  body: file,
});

import type { Period } from './period.ts';

/** Which page an address shows. Filters stay in the query and are read by the page itself. */
export type Route =
  | { page: 'overview' }
  | { page: 'domain'; domain: string }
  | { page: DomainPart; domain: string }
  | { page: 'source'; domain: string; source: string }
  | { page: 'reports' }
  | { page: 'report'; id: number }
  | { page: 'mailboxes' }
  | { page: 'add-mailbox' }
  | { page: 'not-found' };

/** Pages below a domain's own, named as in the address. */
export const DOMAIN_PARTS = ['what-if', 'dns', 'proof'] as const;
export type DomainPart = (typeof DOMAIN_PARTS)[number];

/** The route of a path such as '/domains/example.org'; anything unknown is 'not-found'. */
export function routeOf(pathname: string): Route {
  const parts = decodedParts(pathname);
  if (parts === null) return { page: 'not-found' };
  const [first, second, third, fourth] = parts;
  switch (first) {
    case undefined:
      return { page: 'overview' };
    case 'domains':
      return domainRoute(second, third, fourth, parts.length);
    case 'reports':
      return reportRoute(second, parts.length);
    case 'mailboxes':
      if (parts.length === 1) return { page: 'mailboxes' };
      return { page: parts.length === 2 && second === 'add' ? 'add-mailbox' : 'not-found' };
    default:
      return { page: 'not-found' };
  }
}

function decodedParts(pathname: string): string[] | null {
  try {
    return pathname
      .split('/')
      .filter((part) => part !== '')
      .map(decodeURIComponent);
  } catch {
    // A stray % is no address of ours.
    return null;
  }
}

function domainRoute(
  domain: string | undefined,
  word: string | undefined,
  source: string | undefined,
  length: number,
): Route {
  if (domain === undefined) return { page: 'overview' };
  if (length === 2) return { page: 'domain', domain };
  const part = DOMAIN_PARTS.find((name) => name === word);
  if (length === 3 && part !== undefined) return { page: part, domain };
  if (length === 4 && word === 'sources' && source !== undefined) {
    return { page: 'source', domain, source };
  }
  return { page: 'not-found' };
}

function reportRoute(id: string | undefined, length: number): Route {
  if (id === undefined) return { page: 'reports' };
  if (length === 2 && /^[1-9]\d{0,15}$/.test(id)) return { page: 'report', id: Number(id) };
  return { page: 'not-found' };
}

export type QueryValue = string | number | null | undefined;

/** Path plus those parts of the query that have a value, in the order given. */
export function withQuery(path: string, query: Record<string, QueryValue>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== null && value !== undefined && value !== '') params.set(name, String(value));
  }
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

const days = (period: Period | null): Record<string, QueryValue> => ({
  from: period?.from,
  to: period?.to,
});

export const domainHref = (domain: string, period: Period | null): string =>
  withQuery(`/domains/${encodeURIComponent(domain)}`, days(period));

export const domainPartHref = (domain: string, part: DomainPart): string =>
  `/domains/${encodeURIComponent(domain)}/${part}`;

/** The domain's page, with each source before and after a day. */
export const compareHref = (domain: string, day: string, period: Period | null): string =>
  `${withQuery(`/domains/${encodeURIComponent(domain)}`, { ...days(period), compare: day })}#compare`;

/** The domain's page with only those sources that an id names. */
export const sourcesHref = (domain: string, filter: string): string =>
  withQuery(`/domains/${encodeURIComponent(domain)}`, { q: filter });

export const sourceHref = (domain: string, source: string, period: Period | null): string =>
  withQuery(
    `/domains/${encodeURIComponent(domain)}/sources/${encodeURIComponent(source)}`,
    days(period),
  );

export const reportHref = (id: number): string => `/reports/${id}`;

/** The list of reports, filtered. */
export const reportsHref = (
  filter: { domain?: string; org?: string; source?: string; address?: string },
  period: Period | null,
): string => withQuery('/reports', { ...filter, ...days(period) });

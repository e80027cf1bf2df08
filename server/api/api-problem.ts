import { Type } from 'typebox';
import type { Result } from '../../ingest/result.ts';
import { ErrorResponse } from './contract-base.ts';

/** A request that cannot be answered as asked: a value, with words for the person who asked. */
export interface ApiProblem {
  status: 400 | 403 | 404 | 409 | 410 | 413 | 429 | 503 | 507;
  code: string;
  /** What happened and what to do. */
  message: string;
}

export const problem = (
  status: ApiProblem['status'],
  code: string,
  message: string,
): ApiProblem => ({ status, code, message });

/** What a handler returns for a result: its value, or the problem's words under its status. */
export function answer<T>(
  reply: { statusCode: number },
  result: Result<T, ApiProblem>,
): T | ErrorResponse {
  if (result.ok) return result.value;
  const { status, code, message } = result.problem;
  reply.statusCode = status;
  return { code, message };
}

const MEANINGS = {
  400: 'The request is not one of this kind, and the message says why.',
  403: 'It came from another site, or is not allowed here.',
  404: 'There is no such thing.',
  409: 'It does not go together with what is there.',
  410: 'It was there, and is no longer kept.',
  413: 'It is too large.',
  415: 'Its content type is not taken here.',
  421: 'It was meant for another host.',
  429: 'There are too many at once: try again in a moment.',
  500: 'A fault in Ruadmap: the log has the details under the id in the message.',
  503: 'It cannot be done now, and the message says why.',
  507: 'The disk is full.',
} as const;
type ErrorStatus = keyof typeof MEANINGS;
const ANY_ROUTE = [403, 421, 500, 503] as const;
type AnyRoute = (typeof ANY_ROUTE)[number];

/** Response schemas of a route's failures; those that any route may give are added. */
export function failures<Status extends ErrorStatus = never>(
  ...statuses: Status[]
): Record<Status | AnyRoute, typeof ErrorResponse> {
  const all = [...statuses, ...ANY_ROUTE] as const;
  return Object.fromEntries(
    all.map((status) => [
      status,
      Type.Object(ErrorResponse.properties, { description: MEANINGS[status] }),
    ]),
  ) as Record<Status | AnyRoute, typeof ErrorResponse>;
}

import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ErrorResponse } from './contract-base.ts';
import type { StoreProblemCode } from '../store/store-problem.ts';
import { describeInvalid } from './describe-invalid.ts';

/** Faults of a request that Fastify finds before a handler runs. */
const REQUEST_FAULTS: Record<string, [status: number, code: string, message: string]> = {
  FST_ERR_CTP_INVALID_MEDIA_TYPE: [
    415,
    'content-type',
    'This content type is not taken here. Send application/json; for an upload, application/octet-stream.',
  ],
  FST_ERR_CTP_BODY_TOO_LARGE: [413, 'too-large', 'The body is too large. Send less.'],
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: [
    400,
    'body-length',
    'The body does not have the length that was announced. Send it again.',
  ],
  FST_ERR_CTP_INVALID_JSON_BODY: [
    400,
    'not-json',
    'The body is not JSON. Check it and send it again.',
  ],
  ECONNRESET: [400, 'broken-off', 'The request broke off. Send it again.'],
  FST_ERR_BAD_URL: [
    400,
    'bad-address',
    'A % in the address is not followed by two hex digits of UTF-8.',
  ],
  FST_ERR_MAX_PARAM_LENGTH: [404, 'not-found', 'There is nothing with so long a name.'],
};

/** What the store says when it cannot work, without the paths that its own words may hold. */
const STORE_FAULTS: Partial<Record<string, [status: number, message: string]>> = {
  'disk-full': [
    507,
    'The disk is full: there is no room left for the database. Free some, and try again.',
  ],
  busy: [503, 'Another process keeps the database locked. Try again in a moment.'],
  io: [503, 'The system could not read or write the database. Look at the disk.'],
  unreadable: [503, 'The database may not be read. Look at the owner and mode of its folder.'],
  damaged: [503, 'The database is damaged. Restore a backup, or import the reports anew.'],
  missing: [503, 'The database is gone. Restore a backup, or import the reports anew.'],
} satisfies Partial<Record<StoreProblemCode, [status: number, message: string]>>;

const storeFault = ({ name, code }: { name?: string; code?: string }) =>
  name === 'StoreProblem' && code !== undefined ? STORE_FAULTS[code] : undefined;

/** What keeps the store from working, in words with what to do; null where it is something else. */
export const storeFaultInWords = (error: unknown): string | null =>
  storeFault(error as FastifyError)?.[1] ?? null;

/** The answer to a failure: known ones in words, all others as an id, with the details in the log. */
export function answerToError(
  error: FastifyError,
  requestId: string,
): ErrorResponse & { status: number } {
  if (error.validation) {
    const message = describeInvalid(error.validation, error.validationContext);
    return { status: 400, code: 'invalid-request', message };
  }
  const known = REQUEST_FAULTS[error.code];
  if (known !== undefined) return { status: known[0], code: known[1], message: known[2] };
  const inStore = storeFault(error);
  if (inStore !== undefined) {
    const message = `${inStore[1]} The log of Ruadmap has the details under ${requestId}.`;
    return { status: inStore[0], code: error.code, message };
  }
  return {
    status: 500,
    code: 'internal',
    message: `Something failed inside Ruadmap. Its log has the details under ${requestId}.`,
  };
}

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, code, message } = answerToError(error, request.id);
    if (status >= 500) request.log.error({ err: error, reqId: request.id }, 'request failed');
    return reply.code(status).send({ code, message });
  });
  app.setNotFoundHandler((request, reply) => reply.code(404).send(notFoundAnswer(request)));
}

const notFoundAnswer = (request: FastifyRequest): ErrorResponse => ({
  code: 'not-found',
  message: request.url.startsWith('/api')
    ? 'There is no such address in the API. /api/openapi.json lists those there are.'
    : 'There is no such page.',
});

/** For addresses that the router itself cannot read: no hook has run, so headers are set here. */
export const answerFrameworkError =
  (headers: Record<string, string>) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const { status, code, message } = answerToError(error, request.id);
    void reply
      .code(status)
      .headers(headers)
      .header('content-type', 'application/json; charset=utf-8')
      .send(JSON.stringify({ code, message } satisfies ErrorResponse));
  };

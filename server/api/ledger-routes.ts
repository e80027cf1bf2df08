import { bad, ok } from '../../ingest/result.ts';
import { answer, failures, problem } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { IdParams, PAGE_ROWS } from './contract-base.ts';
import { LedgerQuery, LedgerResponse, LedgerRetryResponse } from './contract-ledger.ts';
import type { AppDeps } from './ports.ts';

const NOTHING_REFUSED = problem(
  404,
  'nothing-refused',
  'Nothing of this message is refused, set aside or unanswered any more: load the list again.',
);
const STILL_TRYING = problem(
  503,
  'still-trying',
  'It is still being tried. Look again in a moment: its row tells what became of it.',
);

/** GET /api/ledger: every message seen, and what became of it; POST /api/ledger/:id/retry. */
export function ledgerRoutes(api: Api, { reader, ingest }: AppDeps): void {
  api.get(
    '/api/ledger',
    {
      schema: {
        summary: 'Messages and files seen, newest first, with the outcome of every document',
        querystring: LedgerQuery,
        response: { 200: LedgerResponse, ...failures(400) },
      },
    },
    async (request) => {
      const { mailbox = null, outcome = null, cursor = null, limit = PAGE_ROWS } = request.query;
      const page = await reader.ledger({ mailboxId: mailbox, outcome }, cursor, limit);
      return { rows: page.items, nextCursor: page.nextCursor };
    },
  );
  api.post(
    '/api/ledger/:id/retry',
    {
      schema: {
        summary: 'Give a message that was refused, set aside or not answered another chance',
        params: IdParams,
        response: { 200: LedgerRetryResponse, ...failures(400, 404, 415) },
      },
    },
    async (request, reply) => {
      const retried = await ingest.retry(request.params.id);
      if (retried === null) return answer(reply, bad(STILL_TRYING));
      if (retried.length === 0) return answer(reply, bad(NOTHING_REFUSED));
      return answer(reply, ok({ retried }));
    },
  );
}

import { failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { PAGE_ROWS } from './contract-base.ts';
import { LedgerQuery, LedgerResponse } from './contract-ledger.ts';
import type { AppDeps } from './ports.ts';

/** GET /api/ledger: every message seen, and what became of it. */
export function ledgerRoute(api: Api, { reader }: AppDeps): void {
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
}

import { needsSomebody } from '../../ingest/mailbox-state.ts';
import { failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { NoQuery } from './contract-base.ts';
import { HealthResponse } from './contract.ts';
import { storeFaultInWords } from './error-answers.ts';
import type { StoreReader } from '../store/store.ts';
import type { AppDeps } from './ports.ts';

/** GET /api/health: is everything at work, and if not, what is there to do? */
export function healthRoute(api: Api, { reader, ingest, version, demo }: AppDeps): void {
  api.get(
    '/api/health',
    {
      schema: {
        summary: 'State of the program, and what someone should look at',
        querystring: NoQuery,
        response: { 200: HealthResponse, ...failures(400) },
      },
    },
    async () => {
      const state = ingest.state();
      const attention = ingest.attention();
      const schemaVersion = await lookAtStore(reader, attention).catch((error: unknown) => {
        const inWords = storeFaultInWords(error);
        if (inWords === null) throw error;
        attention.push(inWords);
        return null;
      });
      if (schemaVersion !== null) attention.push(...(await failedMailboxes({ reader, ingest })));
      const isWell = attention.length === 0 && state.state === 'running';
      return {
        status: isWell ? ('ok' as const) : ('attention' as const),
        version,
        schemaVersion,
        demo,
        ingest: state,
        attention,
      };
    },
  );
}

async function lookAtStore(reader: StoreReader, attention: string[]): Promise<number> {
  const verified = (await reader.upkeep()).find(({ kind }) => kind === 'verify');
  if (verified?.kind === 'verify' && verified.findings.length > 0) attention.push(DIFFERS);
  return reader.schemaVersion();
}

const DIFFERS =
  'The store is not as it was read, so that numbers may be wrong. Under Store on the page of mailboxes ' +
  'stands what differs, and what to do.';

/** What keeps a mailbox from being read until somebody does something about it. */
async function failedMailboxes({
  reader,
  ingest,
}: Pick<AppDeps, 'reader' | 'ingest'>): Promise<string[]> {
  return (await reader.mailboxes()).flatMap(({ id, user, host, folder }) => {
    const status = ingest.mailboxStatus(id);
    if (status?.problem == null || !needsSomebody(status)) return [];
    return [`${user} at ${host}, ${folder}: ${status.problem.message} ${status.problem.advice}`];
  });
}

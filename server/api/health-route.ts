import { failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { NoQuery } from './contract-base.ts';
import { HealthResponse } from './contract.ts';
import { storeFaultInWords } from './error-answers.ts';
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
      const schemaVersion = await reader.schemaVersion().catch((error: unknown) => {
        const inWords = storeFaultInWords(error);
        if (inWords === null) throw error;
        attention.push(inWords);
        return null;
      });
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

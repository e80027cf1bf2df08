import { Type } from 'typebox';
import { bad } from '../../ingest/result.ts';
import type { Upkeep } from '../store/store.ts';
import { answer, failures, problem } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { NoQuery } from './contract-base.ts';
import { StoreResponse } from './contract-store.ts';
import type { AppDeps } from './ports.ts';

const VERIFYING = problem(
  409,
  'verifying',
  'Everything is being read again already. The result is shown when that has ended.',
);

/** GET /api/store and POST /api/store/verify. */
export function storeRoutes(api: Api, deps: AppDeps): void {
  api.get(
    '/api/store',
    {
      schema: {
        summary: 'The store: its size, what it keeps, when it was last verified and backed up',
        querystring: NoQuery,
        response: { 200: StoreResponse, ...failures(400) },
      },
    },
    async () => describe(deps),
  );
  api.post(
    '/api/store/verify',
    {
      schema: {
        summary: 'Begin to read everything again and compare it, beside all else',
        response: { 202: Type.Null({ description: 'Begun.' }), ...failures(400, 409, 415) },
      },
    },
    async (_request, reply) => {
      reply.statusCode = 202;
      if (!deps.upkeep.verify()) return answer(reply, bad(VERIFYING));
      return null;
    },
  );
}

async function describe({ reader, upkeep }: AppDeps): Promise<StoreResponse> {
  const [size, done, toDo] = await Promise.all([
    reader.storeSize(),
    reader.upkeep(),
    upkeep.toDo(),
  ]);
  const { sinceSeconds, failed } = upkeep.verifying();
  const letGone = last(done, 'retention');
  const verified = last(done, 'verify');
  // One that a command began and brought to its end says more than an older one that failed.
  const isFailedLast = failed !== null && failed.atSeconds >= (verified?.endedSeconds ?? 0);
  return {
    ...size,
    keepDays: upkeep.keepDays,
    letGone: letGone && { endedSeconds: letGone.endedSeconds, ...letGone.letGone },
    verified,
    verifyingSinceSeconds: sinceSeconds,
    verifyProblem: isFailedLast ? failed.words : null,
    backup: last(done, 'backup'),
    toDo,
  };
}

function last<Kind extends Upkeep['kind']>(
  done: readonly Upkeep[],
  kind: Kind,
): Extract<Upkeep, { kind: Kind }> | null {
  const isOfKind = (one: Upkeep): one is Extract<Upkeep, { kind: Kind }> => one.kind === kind;
  return done.find(isOfKind) ?? null;
}

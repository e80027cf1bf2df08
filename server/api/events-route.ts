import { Type } from 'typebox';
import { bad } from '../../ingest/result.ts';
import { answer, failures, problem } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { createEventStream } from './event-stream.ts';
import { NoQuery } from './contract-base.ts';
import type { HttpLimits } from './http-limits.ts';
import type { IngestPort } from './ports.ts';

const FULL = problem(
  503,
  'too-many-listeners',
  'Too many pages of Ruadmap are open. Close some; the others work on, without live progress.',
);

const schema = {
  summary: 'Progress and news as server-sent events',
  description:
    'Events `mailbox`, `import` and `stored`, each with JSON as its data (ServerEvents in contract.ts).',
  querystring: NoQuery,
  response: {
    200: {
      description: 'A stream that stays open, with a comment line every few seconds.',
      content: { 'text/event-stream': { schema: Type.String() } },
    },
    ...failures(400),
  },
};

/** GET /api/events: what the ingest process tells, as server-sent events. */
export function eventsRoute(api: Api, ingest: IngestPort, limits: HttpLimits): void {
  const stream = createEventStream(limits);
  const unsubscribe = ingest.on((event) => stream.send(event));
  api.addHook('preClose', async () => {
    unsubscribe();
    stream.close();
  });
  // A HEAD request would hold a place in the stream and read nothing.
  const options = { schema, exposeHeadRoute: false, compress: false } as const;
  api.get('/api/events', options, async (_request, reply) => {
    if (stream.isFull()) {
      reply.header('retry-after', '60');
      return answer(reply, bad(FULL));
    }
    reply.header('content-type', 'text/event-stream; charset=utf-8');
    reply.hijack();
    reply.raw.writeHead(200, reply.getHeaders() as Record<string, string>);
    stream.add(reply.raw);
    return reply;
  });
}

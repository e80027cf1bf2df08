import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { Type } from 'typebox';
import type { KeptBytes } from '../../ingest/document.ts';
import { bad } from '../../ingest/result.ts';
import { answer, failures, problem } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { IdParams, NoQuery } from './contract-base.ts';
import type { AppDeps } from './ports.ts';
import { UNKNOWN_REPORT } from './report-routes.ts';

const PRUNED = problem(
  410,
  'not-kept',
  'The bytes of this report are no longer kept. What it said is in its rows, unless it was forgotten.',
);

const schema = {
  summary: 'The XML of a report, unchanged, as a file',
  params: IdParams,
  querystring: NoQuery,
  produces: ['text/plain'],
  response: {
    200: {
      description: 'The document, byte for byte.',
      content: { 'text/plain': { schema: Type.Unsafe<Readable>({ type: 'string' }) } },
    },
    ...failures(400, 404, 410),
  },
};

/** GET /api/reports/:id/xml: the document as it came, to save to a file and never to look at in place. */
export function reportXmlRoute(api: Api, { reader }: AppDeps): void {
  api.get('/api/reports/:id/xml', { schema, compress: false }, async (request, reply) => {
    const report = await reader.report(request.params.id);
    if (report === null) return answer(reply, bad(UNKNOWN_REPORT));
    const kept = await reader.keptBytes(report.contentSha256);
    if (kept === null) return answer(reply, bad(PRUNED));
    // A stranger's XML: no browser may run it, and its own name for the file is not used.
    return reply
      .type('text/plain; charset=utf-8')
      .header('content-disposition', `attachment; filename="report-${report.id}.xml"`)
      .send(inflated(kept));
  });
}

/** Streamed, so that a large document is never held whole. */
function inflated({ encoding, bytes }: KeptBytes): Readable {
  if (encoding === 'identity') return Readable.from([bytes], { objectMode: false });
  const inflate = createInflateRaw();
  inflate.end(bytes);
  return inflate;
}

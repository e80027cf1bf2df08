import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { bad, ok, type Result } from '../../ingest/result.ts';
import type { Api } from './api-type.ts';
import { answer, type ApiProblem, failures, problem } from './api-problem.ts';
import { ImportAccepted, ImportParams } from './contract.ts';
import type { HttpLimits } from './http-limits.ts';
import type { AppDeps } from './ports.ts';
import { openSpool, spool, type SpoolProblem } from './spool.ts';

const schema = {
  summary: 'Import a file: a report, a mail, an mbox, a zip or a tar of them',
  description:
    'The body is the file. Progress and result come as `import` events with the id of the answer.',
  consumes: ['application/octet-stream'],
  params: ImportParams,
  response: { 202: ImportAccepted, ...failures(400, 413, 415, 429, 507) },
};

/** PUT /api/imports/:name: takes a file to disk, unopened, and hands it to the ingest process. */
export async function importRoute(api: Api, deps: AppDeps, limits: HttpLimits): Promise<void> {
  await openSpool(deps.spoolDir);
  let running = 0;
  // Of all routes, this one alone takes bytes that are not JSON.
  await api.register(async (scope: Api) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, payload, done) =>
      done(null, payload),
    );
    scope.put('/api/imports/:name', { schema }, async (request, reply) => {
      reply.statusCode = 202;
      const announcedBytes = Number(request.headers['content-length'] ?? 0);
      const upload = readUpload(request.body, announcedBytes, running, limits);
      running += 1;
      try {
        const { name } = request.params;
        const accepted = upload.ok ? await accept(upload.value, name, deps, limits) : upload;
        if (!accepted.ok) throwAwayRest(request.raw, limits);
        return answer(reply, accepted);
      } finally {
        running -= 1;
      }
    });
  });
}

/** What can be refused before a byte of it is read. */
function readUpload(
  body: unknown,
  announcedBytes: number,
  running: number,
  limits: HttpLimits,
): Result<Readable, ApiProblem> {
  if (!(body instanceof Readable)) {
    const message = 'There is no file in the request. Send it as the body.';
    return bad(problem(400, 'no-body', message));
  }
  if (announcedBytes > limits.importBytes) return bad(spoolProblem('too-large', limits));
  if (running < limits.importsAtOnce) return ok(body);
  const message = `${running} uploads are running. Try again when one of them is done.`;
  return bad(problem(429, 'too-many-uploads', message));
}

function throwAwayRest(request: IncomingMessage, limits: HttpLimits): void {
  const timer = setTimeout(() => request.socket.destroy(), 1_000 * limits.refusedUploadSeconds);
  request.once('end', () => clearTimeout(timer)).once('close', () => clearTimeout(timer));
  request.resume();
}

async function accept(
  upload: Readable,
  name: string,
  { spoolDir, ingest }: AppDeps,
  limits: HttpLimits,
): Promise<Result<ImportAccepted, ApiProblem>> {
  const spooled = await spool(upload, spoolDir, name, limits.importBytes);
  if (!spooled.ok) return bad(spoolProblem(spooled.problem, limits));
  return ok({ id: ingest.importSpooled(spooled.value, name) });
}

function spoolProblem(reason: SpoolProblem, limits: HttpLimits): ApiProblem {
  const mebibytes = Math.floor(limits.importBytes / 1_048_576);
  switch (reason) {
    case 'too-large':
      return problem(
        413,
        'too-large',
        `An upload may have ${mebibytes} MiB. Split the file, or use "ruadmap import" on this machine, which takes files of any size.`,
      );
    case 'broken-off':
      return problem(400, 'broken-off', 'The upload broke off. Nothing was kept: send it again.');
    case 'disk-full':
      return problem(507, 'disk-full', 'The disk is full. Make room, and send the file again.');
  }
}

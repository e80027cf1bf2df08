import type { IncomingHttpHeaders } from 'node:http';
import type { FastifyInstance } from 'fastify';

const READS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Was this request made by our own page, by a person, or by a program that is no browser? Browsers
 * name the page that asks in Origin (with every write) and its relation to us in Sec-Fetch-Site. A
 * write without either comes from a program, or from an old browser's form: a form cannot send the
 * content types that writes ask for.
 */
export function isFromOurselves(method: string, headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site'];
  const ownSite = site === undefined || site === 'same-origin' || site === 'none';
  if (READS.has(method)) return ownSite || isFollowedLink(headers);
  const { origin, host = '' } = headers;
  return (
    ownSite && (origin === undefined || origin.toLowerCase() === `http://${host}`.toLowerCase())
  );
}

/** A link on another page that somebody followed; not an image, a frame or a script of that page. */
const isFollowedLink = (headers: IncomingHttpHeaders): boolean =>
  headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';

export function guardOrigin(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (isFromOurselves(request.method, request.headers)) return undefined;
    return reply.code(403).header('connection', 'close').send({
      code: 'other-site',
      message: 'Another site asked for this in your name. Do it on the pages of Ruadmap itself.',
    });
  });
}

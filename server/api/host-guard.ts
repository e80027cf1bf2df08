import type { FastifyInstance } from 'fastify';

/**
 * Only this machine's own names are answered. A page elsewhere whose name resolves to 127.0.0.1
 * (DNS rebinding) sends its own name as Host, and is turned away. Forwarded headers are not looked at.
 */
const OWN_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:[0-9]{1,5})?$/i;

export const isOwnAuthority = (authority: string): boolean => OWN_NAME.test(authority);

/** What a request names as its host; null where it names none, several, or contradicts itself. */
export function authorityOf(target: string, rawHeaders: readonly string[]): string | null {
  const hosts = rawHeaders.filter(
    (_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'host',
  );
  const [host] = hosts;
  if (host === undefined || hosts.length > 1) return null;
  if (target.startsWith('/')) return host;
  // RFC 9112, 3.2.2: in the absolute form, the target's authority counts, and Host must equal it.
  const authority = /^http:\/\/([^/?#]*)/i.exec(target)?.[1];
  return authority === host ? host : null;
}

export function guardHost(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    const authority = authorityOf(request.originalUrl, request.raw.rawHeaders);
    if (authority !== null && isOwnAuthority(authority)) return undefined;
    return reply
      .code(421)
      .header('connection', 'close')
      .send({
        code: 'wrong-host',
        message:
          'This address is not answered. Open Ruadmap at http://127.0.0.1 or http://localhost ' +
          'with its port; from another machine through an SSH tunnel.',
      });
  });
}

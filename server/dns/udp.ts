import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import type { NameServer } from './resolver-setting.ts';

/** Packets that are not the answer, after which a server is given up: somebody is guessing. */
const MOST_FOREIGN = 100;

export type Transport<T> = (
  server: NameServer,
  query: Buffer,
  read: (bytes: Buffer) => T | 'foreign',
  timing: { timeoutMs: number; signal: AbortSignal },
) => Promise<T | 'timeout' | 'unreachable' | 'aborted'>;

/**
 * Asks over UDP from a new port, which the system picks at random. The socket is bound to the server,
 * so that packets of others never arrive; what is `foreign` to `read` is ignored.
 */
export async function askOverUdp<T>(
  ...[server, query, read, { timeoutMs, signal }]: Parameters<Transport<T>>
): Promise<T | 'timeout' | 'unreachable' | 'aborted'> {
  if (signal.aborted) return 'aborted';
  const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
  try {
    return await new Promise((resolve) => {
      let foreign = 0;
      const timer = setTimeout(() => resolve('timeout'), timeoutMs);
      const stop = (): void => resolve('aborted');
      signal.addEventListener('abort', stop, { once: true });
      socket.once('close', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
      });
      socket.on('error', () => resolve('unreachable'));
      socket.on('message', (bytes) => {
        const answer = read(bytes);
        if (answer !== 'foreign') resolve(answer);
        else if (++foreign >= MOST_FOREIGN) resolve('timeout');
      });
      socket.connect(server.port, server.address, () => socket.send(query));
    });
  } finally {
    socket.close();
  }
}

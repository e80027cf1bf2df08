import { connect } from 'node:net';
import type { Transport } from './udp.ts';

/** A message has its length before it, in two bytes (RFC 1035 §4.2.2). */
const LENGTH_BYTES = 2;

/** Asks over TCP, for an answer that was too long for UDP. One message, then the line is closed. */
export async function askOverTcp<T>(
  ...[server, query, read, { timeoutMs, signal }]: Parameters<Transport<T>>
): Promise<T | 'timeout' | 'unreachable' | 'aborted'> {
  if (signal.aborted) return 'aborted';
  const socket = connect({ host: server.address, port: server.port });
  try {
    return await new Promise((resolve) => {
      const timer = setTimeout(() => resolve('timeout'), timeoutMs);
      const stop = (): void => resolve('aborted');
      signal.addEventListener('abort', stop, { once: true });
      socket.once('close', () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', stop);
        resolve('unreachable');
      });
      socket.on('error', () => resolve('unreachable'));
      let received = Buffer.alloc(0);
      socket.on('data', (bytes) => {
        received = Buffer.concat([received, bytes]);
        const message = wholeMessage(received);
        if (!message) return;
        const answer = read(message);
        resolve(answer === 'foreign' ? 'unreachable' : answer);
      });
      socket.write(withLength(query));
    });
  } finally {
    socket.destroy();
  }
}

function withLength(query: Buffer): Buffer {
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt16BE(query.length);
  return Buffer.concat([length, query]);
}

function wholeMessage(received: Buffer): Buffer | null {
  if (received.length < LENGTH_BYTES) return null;
  const end = LENGTH_BYTES + received.readUInt16BE(0);
  return received.length < end ? null : received.subarray(LENGTH_BYTES, end);
}

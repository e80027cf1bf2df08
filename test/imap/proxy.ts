import { createServer, connect, type Socket } from 'node:net';

/** How the connection ends once enough bytes have passed from the server. */
export type CutMode = 'reset' | 'fin' | 'stall' | 'drip';

export interface Cut {
  mode: CutMode;
  /** Bytes from the server, over one connection, that pass before. */
  afterBytes: number;
}

/**
 * What becomes of something that a client sent. `lose-command`: the connection is reset before the server
 * has it; `lose-answer`: as soon as the server begins to answer it.
 */
export type Judge = (sent: string) => 'pass' | 'lose-command' | 'lose-answer';

/** A TCP proxy on 127.0.0.1 that keeps what passes and breaks connections on demand. */
export interface Proxy {
  port: number;
  /** All that clients (the server) sent so far, over all connections. */
  sent(): string;
  received(): string;
  connections(): number;
  /** Holds for the next connections; null lets everything pass. */
  cutNext(cut: Cut | null): void;
  /** Every connection that there is falls silent in both directions, and neither side hears of it. */
  silence(): void;
  /** Changes what servers send before it passes; null lets it be. */
  rewrite(rewrite: ((received: Buffer) => Buffer) | null): void;
  /** Decides over everything that clients send from now on; null lets it pass. */
  judge(judge: Judge | null): void;
  forget(): void;
  stop(): Promise<void>;
}

/** @param delayMilliseconds added to every chunk in each direction. */
export async function startProxy(targetPort: number, delayMilliseconds = 0): Promise<Proxy> {
  const sent: Buffer[] = [];
  const received: Buffer[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  let cut: Cut | null = null;
  let judge: Judge | null = null;
  let rewrite: ((received: Buffer) => Buffer) | null = null;
  let silent = new WeakSet<Socket>();

  const server = createServer((client) => {
    connections += 1;
    const upstream = connect(targetPort, '127.0.0.1');
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        client.destroy();
        upstream.destroy();
      });
    }
    const later = (work: () => void): void => {
      if (delayMilliseconds === 0) work();
      else setTimeout(work, delayMilliseconds);
    };
    let isDeaf = false;
    client.on('data', (chunk: Buffer) => {
      if (silent.has(client)) return;
      const verdict = judge?.(chunk.toString('latin1')) ?? 'pass';
      if (verdict === 'lose-command') {
        client.resetAndDestroy();
        return;
      }
      if (verdict === 'lose-answer') isDeaf = true;
      sent.push(chunk);
      later(() => upstream.write(chunk));
    });
    const pass = cuttingWriter(client, upstream, cut, received);
    upstream.on('data', (chunk: Buffer) => {
      if (silent.has(upstream)) return;
      if (isDeaf) client.resetAndDestroy();
      else later(() => pass(rewrite?.(chunk) ?? chunk));
    });
  });
  const port = await listen(server);
  return {
    port,
    sent: () => Buffer.concat(sent).toString('latin1'),
    received: () => Buffer.concat(received).toString('latin1'),
    connections: () => connections,
    cutNext: (next) => (cut = next),
    judge: (next) => (judge = next),
    silence: () => (silent = new WeakSet(sockets)),
    rewrite: (next) => (rewrite = next),
    forget: () => {
      sent.length = 0;
      received.length = 0;
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const DRIP_MILLISECONDS = 100;

/** Passes what the server sends to the client until the cut comes. */
function cuttingWriter(
  client: Socket,
  upstream: Socket,
  cut: Cut | null,
  received: Buffer[],
): (chunk: Buffer) => void {
  let bytesLeft = cut?.afterBytes ?? Infinity;
  let ended = false;
  return (chunk) => {
    if (ended) return;
    const passed = chunk.subarray(0, Math.min(chunk.length, bytesLeft));
    bytesLeft -= passed.length;
    if (passed.length > 0) {
      received.push(passed);
      client.write(passed);
    }
    if (bytesLeft > 0 || cut === null) return;
    ended = true;
    if (cut.mode === 'reset') client.resetAndDestroy();
    else if (cut.mode === 'fin') client.end();
    else if (cut.mode === 'drip') drip(client, upstream, chunk.subarray(passed.length));
  };
}

/** One byte at a time: never silent, never done. */
function drip(client: Socket, upstream: Socket, rest: Buffer): void {
  let position = 0;
  const timer = setInterval(() => {
    client.write(rest.subarray(position, position + 1));
    position += 1;
    if (position >= rest.length) clearInterval(timer);
  }, DRIP_MILLISECONDS);
  upstream.on('close', () => clearInterval(timer));
  client.on('close', () => clearInterval(timer));
}

const listen = (server: ReturnType<typeof createServer>): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') reject(new Error('no port'));
      else resolve(address.port);
    });
  });

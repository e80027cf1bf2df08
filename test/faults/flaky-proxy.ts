import { connect, createServer, type Socket } from 'node:net';

export const BREAKS = ['reset', 'fin', 'stall', 'drip'] as const;
/** How a connection breaks: at once, with a goodbye, into silence, or to a byte now and then. */
export type Break = (typeof BREAKS)[number];

/** When a connection breaks: after so many bytes from the server. */
export interface Fault {
  mode: Break;
  afterBytes: number;
}

/** A proxy on 127.0.0.1 that breaks every connection as it is told for each; it keeps nothing. */
export interface FlakyProxy {
  port: number;
  /** How many connections broke, by how. */
  broken: Record<Break, number>;
  /** null: from now on nothing breaks by itself, also not what is open. */
  drawWith(draw: (() => Fault) | null): void;
  stop(): Promise<void>;
}

const DRIP_MS = 50;

export async function startFlakyProxy(targetPort: number): Promise<FlakyProxy> {
  const broken: Record<Break, number> = { reset: 0, fin: 0, stall: 0, drip: 0 };
  const sockets = new Set<Socket>();
  let draw: (() => Fault) | null = null;
  const server = createServer((client) => {
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
    client.on('data', (chunk: Buffer) => upstream.write(chunk));
    passUntil(draw?.() ?? null, client, upstream, ({ mode }) => {
      if (draw === null) return false;
      broken[mode] += 1;
      return true;
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as { port: number }).port,
    broken,
    drawWith: (next) => (draw = next),
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

function passUntil(
  fault: Fault | null,
  client: Socket,
  upstream: Socket,
  breaks: (fault: Fault) => boolean,
): void {
  let left = fault?.afterBytes ?? Infinity;
  let isBroken = false;
  upstream.on('data', (chunk: Buffer) => {
    if (isBroken) return;
    const passed = chunk.subarray(0, Math.min(chunk.length, left));
    left -= chunk.length;
    isBroken = fault !== null && left <= 0 && breaks(fault);
    // Slower than the server, the client holds it back.
    const hasRoom = client.write(isBroken ? passed : chunk);
    if (isBroken && fault !== null) breakOff(fault.mode, client, chunk.subarray(passed.length));
    else if (!hasRoom) {
      upstream.pause();
      client.once('drain', () => upstream.resume());
    }
  });
}

function breakOff(mode: Break, client: Socket, rest: Buffer): void {
  if (mode === 'reset') client.resetAndDestroy();
  else if (mode === 'fin') client.end();
  else if (mode === 'drip') {
    let at = 0;
    const timer = setInterval(() => client.write(rest.subarray(at, (at += 1))), DRIP_MS);
    client.on('close', () => clearInterval(timer));
  }
}

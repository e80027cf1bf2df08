import { type IncomingMessage, type ServerOptions, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyInstance } from 'fastify';
import type { ErrorResponse } from './contract-base.ts';
import { type HttpLimits, longestRequestSeconds } from './http-limits.ts';
import { bareSafetyHeaders } from './safety-headers.ts';

/** How long the parts of a connection may take; these are Fastify's and Node's names, in milliseconds. */
export function connectionOptions(limits: HttpLimits): {
  connectionTimeout: number;
  keepAliveTimeout: number;
  requestTimeout: number;
  http: ServerOptions;
} {
  return {
    connectionTimeout: 1_000 * limits.idleSeconds,
    keepAliveTimeout: 1_000 * limits.keepAliveSeconds,
    requestTimeout: Math.ceil(1_000 * longestRequestSeconds(limits)),
    http: {
      headersTimeout: 1_000 * limits.headersSeconds,
      connectionsCheckingInterval: 1_000 * limits.checkSeconds,
      maxHeaderSize: limits.headerBytes,
      // A missing Host is answered by our own guard, with our headers.
      requireHostHeader: false,
    },
  };
}

const UNREADABLE = {
  400: {
    code: 'not-http',
    message: 'This is not HTTP as it should be. Send it again, well-formed.',
  },
  408: { code: 'too-slow', message: 'The request came too slowly. Send it again.' },
  431: {
    code: 'headers-too-large',
    message: 'The headers of the request are too large. Send fewer.',
  },
} as const satisfies Record<number, ErrorResponse>;

/** The answer to bytes that are no request: written to the socket, which is then closed. */
export function answerUnreadable(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const status =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? 431
      : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
        ? 408
        : 400;
  const body = JSON.stringify(UNREADABLE[status]);
  const headers = {
    ...bareSafetyHeaders,
    'content-type': 'application/json; charset=utf-8',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.write(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n${body}`);
  socket.destroySoon();
}

/** What needs the server itself. */
export function careForConnections(app: FastifyInstance, limits: HttpLimits): void {
  app.server.maxConnections = limits.connections;
  // RFC 9110, 10.1.1: an expectation that is not understood may be ignored; Node would answer it
  // by itself, without our headers.
  app.server.on('checkExpectation', (request, response) => app.routing(request, response));
  app.addHook('preParsing', async (request, _reply, payload) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      watchPace(request.raw, limits);
    }
    return payload;
  });
}

/** Cuts the connection once fewer bytes of a body have come than the slowest pace allows. */
function watchPace(request: IncomingMessage, limits: HttpLimits): void {
  const { checkSeconds, bodyGraceSeconds, bodyBytesPerSecond } = limits;
  const { socket } = request;
  const bytesAtStart = socket.bytesRead;
  let seconds = 0;
  const timer = setInterval(() => {
    seconds += checkSeconds;
    const bytes = socket.bytesRead - bytesAtStart;
    if (request.complete) clearInterval(timer);
    else if (seconds >= bodyGraceSeconds && bytes < seconds * bodyBytesPerSecond) socket.destroy();
  }, 1_000 * checkSeconds);
  request.once('close', () => clearInterval(timer));
}

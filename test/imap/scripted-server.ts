import { createServer, type Socket } from 'node:net';

export interface ScriptedAnswer {
  /** Untagged lines before the tagged answer, without line ends; made as they are sent. */
  lines: Iterable<string>;
  /** The tagged answer without its tag; null: there is none. */
  tagged: string | null;
  /** Sent between them as it is. */
  raw?: Iterable<string | Buffer>;
  /** Ends the connection afterwards. */
  thenEnd?: boolean;
}

/**
 * An IMAP server that answers by a script, for what no sane server says. It greets, accepts any login
 * and has one folder; a test replaces the answer to any command.
 */
export interface Script {
  /** null: it says nothing at all. */
  greeting?: string | null;
  /** null: no answer at all. */
  answer(command: string): ScriptedAnswer | null;
}

export interface ScriptedServer {
  port: number;
  /** Commands without their tags, in order. */
  commands: string[];
  connections(): number;
  /** Tells all clients something that they did not ask for. */
  say(line: string): void;
  stop(): Promise<void>;
}

const OK = 'OK done';

/** What a plain server says; UIDs 1 and 2 are there. */
export function usualAnswer(command: string): ScriptedAnswer {
  const verb = command.split(' ')[0] ?? '';
  switch (verb) {
    case 'CAPABILITY':
      return { lines: ['* CAPABILITY IMAP4rev1'], tagged: OK };
    case 'LIST':
      return { lines: ['* LIST () "/" "INBOX"'], tagged: OK };
    case 'EXAMINE': {
      const lines = ['* 2 EXISTS', '* OK [UIDVALIDITY 7] x', '* OK [UIDNEXT 3] x'];
      return { lines: ['* FLAGS ()', ...lines], tagged: 'OK [READ-ONLY] done' };
    }
    case 'UID':
      return command.startsWith('UID SEARCH')
        ? { lines: ['* SEARCH 1 2'], tagged: OK }
        : { lines: [], tagged: OK };
    default:
      return { lines: [], tagged: OK };
  }
}

export async function startScripted(script: Script): Promise<ScriptedServer> {
  const commands: string[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    const { greeting = '* OK scripted' } = script;
    if (greeting !== null) socket.write(`${greeting}\r\n`);
    let pending = '';
    let answered = Promise.resolve();
    socket.on('data', (chunk: Buffer) => {
      const lines = (pending + chunk.toString('latin1')).split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        const [tag = '', ...words] = line.split(' ');
        const command = words.join(' ');
        commands.push(command);
        const answer = script.answer(command);
        if (answer !== null) answered = answered.then(() => send(socket, tag, answer));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address === null || typeof address === 'string' ? 0 : address.port,
    commands,
    connections: () => connections,
    say: (line) => {
      for (const socket of sockets) socket.write(`${line}\r\n`);
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

const WRITE_BYTES = 64 * 1024;

/** No faster than the client reads, so that a flood is held by neither side. */
async function send(socket: Socket, tag: string, answer: ScriptedAnswer): Promise<void> {
  let [pieces, bytes]: [Buffer[], number] = [[], 0];
  const flush = async (): Promise<void> => {
    const isRoomLeft = socket.destroyed || socket.write(Buffer.concat(pieces));
    [pieces, bytes] = [[], 0];
    if (!isRoomLeft) await drained(socket);
  };
  const add = async (piece: string | Buffer): Promise<void> => {
    const buffer = typeof piece === 'string' ? Buffer.from(piece, 'latin1') : piece;
    pieces.push(buffer);
    bytes += buffer.length;
    if (bytes > WRITE_BYTES) await flush();
  };
  for (const line of answer.lines) {
    if (socket.destroyed) return;
    await add(`${line}\r\n`);
  }
  for (const piece of answer.raw ?? []) {
    if (socket.destroyed) return;
    await add(piece);
  }
  if (answer.tagged !== null) await add(`${tag} ${answer.tagged}\r\n`);
  await flush();
  if (answer.thenEnd === true) socket.end();
}

const drained = (socket: Socket): Promise<void> =>
  new Promise((resolve) => {
    const finish = (): void => {
      socket.off('drain', finish).off('close', finish);
      resolve();
    };
    socket.on('drain', finish).on('close', finish);
  });

import { createServer, type Socket } from 'node:net';

/**
 * An IMAP server that answers by a script, for what no sane server says. It greets, accepts any login
 * and has one folder; a test replaces the answer to any command.
 */
export interface Script {
  /** Lines before the tagged answer, and the answer without its tag; null: no answer at all. */
  answer(command: string): { lines: readonly string[]; tagged: string } | null;
}

export interface ScriptedServer {
  port: number;
  /** Commands without their tags, in order. */
  commands: string[];
  stop(): Promise<void>;
}

const OK = 'OK done';

/** What a plain server says; UIDs 1 and 2 are there. */
export function usualAnswer(command: string): { lines: readonly string[]; tagged: string } {
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
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.write('* OK scripted\r\n');
    let pending = '';
    socket.on('data', (chunk: Buffer) => {
      const lines = (pending + chunk.toString('latin1')).split('\r\n');
      pending = lines.pop() ?? '';
      for (const line of lines) {
        const [tag = '', ...words] = line.split(' ');
        const command = words.join(' ');
        commands.push(command);
        const answer = script.answer(command);
        if (answer === null) continue;
        const text = [...answer.lines, `${tag} ${answer.tagged}`, ''].join('\r\n');
        socket.write(Buffer.from(text, 'latin1'));
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address === null || typeof address === 'string' ? 0 : address.port,
    commands,
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

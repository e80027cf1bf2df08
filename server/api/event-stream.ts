import type { ServerResponse } from 'node:http';
import type { HttpLimits } from './http-limits.ts';
import type { ServerEvent } from './ports.ts';

/** All open pages that listen for events. */
export interface EventStream {
  isFull(): boolean;
  /** Takes over an answer whose head is written; it stays open until its reader leaves. */
  add(response: ServerResponse): void;
  send(event: ServerEvent): void;
  close(): void;
}

export function createEventStream(limits: HttpLimits): EventStream {
  const clients = new Set<ServerResponse>();

  const write = (text: string): void => {
    for (const client of clients) {
      if (client.writableLength <= limits.eventBufferBytes) client.write(text);
      else {
        // A reader that does not keep up is cut off; its page comes back and asks for everything anew.
        clients.delete(client);
        client.destroy();
      }
    }
  };
  const stored = oncePer(limits.storedEventSeconds, (reports) =>
    write(textOf({ name: 'stored', data: { reports } })),
  );
  const heartbeat = setInterval(() => write(': still here\n\n'), 1_000 * limits.heartbeatSeconds);

  return {
    isFull: () => clients.size >= limits.eventClients,
    add: (client) => {
      clients.add(client);
      client.once('close', () => clients.delete(client));
      // Its connection broke while it was written to: 'close' follows.
      client.on('error', () => undefined);
      client.write(': listening\n\n');
    },
    send: (event) => {
      if (event.name === 'stored') stored.add(event.data.reports);
      else write(textOf(event));
    },
    close: () => {
      clearInterval(heartbeat);
      stored.stop();
      for (const client of clients) client.end();
    },
  };
}

/** JSON has no raw line ends, so that nothing in it can begin another event. */
const textOf = ({ name, data }: ServerEvent): string =>
  `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;

/** Tells the first number at once, and the sum of those that follow when the time is over. */
function oncePer(
  seconds: number,
  tell: (sum: number) => void,
): { add: (number: number) => void; stop: () => void } {
  let waiting = 0;
  let timer: NodeJS.Timeout | null = null;
  const tellWaiting = (): void => {
    timer = null;
    if (waiting === 0) return;
    const sum = waiting;
    waiting = 0;
    timer = setTimeout(tellWaiting, 1_000 * seconds);
    tell(sum);
  };
  return {
    add: (number) => {
      waiting += number;
      if (timer === null) tellWaiting();
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
    },
  };
}

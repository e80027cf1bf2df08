import { rm } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MailboxState, MailboxTestResponse, ServerEvents } from './api/contract.ts';
import type { IngestPort, ServerEvent } from './api/ports.ts';
import type { FromIngest } from './ingest-messages.ts';
import type { IngestSupervisor } from './ingest-supervisor.ts';

/** How long a connection test may take before the page is told that nothing was heard. */
const TEST_MS = 60_000;
/** And how long until it is told that a message is still being tried. */
const RETRY_MS = 20_000;

/** What routes may ask of the ingest process, over the supervisor's messages. */
export function createIngestPort(supervisor: IngestSupervisor): IngestPort {
  const statuses = new Map<number, MailboxState>();
  const tests = new Map<string, (result: MailboxTestResponse) => void>();
  const listeners = new Set<(event: ServerEvent) => void>();
  let attention: string | null = null;

  const emit = <Name extends keyof ServerEvents>(name: Name, data: ServerEvents[Name]): void => {
    for (const listener of listeners) listener({ name, data } as ServerEvent);
  };

  supervisor.onMessage((message: FromIngest) => {
    if (message.kind === 'mailbox') {
      statuses.set(message.id, message.status);
      emit('mailbox', { id: message.id, status: message.status });
    } else if (message.kind === 'stored') emit('stored', { reports: message.reports });
    else if (message.kind === 'tested') tests.get(message.id)?.(message.result);
    else if (message.kind === 'attention') attention = message.message;
  });

  return {
    state: () => supervisor.state(),
    mailboxStatus: (id) => statuses.get(id) ?? null,
    pollNow: (mailboxId) => {
      supervisor.tell({ kind: 'look', mailboxId });
    },
    reloadMailboxes: () => {
      supervisor.tell({ kind: 'reload' });
    },
    importSpooled: (path, name) => importSpooled(supervisor, emit, path, name),
    test: (form) =>
      new Promise((resolve) => {
        const id = randomUUID();
        const timer = setTimeout(() => {
          finish(NO_ANSWER);
        }, TEST_MS);
        const finish = (result: MailboxTestResponse): void => {
          clearTimeout(timer);
          tests.delete(id);
          resolve(result);
        };
        tests.set(id, finish);
        supervisor.tell({ kind: 'test', id, form });
      }),
    retry: (messageId) => retryOne(supervisor, messageId),
    on: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    attention: () => (attention === null ? [] : [attention]),
  };
}

/** A process that has just died starts again, and does it then. */
async function retryOne(supervisor: IngestSupervisor, messageId: number) {
  const job = supervisor.run({ kind: 'retry', messageIds: [messageId] }, () => undefined);
  const timeOut = new AbortController();
  const late = sleep(RETRY_MS, null, { signal: timeOut.signal }).catch(() => null);
  const end = await Promise.race([job, late]);
  timeOut.abort();
  if (end === null || !end.ok) return null;
  const retried = end.said?.kind === 'retried' ? end.said.retried : [];
  return retried.map(({ part, outcome, reason }) => ({ part, outcome, reason }));
}

const NO_ANSWER: MailboxTestResponse = {
  ok: false,
  code: 'timed-out',
  message: 'The test did not end within a minute.',
  advice: 'Check server and port, and try again.',
  folders: [],
};

function importSpooled(
  supervisor: IngestSupervisor,
  emit: <Name extends keyof ServerEvents>(name: Name, data: ServerEvents[Name]) => void,
  path: string,
  name: string,
): string {
  const id = randomUUID();
  const startedMs = performance.now();
  const running = { id, name, done: false, summary: null, problem: null };
  const job = supervisor.run({ kind: 'import', paths: [path], name }, ({ seen, total }) => {
    emit('import', { ...running, seen, total });
  });
  void job.then(async (end) => {
    await rm(path, { force: true });
    const seconds = Math.round(performance.now() - startedMs) / 1000;
    emit('import', {
      ...running,
      done: true,
      seen: 1,
      total: 1,
      summary: end.ok ? { ...end.counts, seconds } : null,
      problem: end.ok ? null : end.message,
    });
  });
  return id;
}

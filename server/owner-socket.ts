import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { IngestJob, JobEnd, JobProgress } from './ingest-messages.ts';

/**
 * The owner of a data directory takes jobs from commands over a socket in that directory: a job as a
 * line of JSON, answered by lines of progress and one line with its end.
 */
export type SocketAnswer =
  { kind: 'progress'; progress: JobProgress } | { kind: 'end'; end: JobEnd };

export type RunJob = (
  job: IngestJob,
  onProgress: (progress: JobProgress) => void,
) => Promise<JobEnd>;

/** Longest request: many paths on a command line. */
const REQUEST_BYTES = 4 * 1024 * 1024;
/** A socket's path may have 107 bytes; a longer one is reached from the working directory. */
const SOCKET_PATH_BYTES = 107;

export function socketPath(dataDir: string): string {
  const absolute = path.resolve(dataDir, 'ruadmap.sock');
  if (Buffer.byteLength(absolute) <= SOCKET_PATH_BYTES) return absolute;
  return path.relative(process.cwd(), absolute);
}

/** Listens for jobs. Only the owner of the data directory calls this, so a socket left over is stale. */
export async function listenForJobs(dataDir: string, runJob: RunJob): Promise<Server> {
  const file = socketPath(dataDir);
  rmSync(file, { force: true });
  const server = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    void serve(socket, runJob);
  });
  // The directory has mode 0700; the socket's own mode is set in a umask, before anyone can connect.
  const umask = process.umask(0o177);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(file, resolve);
    });
  } finally {
    process.umask(umask);
  }
  chmodSync(file, 0o600);
  return server;
}

async function serve(socket: Socket, runJob: RunJob): Promise<void> {
  const line = await firstLine(socket);
  if (line === null) {
    socket.destroy();
    return;
  }
  const say = (answer: SocketAnswer): void => {
    if (!socket.destroyed) socket.write(JSON.stringify(answer) + '\n');
  };
  const job = jobOf(line);
  const end =
    job === null ? UNKNOWN : await runJob(job, (progress) => say({ kind: 'progress', progress }));
  say({ kind: 'end', end });
  socket.end();
}

/** null where it is none, or one of another version of the program. */
function jobOf(line: string): IngestJob | null {
  try {
    const job = JSON.parse(line) as IngestJob | null;
    return job !== null && Object.hasOwn(KINDS, job.kind) ? job : null;
  } catch {
    return null;
  }
}

const KINDS: Record<IngestJob['kind'], true> = {
  ...{ import: true, poll: true, rename: true, retry: true, reparse: true, forget: true },
};

const UNKNOWN: JobEnd = {
  ok: false,
  message:
    'The running Ruadmap does not know this work: it is of another version. Start it again, and then try again.',
};

function firstLine(socket: Socket): Promise<string | null> {
  return new Promise((resolve) => {
    let text = '';
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      text += chunk;
      const lineEnd = text.indexOf('\n');
      if (lineEnd >= 0) resolve(text.slice(0, lineEnd));
      else if (text.length > REQUEST_BYTES) resolve(null);
    });
    socket.once('close', () => {
      resolve(null);
    });
  });
}

/** Hands a job to the owner. Resolves to null where nobody listens. */
export async function handOver(
  dataDir: string,
  job: IngestJob,
  onProgress: (progress: JobProgress) => void,
): Promise<JobEnd | null> {
  const socket = await dial(socketPath(dataDir));
  if (socket === null) return null;
  socket.write(JSON.stringify(job) + '\n');
  for await (const line of createInterface({ input: socket })) {
    const answer = JSON.parse(line) as SocketAnswer;
    if (answer.kind === 'end') return answer.end;
    onProgress(answer.progress);
  }
  return {
    ok: false,
    message:
      'The running Ruadmap stopped before the work was done. Start it and try again; nothing is counted twice.',
  };
}

function dial(file: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(file);
    socket.once('connect', () => {
      resolve(socket);
    });
    socket.once('error', () => {
      resolve(null);
    });
  });
}

import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { openAsData } from '../as-data.ts';
import { clockProblem } from '../clock.ts';
import type { ProgramFiles } from '../program-files.ts';
import { type Finding, fine, wrong } from './finding.ts';

const LEAST_NODE = [20, 19] as const;
/** An address of a network that has had one holder for decades: known wherever the data can be read. */
const KNOWN_ADDRESS = '8.8.8.8';
/** A reporter's day may end a little after ours. */
const DAY_SECONDS = 86_400;

export function lookAtNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  if (isEnough) return fine('Node', version);
  return wrong('Node', `${version} is too old.`, `Install Node ${LEAST_NODE.join('.')} or newer.`);
}

/** The program's own files: the page and the data that names networks. */
export function lookAtProgram({ webDir, asDataFile }: ProgramFiles): Finding[] {
  const todo = 'Install Ruadmap again; in a checkout, run npm run build.';
  return [
    existsSync(path.join(webDir, 'index.html'))
      ? fine('page', 'The page is there.')
      : wrong('page', `There is no page in ${webDir}.`, todo),
    openAsData(asDataFile)(KNOWN_ADDRESS) !== null
      ? fine('network names', 'The data that names networks can be read.')
      : wrong('network names', `${asDataFile} is missing or cannot be read.`, todo),
  ];
}

/** A clock that is behind this program or the newest report's end shows here; one that is ahead does not. */
export function lookAtClock(
  nowSeconds: number,
  newestReportSeconds: number | null,
  builtSeconds: number | null,
): Finding {
  const now = new Date(nowSeconds * 1000).toISOString();
  const problem = clockProblem(nowSeconds, builtSeconds);
  if (problem !== null) return wrong('clock', problem, 'Set the clock right.');
  if (newestReportSeconds === null || newestReportSeconds <= nowSeconds + DAY_SECONDS) {
    return fine('clock', now);
  }
  const newest = new Date(newestReportSeconds * 1000).toISOString();
  const todo = 'Set the clock right; if it is, a reporter sent a wrong date.';
  return wrong('clock', `It is ${now}, and the newest report ends at ${newest}.`, todo);
}

/** Whether the page could listen there; a Ruadmap that runs on this data directory may well do so. */
export async function lookAtPort(host: string, port: number, isOwned: boolean): Promise<Finding> {
  const code = await new Promise<string | null>((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port }, () => server.close(() => resolve(null)));
  });
  if (code === null) return fine('port', `${host}:${port} is free.`);
  if (code === 'EADDRINUSE' && isOwned) {
    return fine('port', `${port} is in use, as Ruadmap runs.`);
  }
  return wrong(
    'port',
    `${host}:${port} cannot be used (${code}).`,
    'Name another one with --port.',
  );
}

import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { programEntry } from '../program.ts';

export interface ProgramEnd {
  status: number | null;
  signal: NodeJS.Signals | null;
}

/** The built program while it runs, to be ended at any moment. */
export interface ProgramRun {
  process: ChildProcess;
  pid: number;
  stdout(): string;
  stderr(): string;
  /** The process that reads mail for the page's process; null where there is none. */
  ingestPid(): number | null;
  ended: Promise<ProgramEnd>;
  /** Whether it ended by itself within so long. */
  endsWithin(milliseconds: number): Promise<ProgramEnd | null>;
  kill(signal?: NodeJS.Signals): Promise<ProgramEnd>;
}

export interface RunOptions {
  env?: Record<string, string>;
  /** What stands before the program: strace, prlimit, faketime. */
  before?: readonly string[];
  stdout?: 'pipe' | 'ignore';
}

export function runProgram(args: readonly string[], options: RunOptions = {}): ProgramRun {
  const [command = process.execPath, ...rest] = [
    ...(options.before ?? []),
    process.execPath,
    programEntry,
    ...args,
  ];
  const child = spawn(command, rest, {
    env: { PATH: process.env['PATH'] ?? '', RUADMAP_RESOLVER: 'off', ...options.env },
    cwd: tmpdir(),
    stdio: ['ignore', options.stdout ?? 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<ProgramEnd>((resolve, reject) => {
    child.once('error', reject);
    // Its ingest process holds the same pipes: what a killed one's child still says is not waited for.
    child.once('exit', (status, signal) => resolve({ status, signal }));
  });
  const pid = child.pid ?? -1;
  return {
    process: child,
    pid,
    stdout: () => stdout,
    stderr: () => stderr,
    ingestPid: () => childrenOf(pid)[0] ?? null,
    ended,
    endsWithin: (milliseconds) => within(ended, milliseconds),
    kill: async (signal = 'SIGKILL') => {
      child.kill(signal);
      return ended;
    },
  };
}

export function childrenOf(pid: number): number[] {
  try {
    const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch {
    return [];
  }
}

export function isAlive(pid: number): boolean {
  try {
    // A zombie that nobody waited for is dead.
    return !/^\d+ \(.*\) [ZX] /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** Waits until something holds, or says false after so long. */
export async function holdsWithin(milliseconds: number, holds: () => boolean): Promise<boolean> {
  const endMs = performance.now() + milliseconds;
  while (!holds()) {
    if (performance.now() > endMs) return false;
    await sleep(5);
  }
  return true;
}

export const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

const FAULT = /unhandled|uncaught|a fault in the program|\n {4}at |FATAL ERROR/i;

/** What a process must never say: an error that nobody caught. */
export const faultIn = (stderr: string): string | null => (FAULT.test(stderr) ? stderr : null);

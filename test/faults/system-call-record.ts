import { readFileSync } from 'node:fs';
import path from 'node:path';
import { strace } from '../parts.ts';

/** One call that changes a file or opens a connection, as `strace` saw it. */
export interface RecordedCall {
  call: string;
  /** The file's name, from the folder that was looked at; '' for a connection. */
  file: string;
  /** The how manieth of this call on this file, from 1. */
  occurrence: number;
}

const TRACED = 'pwrite64,write,fsync,fdatasync,unlink,rename,ftruncate,connect,openat';

/** What stands before a command so that its calls are recorded in `log`. */
export const recording = (log: string): string[] => [
  ...[strace.path ?? '', '-f', '--seccomp-bpf', '-y', '-e', `trace=${TRACED}`],
  ...['-e', 'signal=none', '-o', log],
];

/** What stands before a command so that it dies of SIGKILL as it enters one call, which is not made. */
export const killedAt = ({ call, occurrence }: RecordedCall, file: string | null): string[] => [
  // Not with --seccomp-bpf: it leaves the injected signal out.
  ...[strace.path ?? '', '-f', '-o', '/dev/null'],
  ...(file === null ? [] : ['-P', file]),
  ...['-e', `trace=${call}`, '-e', `inject=${call}:signal=SIGKILL:when=${occurrence}`],
];

/** The calls that change files in `dir`, and the connections over TCP, in order. */
export function readRecord(log: string, dir: string): RecordedCall[] {
  const counts = new Map<string, number>();
  const calls: RecordedCall[] = [];
  for (const line of readFileSync(log, 'latin1').split('\n')) {
    const found = /^\d+ +(\w+)\((.*)$/.exec(line);
    if (found?.[1] === undefined || found[2] === undefined) continue;
    const file = fileOf(found[1], found[2], dir);
    if (file === null) continue;
    const key = `${found[1]} ${file}`;
    const occurrence = (counts.get(key) ?? 0) + 1;
    counts.set(key, occurrence);
    if (found[1] === 'connect' && !found[2].includes('sa_family=AF_INET')) continue;
    if (found[1] === 'openat' && !found[2].includes('O_CREAT')) continue;
    calls.push({ call: found[1], file, occurrence });
  }
  return calls;
}

function fileOf(call: string, rest: string, dir: string): string | null {
  if (call === 'connect') return '';
  const found = /^(?:\d+<([^>]*)>|"([^"]*)"|AT_FDCWD<[^>]*>, "([^"]*)")/.exec(rest);
  const file = found?.[1] ?? found?.[2] ?? found?.[3];
  return file?.startsWith(`${dir}/`) === true ? path.relative(dir, file) : null;
}

import { closeSync, openSync } from 'node:fs';

/** While no process can be had, as where the system has no room for one. */
export function withoutProcesses<T>(during: () => T): T {
  const { execPath } = process;
  process.execPath = '/nonexistent/node';
  try {
    return during();
  } finally {
    process.execPath = execPath;
  }
}

/** While no file can be opened, of which a new process needs some. */
export function withoutFiles<T>(during: () => T): T {
  const open: number[] = [];
  try {
    for (;;) open.push(openSync('/dev/null', 'r'));
  } catch {
    return during();
  } finally {
    for (const one of open) closeSync(one);
  }
}

import { exitStatus } from './exit-status.ts';

/**
 * An error that nobody caught, or a promise that failed unheard, is a bug: nothing is known any more of
 * what the process holds. It says which error on standard error and ends with `exitStatus.internal`;
 * what was committed stays, and who supervises it starts another.
 */
export function endOnFault(): void {
  for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
    process.on(event, (error: unknown) => {
      const words = error instanceof Error ? (error.stack ?? error.message) : String(error);
      process.stderr.write(`ruadmap: a fault in the program: ${event}: ${words}\n`);
      process.exit(exitStatus.internal);
    });
  }
}

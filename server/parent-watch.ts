import { parentPort, Worker, workerData } from 'node:worker_threads';

/** Whether the parent is there still is asked this often. */
const LOOK_MS = 500;
/** The thread that asks needs next to nothing. */
const THREAD_LIMITS = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2 };

/**
 * Ends this process soon after its parent, also while it is in a loop without end, in which it would
 * hear of neither that nor a signal. Resolves once the watch is kept.
 */
export function endWithParent(parentPid: number): Promise<void> {
  return new Promise((resolve, reject) => {
    new Worker(new URL(import.meta.url), { workerData: parentPid, resourceLimits: THREAD_LIMITS })
      .once('message', resolve)
      .once('error', reject)
      .unref();
  });
}

if (parentPort !== null) {
  setInterval(() => {
    if (process.ppid !== workerData) process.kill(process.pid, 'SIGKILL');
  }, LOOK_MS);
  parentPort.postMessage('watching');
}

import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Reporter } from 'vitest/node';

const FAULT_LOG = 'RUADMAP_TEST_FAULT_LOG';

/** Ends a run with how many programs and test processes ended over an error that nobody caught. */
export default class FaultsReporter implements Reporter {
  readonly #dir = mkdtempSync(path.join(tmpdir(), 'ruadmap-faults-'));

  onInit(): void {
    process.env[FAULT_LOG] = path.join(this.#dir, 'ended');
  }

  onTestRunEnd(_modules: unknown, unhandled: readonly unknown[]): void {
    const log = path.join(this.#dir, 'ended');
    const ended = existsSync(log) ? readFileSync(log, 'utf8').split('\n').filter(Boolean) : [];
    rmSync(this.#dir, { recursive: true });
    const well = ended.filter((line) => line === 'well').length;
    const figure = { figure: 'programs-without-fault', n: well, of: ended.length };
    const inTests = { 'unhandled-in-tests': unhandled.length };
    process.stdout.write(`${JSON.stringify({ ...figure, ...inTests })}\n`);
    if (well < ended.length) process.exitCode = 1;
  }
}

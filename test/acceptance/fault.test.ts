import { expect, test } from 'vitest';
import type { HealthResponse } from '../../server/api/contract.ts';
import { ruadmap, startRuadmap, temporaryDir } from '../program.ts';
import { takeFaults } from '../watch-programs.ts';

/** Goes wrong in one of the two processes, as soon as it listens for what goes wrong. */
const planted = (fault: string, where: 'main' | 'ingest-process'): string => {
  const script = `
    const timer = setInterval(() => {
      if (!process.argv[1].endsWith('/${where}.js')) return clearInterval(timer);
      if (process.listenerCount('uncaughtException') === 0) return;
      clearInterval(timer);
      ${fault};
    }, 300);`;
  return `--import=data:text/javascript,${encodeURIComponent(script)}`;
};

test.each([
  ['an exception that nobody caught', "throw new Error('planted')"],
  ['a promise that failed unheard', "Promise.reject(new Error('planted'))"],
])(
  '%s ends the page process with status 70 and its words, and the tests notice',
  async (_, fault) => {
    const { dir, remove } = temporaryDir();
    const env = { NODE_OPTIONS: planted(fault, 'main') };
    const { status, stderr } = await ruadmap(['serve', '--port', '0', '--data', dir], env);
    expect(status).toBe(70);
    expect(stderr).toMatch(/^ruadmap: a fault in the program: .*Error: planted\n/);
    await expect.poll(takeFaults).toHaveLength(1);
    remove();
  },
);

test('one in the process that reads mail is told, and another takes over', async () => {
  const { dir, remove } = temporaryDir();
  const env = { NODE_OPTIONS: planted("throw new Error('planted')", 'ingest-process') };
  const running = await startRuadmap(['serve', '--data', dir], env);
  const restarts = async (): Promise<number> => {
    const health = (await (await fetch(`${running.url}api/health`)).json()) as HealthResponse;
    return health.ingest.restarts;
  };
  await expect.poll(restarts, { timeout: 20_000 }).toBeGreaterThan(0);
  expect(await running.stop()).toBe(0);
  expect(running.errors()).toContain('a fault in the program: uncaughtException: Error: planted');
  await expect.poll(takeFaults).toHaveLength(1);
  remove();
}, 40_000);

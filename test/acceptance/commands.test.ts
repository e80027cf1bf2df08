import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateReports } from '../generate/reports.ts';
import {
  type RunningProgram,
  ruadmap,
  ruadmapJson,
  startRuadmap,
  temporaryDir,
} from '../program.ts';

let work: ReturnType<typeof temporaryDir>;
let dataDir: string;
let running: RunningProgram | null;

beforeEach(() => {
  work = temporaryDir();
  dataDir = path.join(work.dir, 'data');
  running = null;
});
afterEach(async () => {
  await running?.stop();
  work.remove();
});

interface Summary {
  documents: number;
  stored: number;
  duplicates: number;
  messages: number;
  records: number;
}

/** Writes generated reports into a folder; returns it and the sum of their messages. */
function reportsFolder(reports: number, seed = 7): { folder: string; messages: number } {
  const folder = path.join(work.dir, `reports-${seed}`);
  mkdirSync(folder);
  let messages = 0;
  for (const { name, packed, expected } of generateReports({ seed, reports })) {
    writeFileSync(path.join(folder, name), packed);
    messages += expected.messages;
  }
  return { folder, messages };
}

describe('import', () => {
  test('counts what it read, and totals says the same', async () => {
    const { folder, messages } = reportsFolder(60);
    const summary = await ruadmapJson<Summary>(['import', folder, '--data', dataDir]);
    expect(summary).toMatchObject({ documents: 60, stored: 60, messages });
    const totals = await ruadmapJson<Summary>(['totals', '--data', dataDir]);
    expect(totals).toMatchObject({ reports: 60, messages, records: summary.records });
  });

  test('a second time finds repeats, and changes no total', async () => {
    const { folder } = reportsFolder(20);
    await ruadmapJson(['import', folder, '--data', dataDir]);
    const before = await ruadmapJson(['totals', '--data', dataDir]);
    const again = await ruadmapJson<Summary>(['import', folder, '--data', dataDir]);
    expect(again).toMatchObject({ stored: 0, duplicates: 20 });
    expect(await ruadmapJson(['totals', '--data', dataDir])).toEqual(before);
  });

  test('a broken file does not end the run, and is listed with its reason', async () => {
    const { folder } = reportsFolder(3);
    writeFileSync(path.join(folder, 'a-broken.xml'), '<feedback><report_metadata>');
    const { status, stdout } = await ruadmap(['import', folder, '--data', dataDir, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      stored: 3,
      refused: 1,
      problems: [{ reason: 'truncated', file: path.join(folder, 'a-broken.xml') }],
    });
  });

  test('a path that is not there is wrong usage, told before anything is read', async () => {
    const { status, stderr } = await ruadmap(['import', '/no/such/file', '--data', dataDir]);
    expect(status).toBe(64);
    expect(stderr).toContain('/no/such/file');
  });

  test('the data directory and what is in it are closed to others', async () => {
    const { folder } = reportsFolder(1);
    await ruadmapJson(['import', folder, '--data', dataDir]);
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(dataDir, 'ruadmap.db')).mode & 0o077).toBe(0);
  });
});

describe('totals', () => {
  test('with days given counts only reports of these days, and their sums add up', async () => {
    const { folder } = reportsFolder(40);
    await ruadmapJson(['import', folder, '--data', dataDir]);
    const of = (...range: string[]) =>
      ruadmapJson<Summary>(['totals', '--data', dataDir, ...range]);
    const all = await of();
    const before = await of('--to', '2025-12-31');
    const after = await of('--from', '2026-01-01');
    expect(before.messages + after.messages).toBe(all.messages);
  });

  test('an impossible day is wrong usage', async () => {
    const { status, stderr } = await ruadmap(['totals', '--from', '2026-13-01', '--data', dataDir]);
    expect(status).toBe(64);
    expect(stderr).toContain('2026-13-01');
  });

  test('of an empty store are zero', async () => {
    expect(await ruadmapJson(['totals', '--data', dataDir])).toMatchObject({
      reports: 0,
      messages: 0,
    });
  });
});

describe('C01: poll', () => {
  test('without any mailbox tells the two ways to add one', async () => {
    const { status, stderr } = await ruadmap(['poll', '--data', dataDir]);
    expect(status).toBe(78);
    expect(stderr).toContain('RUADMAP_IMAP_URL');
    expect(stderr).toContain('http://127.0.0.1:7489/');
  });

  test('of a server that is not there says so, and how it ended', async () => {
    const env = { RUADMAP_IMAP_URL: 'imap://me@127.0.0.1:9/', RUADMAP_IMAP_PASSWORD: 'hunter2' };
    const { status, stderr } = await ruadmap(['poll', '--data', dataDir], env);
    expect(status).toBe(78);
    expect(stderr).toContain('127.0.0.1');
    expect(stderr).not.toContain('hunter2');
  });
});

describe('serve', () => {
  const serve = (...more: string[]): string[] => ['serve', '--data', dataDir, ...more];

  test('refuses an address that others could reach', async () => {
    const { status, stderr } = await ruadmap(serve('--host', '0.0.0.0'));
    expect(status).toBe(78);
    expect(stderr).toContain('RUADMAP_HOST');
  });

  test('a busy port says so and what to do', async () => {
    const other = createServer();
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port));
    });
    const { status, stderr } = await ruadmap(serve('--port', String(port)));
    other.close();
    expect(status).toBe(78);
    expect(stderr).toContain(`Port ${port} is in use`);
  });

  test('a page that cannot begin ends with its words, and leaves no reader behind', async () => {
    mkdirSync(dataDir);
    writeFileSync(path.join(dataDir, 'spool'), 'a file where a folder belongs');
    const { status, stderr } = await ruadmap(['serve', '--data', dataDir, '--port', '0']);
    expect([status, stderr]).toEqual([78, expect.stringContaining('spool')]);
  });

  test('S08: a lock that a killed one left keeps nobody out', async () => {
    const killed = await startRuadmap(serve());
    const { pid = 0 } = killed.process;
    const gone = once(killed.process, 'exit');
    for (const each of [ingestPid(pid), pid]) process.kill(each, 'SIGKILL');
    await gone;
    running = await startRuadmap(serve());
    expect(running.errors()).toBe('');
  });

  test('S08: a second one on the same data is told the pid of the first', async () => {
    running = await startRuadmap(serve());
    const { status, stderr } = await ruadmap(serve('--port', '0'));
    expect(status).toBe(69);
    expect(stderr).toContain(String(running.process.pid));
  });

  test('takes the work of other commands while it runs', async () => {
    running = await startRuadmap(serve());
    const { folder, messages } = reportsFolder(50);
    const summary = await ruadmapJson<Summary>(['import', folder, '--data', dataDir]);
    expect(summary).toMatchObject({ stored: 50, messages });
    expect(await ruadmapJson(['totals', '--data', dataDir])).toMatchObject({ messages });
  });

  test('a killed ingest process is started again, and its work is done to the end, once', async () => {
    running = await startRuadmap(serve());
    const { folder, messages } = reportsFolder(600);
    const pid = running.process.pid ?? 0;
    const importing = ruadmapJson<Summary>(['import', folder, '--data', dataDir]);
    await new Promise((resolve) => setTimeout(resolve, 700));
    process.kill(ingestPid(pid), 'SIGKILL');
    await importing;
    expect(await ruadmapJson(['totals', '--data', dataDir])).toMatchObject({
      reports: 600,
      messages,
    });
    const health = await (await fetch(`${running.url}api/health`)).json();
    expect(health).toMatchObject({ ingest: { restarts: 1 } });
  });

  test('ends with status 0 on SIGTERM, and leaves the data to the next', async () => {
    running = await startRuadmap(serve());
    expect(await running.stop()).toBe(0);
    running = await startRuadmap(serve());
    expect(running.errors()).toBe('');
  });
});

test('wrong usage ends with 64 and the way to the help', async () => {
  const { status, stderr } = await ruadmap(['totals', '--no-such-flag']);
  expect(status).toBe(64);
  expect(stderr).toContain('--help');
});

test.each(['serve', 'import', 'poll', 'totals', 'demo'])(
  '%s has help with an example',
  async (name) => {
    const { status, stdout } = await ruadmap([name, '--help']);
    expect(status).toBe(0);
    expect(stdout).toContain('Example:');
  },
);

test('README names every setting, every flag and every command', () => {
  const readme = readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8');
  const source = readFileSync(path.join(import.meta.dirname, '../../server/settings.ts'), 'utf8');
  const names = [...source.matchAll(/'(RUADMAP_[A-Z_]+|--[a-z-]+)'/g)].map(
    (match) => match[1] ?? '',
  );
  expect(names.length).toBeGreaterThan(15);
  for (const name of names) expect(readme).toContain(`\`${name}\``);
});

/** The one child of the page's process. */
const ingestPid = (pid: number): number =>
  Number(readFileSync(`/proc/${String(pid)}/task/${String(pid)}/children`, 'utf8').trim());

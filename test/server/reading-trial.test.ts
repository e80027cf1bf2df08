import { fork } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { TrialContent } from '../../ingest/reading-trial.ts';
import { createReadingTrial } from '../../server/reading-trial.ts';
import { holdsWithin, isAlive } from '../faults/program-run.ts';
import { reportXml } from '../imap/report-files.ts';
import { builtTrial } from '../reading-trial.ts';
import { tempDir } from './store/temp-store.ts';

const document = (text: string): TrialContent => ({
  ...{ kind: 'document', bytes: Buffer.from(text), name: 'report.xml' },
});

/** A process that answers, unless what it gets tells it what to do; it counts its starts in a file. */
function processThat(dir: string): string {
  const entry = path.join(dir, 'process.mjs');
  writeFileSync(
    entry,
    `import { appendFileSync, readFileSync } from 'node:fs';
     const starts = ${JSON.stringify(path.join(dir, 'starts'))};
     appendFileSync(starts, '.');
     process.on('message', ({ bytes }) => {
       const text = bytes.toString();
       const isFirst = readFileSync(starts).length === 1;
       if (text === 'die' || (text === 'die once' && isFirst)) process.kill(process.pid, 'SIGKILL');
       if (text === 'fail') throw new Error('a bug of the test');
       if (text === 'loop') for (;;);
       process.send('read');
     });
     process.send('ready');`,
  );
  return entry;
}

test('the built process survives reports, mails and nonsense, and says so of each', async () => {
  const mail = Buffer.from(`Content-Type: text/xml\r\n\r\n${reportXml(1, 7)}`);
  const contents: TrialContent[] = [
    document(reportXml(1, 7)),
    { kind: 'mail', bytes: mail },
    document('no report'),
    { kind: 'parts', toRead: { parts: [], untried: 0, notReport: 'ordinary-mail' } },
  ];
  expect(await builtTrial(contents)).toEqual([true, true, true, true]);
});

test.each(['die', 'fail'])(
  'what makes two processes %s is told from what comes after it',
  async (what) => {
    const trial = createReadingTrial(processThat(tempDir()), 20_000);
    expect(await trial([document('well'), document(what), document('well')])).toEqual([
      ...[true, false, true],
    ]);
  },
);

test('one death may be somebody else’s doing', async () => {
  const trial = createReadingTrial(processThat(tempDir()), 20_000);
  expect(await trial([document('die once')])).toEqual([true]);
});

test('S14: what is read without end is a death', async () => {
  const trial = createReadingTrial(processThat(tempDir()), 300);
  expect(await trial([document('loop'), document('well')])).toEqual([false, true]);
});

/** Reads without end in the built process, whose number it writes to a file. */
function looping(dir: string) {
  const [entry, pidFile] = [path.join(dir, 'parent.mjs'), path.join(dir, 'pid')];
  const dist = path.resolve(import.meta.dirname, '../../dist/server');
  const hook = `
    import { writeFileSync } from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    import zlib from 'node:zlib';
    zlib.inflateRawSync = () => {
      writeFileSync(${JSON.stringify(pidFile)}, String(process.pid), { flush: true });
      for (;;);
    };
    syncBuiltinESMExports();`;
  writeFileSync(
    entry,
    `import { createReadingTrial } from ${JSON.stringify(path.join(dist, 'reading-trial.js'))};
     const bytes = Buffer.from('${gzipSync(reportXml(1, 7)).toString('base64')}', 'base64');
     const trial = createReadingTrial(${JSON.stringify(path.join(dist, 'reading-trial-process.js'))}, 240_000);
     await trial([{ kind: 'document', bytes, name: 'report.xml.gz' }]);`,
  );
  const preload = `--import=data:text/javascript,${encodeURIComponent(hook)}`;
  const parent = fork(entry, [], { env: { ...process.env, NODE_OPTIONS: preload } });
  const trialPid = (): number | null =>
    existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) || null : null;
  return { parent, trialPid };
}

test('S14: what is read without end is not read on once its asker is gone', async () => {
  const { parent, trialPid } = looping(tempDir());
  try {
    expect(await holdsWithin(20_000, () => trialPid() !== null)).toBe(true);
    parent.kill('SIGKILL');
    expect(await holdsWithin(10_000, () => !isAlive(trialPid() ?? 0))).toBe(true);
  } finally {
    parent.kill('SIGKILL');
    const left = trialPid();
    if (left !== null && isAlive(left)) process.kill(left, 'SIGKILL');
  }
});

test('a process that never says that it is ready is waited for no longer, and nothing blamed', async () => {
  const dir = tempDir();
  const [entry, pidFile] = [path.join(dir, 'never-ready.mjs'), path.join(dir, 'pid')];
  writeFileSync(
    entry,
    `import { writeFileSync } from 'node:fs';
     writeFileSync(${JSON.stringify(pidFile)}, String(process.pid));
     for (;;);`,
  );
  expect(await createReadingTrial(entry, 20_000, 2000)([document('well')])).toEqual([true]);
  const pid = Number(readFileSync(pidFile, 'utf8'));
  expect(await holdsWithin(5000, () => !isAlive(pid))).toBe(true);
});

test('where no process can be had nothing is blamed', async () => {
  const dir = tempDir();
  const entry = path.join(dir, 'ends-at-once.mjs');
  writeFileSync(entry, 'process.exit(1);');
  expect(await createReadingTrial(entry, 20_000)([document('well')])).toEqual([true]);
  const missing = createReadingTrial(path.join(dir, 'no such file'), 20_000);
  expect(await missing([document('well')])).toEqual([true]);
});

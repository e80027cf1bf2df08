import { execFile, execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Defect } from './defect.ts';

const projectDir = path.resolve(import.meta.dirname, '../..');

/** A copy of the project in which faults are planted, one after the other. */
export interface ProjectCopy {
  /** @throws where the sound text does not stand in its file exactly once */
  plant(defect: Defect): void;
  restore(defect: Defect): void;
  run(testFiles: readonly string[]): Promise<TestRun>;
  remove(): void;
}

export interface TestRun {
  passed: number;
  /** Full titles of the tests that failed. */
  failed: string[];
  /** Files in which no test could be run at all. */
  brokenFiles: string[];
}

/** Everything that git knows of, with the parts that were installed; the corpus stands beside it. */
export function copyProject(): ProjectCopy {
  const home = mkdtempSync(path.join(tmpdir(), 'ruadmap-defects-'));
  const copy = path.join(home, 'project');
  mkdirSync(copy);
  const files = execFileSync('git', ['ls-files', '-z', '-co', '--exclude-standard'], {
    cwd: projectDir,
    encoding: 'utf8',
  });
  const present = (name: string) => name !== '' && existsSync(path.join(projectDir, name));
  for (const file of files.split('\0').filter(present))
    cpSync(path.join(projectDir, file), path.join(copy, file), { recursive: true });
  cpSync(path.join(projectDir, 'dist'), path.join(copy, 'dist'), { recursive: true });
  symlinkSync(path.join(projectDir, 'node_modules'), path.join(copy, 'node_modules'));
  const shared = path.resolve(projectDir, '../shared');
  if (existsSync(shared)) symlinkSync(shared, path.join(home, 'shared'));

  return {
    plant: ({ file, sound, planted }) => {
      const text = readFileSync(path.join(projectDir, file), 'utf8');
      const [before, after, more] = text.split(sound);
      if (before === undefined || after === undefined || more !== undefined)
        throw new Error(`"${sound}" does not stand in ${file} exactly once.`);
      writeFileSync(path.join(copy, file), before + planted + after);
    },
    restore: ({ file }) => cpSync(path.join(projectDir, file), path.join(copy, file)),
    run: (testFiles) => runTests(copy, testFiles),
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

interface VitestReport {
  numPassedTests: number;
  testResults: {
    name: string;
    assertionResults: { status: string; fullName: string }[];
  }[];
}

async function runTests(copy: string, testFiles: readonly string[]): Promise<TestRun> {
  const output = path.join(copy, 'outcome.json');
  const vitest = path.join(copy, 'node_modules/vitest/vitest.mjs');
  const args = [vitest, 'run', ...testFiles, '--reporter=json', `--outputFile=${output}`];
  const options = { cwd: copy, maxBuffer: 64 * 1024 * 1024 };
  // It ends with an error where a test failed, which is what is asked.
  await new Promise<void>((resolve) => execFile(process.execPath, args, options, () => resolve()));
  try {
    return readRun(readFileSync(output, 'utf8'));
  } finally {
    rmSync(output, { force: true });
  }
}

function readRun(text: string): TestRun {
  const { numPassedTests, testResults } = JSON.parse(text) as VitestReport;
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return {
    passed: numPassedTests,
    failed: tests.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName),
    brokenFiles: testResults
      .filter(({ assertionResults }) => assertionResults.length === 0)
      .map(({ name }) => name),
  };
}

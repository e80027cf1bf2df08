import { afterAll, beforeAll, expect, test } from 'vitest';
import { copyProject, type ProjectCopy } from './copy.ts';
import { DEFECTS } from './planted.ts';

const FEWEST = 25;
const MOST_MINUTES = 10;

let copy: ProjectCopy;
let noticed = 0;

beforeAll(() => {
  copy = copyProject();
});
afterAll(() => {
  copy.remove();
  process.stdout.write(
    `${JSON.stringify({ figure: 'planted defects noticed', n: noticed, of: DEFECTS.length })}\n`,
  );
});

test(`there are at least ${FEWEST}, each of its own name`, () => {
  expect(new Set(DEFECTS.map(({ name }) => name)).size).toBeGreaterThanOrEqual(FEWEST);
});

test(
  'without a defect every one of these tests is passed',
  async () => {
    const files = [...new Set(DEFECTS.flatMap(({ noticedBy }) => noticedBy))];
    const { passed, failed, brokenFiles } = await copy.run(files);
    expect({ failed, brokenFiles }).toEqual({ failed: [], brokenFiles: [] });
    expect(passed).toBeGreaterThan(DEFECTS.length);
  },
  MOST_MINUTES * 60_000,
);

test.each(DEFECTS)(
  '$name: noticed',
  async (defect) => {
    copy.plant(defect);
    try {
      const { failed, brokenFiles } = await copy.run(defect.noticedBy);
      expect(brokenFiles, 'every test file can be run').toEqual([]);
      expect(failed.length, 'tests that fail').toBeGreaterThan(0);
      noticed += 1;
    } finally {
      copy.restore(defect);
    }
  },
  MOST_MINUTES * 60_000,
);

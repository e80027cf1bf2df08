import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FINDING_IDS, findingOf, problem } from '../../../server/records/findings.ts';

const folder = path.resolve(import.meta.dirname, '../dns');
const zones = readdirSync(folder)
  .filter((file) => file.endsWith('-zones.test.ts'))
  .map((file) => readFileSync(path.join(folder, file), 'utf8'))
  .join('\n');

describe('the closed list of findings', () => {
  it.each(FINDING_IDS)('%s is found in a zone of the tests', (id) => {
    expect(zones).toContain(`'${id}'`);
  });

  it('fills the words of a stranger in, shortened', () => {
    const { text } = findingOf(problem('spf-syntax', { term: 'x'.repeat(5000) }));
    expect(text.length).toBeLessThan(350);
    expect(text).toContain('xxx…');
  });

  it('tells what each is about by its name', () => {
    const about = FINDING_IDS.map((id) => findingOf(problem(id)).about);
    expect(FINDING_IDS.every((id, at) => id.startsWith(`${about[at] ?? '?'}-`))).toBe(true);
  });
});

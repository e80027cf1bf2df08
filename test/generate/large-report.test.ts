import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

import { largeReport, writeLargeReport } from './large-report.ts';
import { xmlProblem } from './well-formed.ts';

const OPTIONS = { seed: 3, records: 3000, sources: 500 };

describe('one large report', () => {
  test('comes in chunks of one well-formed document with as many records as asked for', () => {
    const { chunks, expected } = largeReport(OPTIONS);
    const pieces = [...chunks];
    const xml = pieces.join('');
    expect(pieces.length).toBeGreaterThan(5);
    expect(xmlProblem(xml)).toBeNull();
    expect(xml.match(/<record>/g)).toHaveLength(3000);
    expect(expected.records).toBe(3000);
    const bodies = new Set(xml.split('</count>').slice(1));
    expect(bodies.size).toBeGreaterThan(450);
    const counts = [...xml.matchAll(/<count>(\d+)</g)].map(([, count]) => Number(count));
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(expected.messages);
  });

  test('is written as gzip, the same for the same seed', async () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'large-report-'));
    try {
      const file = path.join(folder, 'large.xml.gz');
      const expected = await writeLargeReport(file, OPTIONS);
      const { chunks, expected: again } = largeReport(OPTIONS);
      expect(gunzipSync(readFileSync(file)).toString()).toBe([...chunks].join(''));
      expect(again).toEqual(expected);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

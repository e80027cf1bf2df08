import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import { readMail } from '../../ingest/mail.ts';
import { nameToKeep } from '../../ingest/kept-name.ts';
import { createDocumentReader } from '../../ingest/read-document.ts';
import { recordXml, reportXml } from './a-report.ts';
import { makeZip } from './make-zip.ts';
import { NOW_SECONDS, read } from './reading.ts';

const SPACES = ' '.repeat(60_000);

describe('white space that is looked through again and again', () => {
  // Each of these once took twelve seconds.
  test('in dates, thirty times', async () => {
    for (let time = 0; time < 30; time += 1) {
      const [document] = await read(reportXml({ begin: `1767225600${SPACES}x`, end: SPACES }));
      expect(document).toMatchObject({
        report: { metadata: { dateRange: { beginSeconds: null, endSeconds: null } } },
      });
    }
  });

  test('in names, thirty times', () => {
    for (let time = 0; time < 30; time += 1)
      expect(nameToKeep(`${SPACES}${time}`).length).toBe(255);
  });
});

describe('many documents in one file', () => {
  const members = (count: number): Buffer =>
    Buffer.concat(
      Array.from({ length: count }, (_, serial) =>
        gzipSync(reportXml({ reportId: `r-${serial}` })),
      ),
    );

  test('are read up to a cap, and the file is kept where it holds more', async () => {
    const documents = await read(members(12), { documents: 10 });
    expect(documents.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 10 }, () => 'report'),
      'refused',
    ]);
    expect(documents.at(-1)).toMatchObject({
      problem: { reason: 'too-many-entries' },
      kept: { inflatedBytes: members(12).length },
    });
  });

  test('are no more than the cap because they lie in several attachments', async () => {
    const limits = { ...defaultLimits, documents: 10 };
    const attachments = [members(6), members(6), members(6)].map(
      (bytes, serial) =>
        `--b\r\nContent-Type: application/gzip; name="${serial}.xml.gz"\r\n` +
        `Content-Transfer-Encoding: base64\r\n\r\n${bytes.toString('base64')}\r\n`,
    );
    const mail = `Content-Type: multipart/mixed; boundary=b\r\n\r\n${attachments.join('')}--b--\r\n`;
    const reader = createDocumentReader(limits);
    const { documents } = await readMail(Buffer.from(mail), limits, reader, NOW_SECONDS);
    expect(documents.map(({ outcome }) => outcome)).toEqual([
      ...Array.from({ length: 12 }, () => 'report'),
      'refused',
    ]);
    expect(documents.at(-1)).toMatchObject({ problem: { reason: 'too-many-attachments' } });
  });

  test('end with the time that a mail may take', async () => {
    const documents = await read(members(12), { messageSeconds: 0 });
    expect(documents).toMatchObject([{ outcome: 'refused', problem: { reason: 'timed-out' } }]);
  });

  test('that cannot be read share the one copy that is kept of their file', async () => {
    const encrypted = Array.from({ length: 60 }, (_, serial) => ({
      ...{ name: `${serial}.xml`, content: 'x', flags: 1 },
    }));
    const documents = await read(makeZip(encrypted));
    const copies = new Set(documents.map(({ kept }) => kept));
    expect([documents.length, copies.size]).toEqual([60, 1]);
  });
});

test('a report claims no more messages than sums can hold exactly', async () => {
  const records = recordXml({ count: '1000000000' }).repeat(12);
  const [document] = await read(reportXml({ records }), { reportMessages: 10_000_000_000 });
  if (document?.outcome !== 'report') throw new Error('no report');
  const { rows, refusedRows, warnings } = document.report;
  expect(rows.reduce((sum, { count }) => sum + count, 0)).toBe(10_000_000_000);
  expect(refusedRows).toEqual([
    { position: 10, reason: 'count-too-large', detail: '1000000000' },
    { position: 11, reason: 'count-too-large', detail: '1000000000' },
  ]);
  expect(warnings).toContain('rows-refused');
});

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { deflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentsOf, digestOf } from '../server/store/digest.ts';
import { recordXml, reportXml } from '../ingest/a-report.ts';
import { generateReports } from '../generate/reports.ts';
import {
  ruadmap,
  ruadmapJson,
  type RunningProgram,
  startRuadmap,
  temporaryDir,
} from '../program.ts';

interface Verified {
  ok: boolean;
  reports: number;
  records: number;
  messages: number;
  readAgain: number;
  withoutBytes: number;
  findings: { what: string; count: number; examples: string[]; advice: string }[];
}

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

async function importFiles(files: Record<string, string | Buffer>): Promise<void> {
  const folder = path.join(work.dir, 'reports');
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of Object.entries(files)) writeFileSync(path.join(folder, name), bytes);
  await ruadmapJson(['import', folder, '--data', dataDir]);
}

const generated = (reports: number): Record<string, Buffer> =>
  Object.fromEntries(
    [...generateReports({ seed: 3, reports })].map(({ name, packed }) => [name, packed]),
  );

async function verify(): Promise<{ status: number; found: Verified }> {
  const { status, stdout } = await ruadmap(['verify', '--json', '--data', dataDir]);
  return { status, found: JSON.parse(stdout) as Verified };
}

/** Changes the file behind the program's back. */
function tamper(...statements: string[]): void {
  const database = new Database(path.join(dataDir, 'ruadmap.db'));
  database.pragma('foreign_keys = OFF');
  for (const statement of statements) database.exec(statement);
  database.close();
}

describe('ruadmap verify', () => {
  test('finds nothing in a store that nobody touched, and changes nothing', async () => {
    await importFiles(generated(60));
    const before = digestOf(dataDir);
    const { status, found } = await verify();
    expect(found).toMatchObject({ ok: true, reports: 60, readAgain: 60, findings: [] });
    const totals = await ruadmapJson<{ messages: number; records: number }>([
      ...['totals', '--data', dataDir],
    ]);
    expect([found.messages, found.records]).toEqual([totals.messages, totals.records]);
    expect(status).toBe(0);
    expect(digestOf(dataDir)).toBe(before);
  });

  test('works beside a running Ruadmap', async () => {
    await importFiles(generated(5));
    running = await startRuadmap(['serve', '--data', dataDir]);
    expect((await verify()).found).toMatchObject({ ok: true, reports: 5 });
  });

  test.each([
    ['a count', 'UPDATE record SET message_count = message_count + 1 WHERE rowid_is_first'],
    ['a sum of a day', 'UPDATE stream_day SET messages = messages + 1 WHERE rowid_is_first'],
    ['who told of a sum', "UPDATE address_day SET reporters = '9999 ' || messages"],
    ['days of an address', "UPDATE unaligned_address SET days = '0 1'"],
    ['a sum of an address', 'DELETE FROM unaligned_address'],
    ['a sum of a reporter', 'UPDATE reporter_day SET messages = messages + 1'],
    ['a sum by which an address is named', 'DELETE FROM address_sign WHERE rowid_is_first'],
    ['an address', "UPDATE address SET source_ip = '203.0.113.99' WHERE id = 1"],
    ['a name of an address', 'DELETE FROM address_name WHERE rowid_is_first'],
    ['what a profile says', "UPDATE profile SET body = replace(body, 'pass', 'fail')"],
    ['a profile that cannot be read any more', 'UPDATE profile SET body = substr(body, 2)'],
    ['which version counts', 'UPDATE report SET counted = 0 WHERE id = 1'],
    ['sums of a report', 'UPDATE report SET dmarc_aligned = 0 WHERE dmarc_aligned > 0'],
    ['sums of a document', 'UPDATE document SET messages = messages + 1'],
    ['a missing document', 'DELETE FROM document'],
    ['missing records', 'DELETE FROM record'],
    ['kept bytes', 'UPDATE kept SET bytes = zeroblob(length(bytes))'],
    ['the size of kept bytes', 'UPDATE kept SET inflated_bytes = inflated_bytes + 1'],
    [
      'kept bytes of what was refused',
      'UPDATE kept SET bytes = zeroblob(1) WHERE content_sha256 NOT IN (SELECT content_sha256 FROM report)',
    ],
    ['kept bytes of another report', 'UPDATE kept SET bytes = (SELECT max(bytes) FROM kept)'],
  ])('notices a change of %s', async (_, statement) => {
    const byService = recordXml({
      results: '<spf><domain>bounce.mcsv.net</domain><result>pass</result></spf>',
    });
    await importFiles({
      'by-service.xml': reportXml({ records: byService }),
      ...generated(12),
      'cut.xml': reportXml().slice(0, -20),
    });
    tamper(inSql(statement));
    const { status, found } = await verify();
    expect(status).toBe(65);
    expect(found.ok).toBe(false);
    for (const { count, examples, advice } of found.findings) {
      expect(count).toBeGreaterThan(0);
      expect(examples.length).toBeGreaterThan(0);
      expect(advice).not.toBe('');
    }
  });

  test('says of how many reports no bytes are kept, and checks their sums all the same', async () => {
    await importFiles(generated(12));
    tamper('DELETE FROM kept');
    expect((await verify()).found).toMatchObject({ ok: true, readAgain: 0, withoutBytes: 12 });
    tamper('UPDATE reporter_day SET messages = messages + 1');
    expect((await verify()).status).toBe(65);
  });

  test('says where what it found cannot be noted', async () => {
    await importFiles(generated(3));
    const other = new Database(path.join(dataDir, 'ruadmap.db'));
    other.exec('BEGIN IMMEDIATE');
    const { status, stdout, stderr } = await ruadmap(['verify', '--json', '--data', dataDir]);
    other.close();
    expect([status, JSON.parse(stdout)]).toEqual([0, expect.objectContaining({ ok: true })]);
    expect(stderr).toContain('could not be noted for the page: Another process');
  });

  test('without a database, or with a damaged one, says what to do', async () => {
    const none = await ruadmap(['verify', '--data', dataDir]);
    expect([none.status, none.stderr]).toEqual([78, expect.stringContaining('no database')]);
    await importFiles(generated(3));
    writeFileSync(path.join(dataDir, 'ruadmap.db'), 'not a database at all');
    const damaged = await ruadmap(['verify', '--data', dataDir]);
    expect([damaged.status, damaged.stderr]).toEqual([65, expect.stringContaining('Restore')]);
  });
});

/** The first row of a table without row ids. */
function inSql(statement: string): string {
  const table = /(?:UPDATE|FROM) (\w+)/.exec(statement)?.[1] ?? '';
  const keys: Record<string, string> = {
    record: '(report_id, position)',
    stream_day: '(stream_id, day)',
    address_sign: '(policy_domain_id, address_id, service, by)',
    address_name: '(policy_domain_id, address_id)',
  };
  const key = keys[table] ?? 'rowid';
  const columns = key.replace(/[()]/g, '');
  return statement.replace('rowid_is_first', `${key} = (SELECT ${columns} FROM ${table} LIMIT 1)`);
}

describe('ruadmap reparse', () => {
  test('changes nothing where today’s parser reads the same', async () => {
    await importFiles(generated(20));
    const before = digestOf(dataDir);
    const done = await ruadmapJson(['reparse', '--data', dataDir]);
    expect(done).toMatchObject({ reports: 20, unchanged: 20, changed: [], refused: [] });
    expect(digestOf(dataDir)).toBe(before);
  });

  /** As if an older parser had missed something: the kept bytes say more than was stored. */
  async function storedByAnOlderParser(): Promise<string> {
    const whole = reportXml({ records: recordXml({ count: '5' }) + recordXml({ count: '7' }) });
    await importFiles({ 'whole.xml': whole, ...generated(4) });
    const digest = digestOf(dataDir);
    const id = `(SELECT id FROM report WHERE report_id = 'r-1')`;
    const domain = `(SELECT policy_domain_id FROM report WHERE report_id = 'r-1')`;
    tamper(
      `DELETE FROM record WHERE report_id = ${id} AND position = 1`,
      `UPDATE report SET records = 1, messages = 5,
         dmarc_aligned = CASE dmarc_aligned WHEN 0 THEN 0 ELSE 5 END WHERE id = ${id}`,
      `UPDATE document SET records = 1, messages = 5 WHERE report_id = ${id}`,
      `UPDATE address_day SET messages = 5, reporters = replace(reporters, ' 12', ' 5')
       WHERE policy_domain_id = ${domain}`,
      `UPDATE stream_day SET messages = 5, reporters = replace(reporters, ' 12', ' 5')
       WHERE stream_id IN (SELECT id FROM stream WHERE policy_domain_id = ${domain})`,
      `UPDATE unaligned_address SET days = replace(days, ' 12', ' 5')
       WHERE stream_id IN (SELECT id FROM stream WHERE policy_domain_id = ${domain})`,
      `UPDATE reporter_day SET messages = 5 WHERE policy_domain_id = ${domain}`,
      `UPDATE address_sign SET messages = 5 WHERE policy_domain_id = ${domain}`,
    );
    return digest;
  }

  test('puts today’s reading in the place of an older one, sums and all', async () => {
    const whole = await storedByAnOlderParser();
    const { found } = await verify();
    expect(found.findings.map(({ what, count }) => [what, count])).toEqual([
      ['reports are read otherwise today than when they were stored', 1],
    ]);
    expect(found.findings[0]?.advice).toContain('ruadmap reparse');
    const done = await ruadmapJson<{ changed: { id: number; changes: string[] }[] }>([
      ...['reparse', '--data', dataDir],
    ]);
    expect(done.changed).toHaveLength(1);
    expect(done.changed[0]?.changes).toContain('messages: 5, now 12');
    expect(digestOf(dataDir)).toBe(whole);
    expect((await verify()).found.ok).toBe(true);
    expect(await ruadmapJson(['reparse', '--data', dataDir])).toMatchObject({ changed: [] });
  });

  test('of one report leaves the others alone', async () => {
    await storedByAnOlderParser();
    const { changed } = await ruadmapJson<{ changed: unknown[] }>([
      ...['reparse', '--report', '1', '--data', dataDir],
    ]);
    expect(changed.length).toBeLessThanOrEqual(1);
    const none = await ruadmap(['reparse', '--report', '999', '--data', dataDir]);
    expect([none.status, none.stderr]).toEqual([64, expect.stringContaining('no report 999')]);
  });

  test('keeps what was stored where today’s parser refuses it', async () => {
    await importFiles(generated(3));
    const broken = '<feedback><record>';
    const packed = deflateRawSync(Buffer.from(broken)).toString('hex');
    const hash = createHash('sha256').update(broken).digest('hex');
    const first = '(SELECT content_sha256 FROM report WHERE id = 1)';
    tamper(
      `UPDATE kept
       SET bytes = x'${packed}', encoding = 'deflate-raw', inflated_bytes = ${broken.length},
           content_sha256 = x'${hash}' WHERE content_sha256 = ${first}`,
      `UPDATE document SET content_sha256 = x'${hash}' WHERE content_sha256 = ${first}`,
      `UPDATE report SET content_sha256 = x'${hash}' WHERE id = 1`,
    );
    const before = contentsOf(dataDir);
    const done = await ruadmapJson<{ unchanged: number; refused: object[] }>([
      ...['reparse', '--data', dataDir],
    ]);
    expect(done).toMatchObject({ unchanged: 2, refused: [{ id: 1, reason: 'truncated' }] });
    expect(contentsOf(dataDir)).toEqual(before);
  });

  test('is done by a running Ruadmap where there is one', async () => {
    const whole = await storedByAnOlderParser();
    running = await startRuadmap(['serve', '--data', dataDir]);
    const { changed } = await ruadmapJson<{ changed: unknown[] }>(['reparse', '--data', dataDir]);
    expect(changed).toHaveLength(1);
    const none = await ruadmap(['reparse', '--report', '999', '--data', dataDir]);
    expect([none.status, none.stderr]).toEqual([64, expect.stringContaining('no report 999')]);
    expect(await running.stop()).toBe(0);
    expect(digestOf(dataDir)).toBe(whole);
  });
});

describe('ruadmap retry', () => {
  const good = reportXml({ reportId: 'mended' });

  /** As if an older parser had refused what today's can read. */
  async function refusedByAnOlderParser(): Promise<void> {
    const xml = good.replace('</feedback>', '</feedbacks>');
    await importFiles({ 'refused.xml': xml, ...generated(2) });
    const packed = deflateRawSync(Buffer.from(good)).toString('hex');
    const hash = createHash('sha256').update(good).digest('hex');
    tamper(
      `UPDATE OR REPLACE kept
       SET bytes = x'${packed}', inflated_bytes = ${good.length}, content_sha256 = x'${hash}'
       WHERE content_sha256 = (SELECT content_sha256 FROM document WHERE outcome = 'refused')`,
      `UPDATE document SET content_sha256 = x'${hash}', crc = NULL WHERE outcome = 'refused'`,
    );
  }

  test('reads from the kept bytes what can be read now, once', async () => {
    await refusedByAnOlderParser();
    const { retried } = await ruadmapJson<{ retried: { outcome: string; messageId: number }[] }>([
      ...['retry', '--data', dataDir],
    ]);
    expect(retried.map(({ outcome }) => outcome)).toEqual(['counted']);
    expect(await ruadmapJson(['totals', '--data', dataDir])).toMatchObject({ reports: 3 });
    expect((await verify()).found).toMatchObject({ ok: true, reports: 3 });
    expect(await ruadmapJson(['retry', '--data', dataDir])).toEqual({ retried: [] });
  });

  test('tells a report that came before from one that counts', async () => {
    await importFiles({ 'before.xml': good });
    await refusedByAnOlderParser();
    const { retried } = await ruadmapJson<{ retried: unknown[] }>(['retry', '--data', dataDir]);
    expect(retried).toMatchObject([{ outcome: 'known-before' }]);
    expect((await verify()).found).toMatchObject({ ok: true, reports: 3 });
  });

  test('tells another version of a report from one that counts by itself', async () => {
    await importFiles({ 'other.xml': good.replace('</feedback>', ' </feedback>') });
    await refusedByAnOlderParser();
    const { retried } = await ruadmapJson<{ retried: unknown[] }>(['retry', '--data', dataDir]);
    expect(retried).toMatchObject([{ outcome: 'another-version' }]);
    expect((await verify()).found).toMatchObject({ ok: true });
  });

  test('writes down the reason of today where it is refused for another one', async () => {
    await importFiles({ 'cut.xml': good.slice(0, 300) });
    tamper("UPDATE document SET reason = 'checksum', detail = 'old', crc = NULL");
    expect(await ruadmapJson(['retry', '--data', dataDir])).toMatchObject({
      retried: [{ outcome: 'refused-again', reason: 'truncated' }],
    });
    const database = new Database(path.join(dataDir, 'ruadmap.db'), { readonly: true });
    expect(database.prepare('SELECT reason FROM document').pluck().all()).toEqual(['truncated']);
    database.close();
    expect((await verify()).found).toMatchObject({ ok: true });
  });

  test('is handed to a running Ruadmap', async () => {
    await refusedByAnOlderParser();
    running = await startRuadmap(['serve', '--data', dataDir]);
    const { retried } = await ruadmapJson<{ retried: { outcome: string }[] }>([
      ...['retry', '--data', dataDir],
    ]);
    expect(retried).toMatchObject([{ outcome: 'counted' }]);
    expect(await ruadmapJson(['totals', '--data', dataDir])).toMatchObject({ reports: 3 });
  });

  test('says why something is refused again, and what was not kept', async () => {
    await importFiles({ 'cut.xml': good.slice(0, 300), ...generated(1) });
    const first = await ruadmapJson<{ retried: { messageId: number }[] }>([
      ...['retry', '--data', dataDir],
    ]);
    expect(first.retried).toMatchObject([{ outcome: 'refused-again', reason: 'truncated' }]);
    tamper(
      "DELETE FROM kept WHERE content_sha256 IN (SELECT content_sha256 FROM document WHERE outcome = 'refused')",
    );
    const id = String(first.retried[0]?.messageId ?? 0);
    expect(await ruadmapJson(['retry', id, '--data', dataDir])).toMatchObject({
      retried: [{ outcome: 'import-again' }],
    });
    const wrong = await ruadmap(['retry', '424242', '--data', dataDir]);
    expect([wrong.status, wrong.stderr]).toEqual([64, expect.stringContaining('424242')]);
  });
});

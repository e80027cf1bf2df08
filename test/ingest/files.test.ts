import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type FoundFile, readFound, walkPaths } from '../../ingest/files.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'ruadmap-'));
});
afterEach(() => {
  rmSync(dir, { recursive: true });
});

function put(name: string, bytes: string | Buffer): string {
  const file = path.join(dir, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

async function walk(...paths: string[]): Promise<string[]> {
  const files: string[] = [];
  for await (const file of walkPaths(paths)) files.push(path.relative(dir, file));
  return files;
}

async function read(file: string, maxBytes = 10_000): Promise<FoundFile[]> {
  const found: FoundFile[] = [];
  for await (const one of readFound(file, maxBytes)) found.push(one);
  return found;
}

const XML = '<?xml version="1.0"?><feedback></feedback>';
const MAIL = 'From: a@example.org\nSubject: hello\n\nbody\n';

describe('walking', () => {
  test('a folder gives its files, deep ones too, by name', async () => {
    put('b.xml', XML);
    put('a/c.xml', XML);
    expect(await walk(dir)).toEqual(['a/c.xml', 'b.xml']);
  });

  test('a Maildir gives cur and new, not tmp, where mails are still being delivered', async () => {
    put('cur/1', MAIL);
    put('new/2', MAIL);
    put('tmp/3', MAIL);
    expect(await walk(dir)).toEqual(['cur/1', 'new/2']);
  });

  test('a folder called tmp elsewhere is a folder like any other', async () => {
    put('tmp/3', XML);
    expect(await walk(dir)).toEqual(['tmp/3']);
  });

  test('a link that leads in a circle is not followed', async () => {
    put('a.xml', XML);
    symlinkSync(dir, path.join(dir, 'circle'));
    expect(await walk(dir)).toEqual(['a.xml']);
  });
});

describe('opening', () => {
  test.each([
    ['a bare report', XML, 'document'],
    ['a packed report', gzipSync(XML), 'document'],
    ['JSON', '{"a": 1}', 'document'],
    ['text that is no header', 'This is not XML at all\nreally', 'document'],
    ['nothing', '', 'document'],
    ['a mail', MAIL, 'mail'],
    ['a mail with folded headers', 'Received: from a\r\n\tby b\r\n\r\n', 'mail'],
    ['a mail behind an empty line', '\n' + MAIL, 'mail'],
  ])('%s is told by its bytes', async (_what, bytes, kind) => {
    const file = put('anything', bytes);
    expect(await read(file)).toMatchObject([{ file, kind, ordinal: 0, bytes: Buffer.from(bytes) }]);
  });

  test('an mbox gives its mails with their places', async () => {
    const file = put('inbox', `From a Mon\n${MAIL}\nFrom b Tue\n${MAIL}`);
    expect(await read(file)).toMatchObject([
      { kind: 'mail', ordinal: 0 },
      { kind: 'mail', ordinal: 1 },
    ]);
  });

  test.each([
    ['tar', (bytes: Buffer) => bytes, 'many.tar'],
    ['packed tar', gzipSync, 'many.tar.gz'],
    ['tgz', gzipSync, 'many.tgz'],
  ])('a %s gives its members by name', async (_what, packed, name) => {
    const tar = pack();
    tar.entry({ name: 'a.xml' }, XML);
    tar.entry({ name: 'folder', type: 'directory' });
    tar.entry({ name: '../b.eml' }, MAIL);
    tar.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of tar) chunks.push(chunk as Buffer);
    const file = put(name, packed(Buffer.concat(chunks)));
    expect(await read(file)).toMatchObject([
      { file: `${file}!a.xml`, kind: 'document' },
      { file: `${file}!../b.eml`, kind: 'mail' },
    ]);
  });

  test('a broken tar is told, with what was before the break', async () => {
    const file = put('broken.tgz', gzipSync('not a tar').subarray(0, 15));
    expect(await read(file)).toMatchObject([{ kind: 'unreadable' }]);
  });

  test('a file above the cap is not read, only told', async () => {
    const file = put('large.xml', 'x'.repeat(200_000));
    expect(await read(file, 100_000)).toMatchObject([
      { kind: 'oversized', detail: '200000 bytes', bytes: Buffer.alloc(0) },
    ]);
  });

  test('a file that is not there is told', async () => {
    const [found] = await read(path.join(dir, 'none'));
    expect(found?.kind).toBe('unreadable');
    expect(found?.detail).toContain('ENOENT');
  });
});

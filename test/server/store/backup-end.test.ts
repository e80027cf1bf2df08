import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { endBackup, takeBackupEnd } from '../../../server/store/backup-end.ts';
import { tempDir } from './temp-store.ts';

const fileOf = (content: Buffer): string => {
  const file = path.join(tempDir(), 'backup.db');
  writeFileSync(file, content);
  return file;
};

const CONTENT = Buffer.from('what was stored, page by page');

test.each([0, 1, CONTENT.length, 3 * 1024 * 1024])(
  'the end of a copy of %i bytes is found sound and taken off, to the byte',
  (bytes) => {
    const content = Buffer.alloc(bytes, CONTENT);
    const file = fileOf(content);
    endBackup(file);
    expect(readFileSync(file).length).toBeGreaterThan(bytes);
    expect(takeBackupEnd(file)).toBe('sound');
    expect(readFileSync(file).equals(content)).toBe(true);
  },
);

test('a flip of any bit before the end is damage, and the file stays as it is', () => {
  const file = fileOf(CONTENT);
  endBackup(file);
  const sound = readFileSync(file);
  for (let bit = 0; bit < 8 * CONTENT.length; bit += 1) {
    const flipped = Buffer.from(sound);
    flipped.writeUInt8(flipped.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
    writeFileSync(file, flipped);
    expect(takeBackupEnd(file), `bit ${bit}`).toBe('damaged');
    expect(readFileSync(file).equals(flipped)).toBe(true);
  }
});

test('bytes that are missing or more are damage', () => {
  const file = fileOf(CONTENT);
  endBackup(file);
  const sound = readFileSync(file);
  writeFileSync(file, sound.subarray(1));
  expect(takeBackupEnd(file)).toBe('damaged');
  writeFileSync(file, Buffer.concat([Buffer.of(0), sound]));
  expect(takeBackupEnd(file)).toBe('damaged');
});

test('a file without an end is left to be judged by what is in it', () => {
  const file = fileOf(CONTENT);
  expect(takeBackupEnd(file)).toBe('absent');
  endBackup(file);
  appendFileSync(file, 'x');
  expect(takeBackupEnd(file)).toBe('absent');
});

import { expect, test } from 'vitest';
import { createTextStream } from '../../ingest/text-stream.ts';

const TEXT = '<a>Ä 📬 €</a>';

test.each([
  ['utf-16le', Buffer.from(TEXT, 'utf16le')],
  ['utf-16be', Buffer.from(TEXT, 'utf16le').swap16()],
  ['utf-8', Buffer.from(TEXT)],
] as const)('%s is given as UTF-8, however it is cut', (kind, bytes) => {
  for (let size = 1; size <= bytes.length; size += 1) {
    const stream = createTextStream(kind);
    let text = '';
    for (let at = 0; at < bytes.length; at += size) {
      text += stream.write(bytes.subarray(at, at + size));
    }
    text += stream.end();
    expect(Buffer.from(text, 'latin1').toString()).toBe(TEXT);
  }
});

test('half a character at the end is dropped', () => {
  const stream = createTextStream('utf-16le');
  expect(stream.write(Buffer.from('3c0061', 'hex')) + stream.end()).toBe('<');
});

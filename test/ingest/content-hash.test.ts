import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { createContentHash } from '../../ingest/content-hash.ts';

test.each([[[]], [['a']], [['a', 'b']], [['', 'a', '', 'b', 'c']], [['', '']]])(
  'the hash of %j is that of the whole, however it comes',
  (pieces) => {
    const content = createContentHash();
    for (const piece of pieces) content.update(Buffer.from(piece));
    expect(content.digest()).toBe(createHash('sha256').update(pieces.join('')).digest('hex'));
  },
);

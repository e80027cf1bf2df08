import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MboxMail, splitMbox } from '../../ingest/mbox.ts';

async function* inPieces(text: string, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let turn = 0; at < text.length; turn++) {
    const size = sizes[turn % sizes.length] ?? 1;
    yield Buffer.from(text.slice(at, at + size), 'latin1');
    at += size;
  }
}

async function split(text: string, sizes = [text.length], maxBytes = 1_000): Promise<MboxMail[]> {
  const mails: MboxMail[] = [];
  for await (const mail of splitMbox(inPieces(text, sizes), maxBytes)) mails.push(mail);
  return mails;
}

const texts = (mails: MboxMail[]): (string | null)[] =>
  mails.map(({ bytes }) => bytes?.toString('latin1') ?? null);

const TWO = 'From a@b Mon\nSubject: 1\n\nbody\n\nFrom c@d Tue\nSubject: 2\n\n>From quoted\n';

test('mails are cut at their From lines', async () => {
  expect(texts(await split(TWO))).toEqual([
    'Subject: 1\n\nbody\n\n',
    'Subject: 2\n\n>From quoted\n',
  ]);
});

test('a mail without an end is given as far as it goes', async () => {
  expect(texts(await split('From a\nSubject: 1\n\ncut'))).toEqual(['Subject: 1\n\ncut']);
});

test('nothing behind a From line is no mail', async () => {
  expect(texts(await split('From a'))).toEqual([]);
});

test('a mail above the cap is told by its size, and the next one is whole', async () => {
  const large = `From a\nSubject: 1\n\n${'x'.repeat(2_000)}\nFrom b\nSubject: 2\n\n`;
  const mails = await split(large, [64]);
  expect(texts(mails)).toEqual([null, 'Subject: 2\n\n']);
  expect(mails[0]?.sizeBytes).toBe('Subject: 1\n\n'.length + 2_001);
});

test('where the stream is cut into chunks changes nothing', async () => {
  const whole = await split(TWO);
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 }), async (sizes) => {
      expect(await split(TWO, sizes)).toEqual(whole);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import type { MailPart } from '../../ingest/mail-part.ts';
import { type WalkedMail, walkMail } from '../../ingest/mail-structure.ts';

const walk = (raw: string | Buffer): WalkedMail => {
  const walked = walkMail(Buffer.from(raw as string, 'latin1'), defaultLimits);
  if (!walked.ok) throw new Error(walked.problem.reason);
  return walked.value;
};

const reasonOf = (raw: string | Buffer): string => {
  const walked = walkMail(Buffer.from(raw as string, 'latin1'), defaultLimits);
  return walked.ok ? 'walked' : walked.problem.reason;
};

const leaves = (part: MailPart): MailPart[] =>
  part.children.length === 0 ? [part] : part.children.flatMap(leaves);

const bodiesOf = (raw: string): Record<string, string> =>
  Object.fromEntries([...walk(raw).bodies].map(([part, body]) => [part, body.toString('latin1')]));

const MIXED = [
  'Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?= and',
  ' more',
  'Content-Type: multipart/mixed; boundary="a b"',
  '',
  'preamble',
  '--a b',
  '',
  'one',
  '--a b  ',
  'Content-Type: application/gzip;',
  '\tname="x.gz"',
  'Content-Transfer-Encoding: BASE64',
  '',
  'two',
  '',
  '--a bc is no boundary',
  '--a b--',
  'epilogue',
  '',
];

describe('a mail is walked', () => {
  test.each(['\r\n', '\n', '\r'])('with lines that end in %j', (lineEnd) => {
    const raw = MIXED.join(lineEnd);
    const { subject, root, headerBlock } = walk(raw);
    expect(subject).toBe('Grüße and more');
    expect(headerBlock.toString('latin1')).toBe(MIXED.slice(0, 3).join(lineEnd) + lineEnd);
    expect(leaves(root)).toMatchObject([
      { part: '1', type: 'text/plain' },
      { part: '2', type: 'application/gzip', name: 'x.gz', encoding: 'base64' },
    ]);
    expect(bodiesOf(raw)).toEqual({
      '1': 'one',
      '2': `two${lineEnd}${lineEnd}--a bc is no boundary`,
    });
  });

  test('to its end where the boundary is never closed', () => {
    const raw = MIXED.slice(0, 14).join('\r\n');
    expect(bodiesOf(raw)).toEqual({ '1': 'one', '2': 'two' });
  });

  test('into attached mails, also encoded ones', () => {
    const inner = 'Content-Type: text/xml\n\n<x/>';
    const encoded = Buffer.from(inner).toString('base64');
    const raw = `Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: message/rfc822\n\n${inner}\n--b\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n${encoded}\n--b--`;
    const { bodies } = walk(raw);
    expect(bodies.get('1.1')?.toString()).toBe('<x/>');
    expect(bodies.get('2.1')?.toString()).toBe('<x/>');
  });

  test.each<[string, string, string]>([
    ['pieces', 'filename*0="a!b!1"; filename*1="23.xml";filename*2=".gz"', 'a!b!123.xml.gz'],
    ['encoded pieces', "filename*0*=utf-8''%E2%82; filename*1*=%AC.zip", '€.zip'],
    ['an encoded word', 'filename="=?utf-8?b?4oKsLnppcA==?="', '€.zip'],
    ['a path', String.raw`filename="..\\..\\x.zip"`, String.raw`..\..\x.zip`],
  ])('with a name in %s', (_, parameters, name) => {
    const raw = `Content-Type: application/octet-stream\nContent-Disposition: attachment; ${parameters}\n\nx`;
    expect(walk(raw).root.name).toBe(name);
  });

  test.each<[string, string | Buffer]>([
    ['no bytes at all', ''],
    ['headers only', 'Subject: x'],
    ['only line ends', '\n\n\r\n'],
    ['NULs', Buffer.alloc(5000)],
    ['raw 8-bit', Buffer.from(Array.from({ length: 4096 }, (__, index) => index % 256))],
    ['a multipart without a boundary', 'Content-Type: multipart/mixed\n\n--x\n\ny\n--x--'],
    ['a type that is none', 'Content-Type: ;;;"\n\nx'],
  ])('%s is no reason to fail', (_, raw) => {
    expect(reasonOf(raw)).toBe('walked');
  });
});

describe('attacks on the walk', () => {
  const nested = (type: (level: number) => string, levels: number): string =>
    Array.from({ length: levels }, (_, level) => type(level)).join('');

  test.each<[string, () => string, string]>([
    [
      '10,000 nested multiparts',
      () =>
        nested(
          (level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`,
          10_000,
        ),
      'mime-depth',
    ],
    [
      '1,000 mails in each other',
      () => nested(() => 'Content-Type: message/rfc822\n\n', 1000),
      'mime-depth',
    ],
    [
      '100,000 sibling parts',
      () => `Content-Type: multipart/mixed; boundary=b\n\n${'--b\n\nx\n'.repeat(100_000)}`,
      'mime-parts',
    ],
    [
      '900 levels with 30,000 parts',
      () =>
        nested(
          (level) => `Content-Type: multipart/mixed; boundary=b${level}\n\n--b${level}\n`,
          900,
        ) + '--b899\n\nx\n'.repeat(30_000),
      'mime-depth',
    ],
    ['50 MB of header lines', () => 'X-H: a\n'.repeat(7_000_000), 'header-size'],
    ['one header of 20 MB', () => `Subject: ${'x'.repeat(20_000_000)}\n\nbody`, 'header-size'],
  ])('%s are refused within a second', (_, make, reason) => {
    const raw = Buffer.from(make(), 'latin1');
    const started = performance.now();
    expect(reasonOf(raw)).toBe(reason);
    expect(performance.now() - started).toBeLessThan(1000);
  });

  test('512 KiB of empty lines in a delivery status are walked within a second', () => {
    const raw = `Content-Type: message/delivery-status\n\n${'\r\n'.repeat(262_144)}`;
    const started = performance.now();
    expect(reasonOf(raw)).toBe('walked');
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

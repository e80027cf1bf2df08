import { describe, expect, test } from 'vitest';
import { decodeTransferEncoding } from '../../ingest/transfer-encoding.ts';

const decode = (text: string | Buffer, encoding: string): string => {
  const decoded = decodeTransferEncoding(Buffer.from(text as string, 'latin1'), encoding);
  return decoded.ok ? decoded.value.toString('latin1') : decoded.problem.reason;
};

const XML = '<feedback>a report with some text</feedback>';
const BASE64 = Buffer.from(XML).toString('base64');

describe('base64', () => {
  test.each<[string, string]>([
    ['as it should be', BASE64],
    ['in lines with CRLF', BASE64.replace(/.{10}/g, '$&\r\n')],
    ['in lines with CR alone', BASE64.replace(/.{10}/g, '$&\r')],
    ['with spaces and tabs', BASE64.replace(/.{7}/g, '$& \t')],
    ['without its padding', BASE64.replaceAll('=', '')],
    ['with a little junk', `${BASE64.slice(0, 8)}!*${BASE64.slice(8)}`],
    ['with a NUL', `${BASE64.slice(0, 8)}\0${BASE64.slice(8)}`],
    [
      'with a footer of a mailing list behind it',
      `${BASE64}\r\n_____\r\nOur list: https://list.example/`,
    ],
    ['labelled so and not encoded at all', XML],
  ])('is read %s', (_, text) => {
    expect(decode(text, 'BASE64')).toBe(XML);
  });

  test('is refused where it is something else', () => {
    expect(decode('öäü!§$% öäü!§$% (this) is *not* it', 'base64')).toBe('transfer-encoding');
  });

  test('without a label is known by its beginning', () => {
    const gzip = Buffer.concat([Buffer.from('\x1f\x8b\x08\0', 'latin1'), Buffer.alloc(20)]);
    expect(decode(gzip.toString('base64'), '7bit')).toBe(gzip.toString('latin1'));
  });
});

describe('quoted-printable', () => {
  test.each<[string, string, string]>([
    ['escapes', '=3Cx=3e =c3=a9', '<x> \xc3\xa9'],
    ['soft line breaks of any kind', 'a=\r\nb=\nc=\rd= \t\r\ne', 'abcde'],
    ['a lone equals sign', 'a=b=, =G1', 'a=b=, =G1'],
    ['a break at the very end', 'abc=', 'abc'],
    ['raw bytes between', '\xff=00\xfe', '\xff\0\xfe'],
  ])('is read with %s', (_, text, expected) => {
    expect(decode(text, 'quoted-printable')).toBe(expected);
  });
});

test.each(['', '7bit', '8bit', 'binary', ' Binary '])(
  '"%s" leaves the bytes as they are',
  (label) => {
    expect(decode('\0\xff<x>', label)).toBe('\0\xff<x>');
  },
);

test.each<[string, string]>([
  ['x-uuencode', 'unsupported-container'],
  ['rot13', 'transfer-encoding'],
])('%s is refused by name', (label, reason) => {
  expect(decode('x', label)).toBe(reason);
});

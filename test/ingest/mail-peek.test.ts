import { deflateRawSync, gzipSync } from 'node:zlib';
import AdmZip from 'adm-zip';
import { describe, expect, test } from 'vitest';
import { afterPeek, PEEK_BYTES } from '../../ingest/mail-peek.ts';
import type { Candidate } from '../../ingest/report-parts.ts';

const RECORD = '<record><row><source_ip>192.0.2.1</source_ip><count>3</count></row></record>';
const BODY = `<feedback><report_metadata><org_name>r</org_name></report_metadata>${RECORD.repeat(90)}</feedback>`;
const XML = `<?xml version="1.0" encoding="UTF-8"?>\n${BODY}`;
const TLS = `{"organization-name":"r","policies":[${'"x",'.repeat(300)}1]}`;

const zipOf = (name: string, content: string): Buffer => {
  const zip = new AdmZip();
  zip.addFile(name, Buffer.from(content));
  return zip.toBuffer();
};

const candidate = (encoding: string): Candidate => ({
  part: '1',
  name: '',
  encoding,
  sizeBytes: 9,
  look: 'peek',
});

const peek = (bytes: Buffer | string, encoding = ''): string => {
  const whole = Buffer.from(bytes as string, 'latin1');
  const sent = encoding === 'base64' ? whole.toString('base64').replace(/.{76}/g, '$&\r\n') : whole;
  const after = afterPeek(
    candidate(encoding),
    Buffer.from(sent as string, 'latin1').subarray(0, PEEK_BYTES),
  );
  return typeof after === 'string' ? after : after.look;
};

describe('the first bytes of a part', () => {
  test.each<[string, Buffer | string, string]>([
    ['XML', XML, 'fetch'],
    ['XML without a declaration', BODY, 'fetch'],
    ['XML with a prefix', '<ns1:feedback xmlns:ns1="u">', 'fetch'],
    ['XML behind a BOM and white space', `\xef\xbb\xbf \r\n${XML}`, 'fetch'],
    ['XML in UTF-16', Buffer.from(`\ufeff${XML}`, 'utf16le'), 'fetch'],
    [
      'a long comment before the root',
      `<?xml version="1.0"?><!-- ${'x'.repeat(600)} --><feedback>`,
      'fetch',
    ],
    ['gzip', gzipSync(XML), 'fetch'],
    ['gzip in gzip', gzipSync(gzipSync(XML)), 'fetch'],
    ['a zip of XML, whatever its name', zipOf('data', XML), 'fetch'],
    [
      'a zip with a report name, whatever is in it',
      zipOf('r!e.org!1767225600!1767311999.xml', '?'),
      'fetch',
    ],
    ['a TLS report in gzip', gzipSync(TLS), 'tls-report'],
    ['a multipart that passes for text', '--b1\r\nContent-Type: text/plain\r\n\r\nx', 'unfold'],
    ['uuencoded gzip', 'begin 644 a!b!1!2.xml.gz\r\nM', 'fetch'],
    ['other XML', '<?xml version="1.0"?><Invoice><Sum>3</Sum></Invoice>', 'ordinary-mail'],
    ['a zip of pictures', zipOf('photos/a.jpg', '\xff\xd8\xff'.repeat(500)), 'ordinary-mail'],
    ['a gzip bomb', gzipSync(Buffer.alloc(50_000_000)), 'ordinary-mail'],
    ['raw deflate', deflateRawSync(XML), 'ordinary-mail'],
    ['a broken gzip', '\x1f\x8b\x08\0garbage'.repeat(40), 'ordinary-mail'],
    ['nothing', '', 'ordinary-mail'],
    ['words', 'Dear postmaster, the feedback form is <b>here</b>', 'ordinary-mail'],
  ])('%s', (_, bytes, expected) => {
    expect(peek(bytes)).toBe(expected);
    if (expected !== 'unfold' || bytes === '') expect(peek(bytes, 'base64')).toBe(expected);
  });
});

test('an encrypted zip without a telling name is left alone', () => {
  const zip = zipOf('letter.txt', XML);
  zip.writeUInt16LE(1, 6);
  expect(peek(zip)).toBe('ordinary-mail');
});

import { describe, expect, test } from 'vitest';
import { defaultLimits } from '../../ingest/limits.ts';
import type { MailPart } from '../../ingest/mail-part.ts';
import { reportParts } from '../../ingest/report-parts.ts';

const SUBJECT = 'Report Domain: example.com Submitter: google.com Report-ID: 1';
const NAME = 'google.com!example.com!1767225600!1767311999.zip';

const leaf = (type: string, name = '', part = '1'): MailPart => ({
  part,
  type,
  reportType: '',
  name,
  encoding: 'base64',
  sizeBytes: 1000,
  children: [],
});

const mixed = (children: MailPart[], reportType = '', type = 'multipart/mixed'): MailPart => ({
  ...leaf(type),
  part: '',
  reportType,
  children,
});

const looksOf = (root: MailPart, subject: string): string[] =>
  reportParts(root, subject, defaultLimits).candidates.map(({ part, look }) => `${part}:${look}`);

describe('which parts of a mail are looked at', () => {
  test.each<[string, string, string, string, string | null]>([
    ['a zip with a report name', 'application/zip', NAME, 'hello', 'fetch'],
    ['octet-stream with a report name', 'application/octet-stream', NAME, 'hello', 'fetch'],
    [
      'a report name that ends in the domain',
      'application/octet-stream',
      NAME.slice(0, -4),
      '',
      'fetch',
    ],
    ['gzip under a subject of reporters', 'application/gzip', 'data.xml.gz', SUBJECT, 'fetch'],
    ['x-gzip with dmarc in its name', 'application/x-gzip', 'dmarc-0401.gz', 'hello', 'fetch'],
    [
      'text/plain that is named as a report',
      'text/plain',
      'r!e.org!1767225600!1767311999.xml',
      '',
      'fetch',
    ],
    ['a gz labelled image', 'image/gif', NAME, SUBJECT, null],
    ['gzip without name, under such a subject', 'application/gzip', '', SUBJECT, 'peek'],
    ['nameless octet-stream', 'application/octet-stream', '', 'hello', 'peek'],
    ['photos.zip', 'application/zip', 'photos.zip', 'hello', 'peek'],
    ['an electronic invoice', 'application/xml', 'invoice.xml', 'Invoice', 'peek'],
    ['a zip labelled as text of a vendor', 'application/vnd.x', 'data.zip', 'hello', 'peek'],
    [
      'a tar under such a subject, to say what it is',
      'application/x-tar',
      'r.tar',
      SUBJECT,
      'fetch',
    ],
    ['winmail.dat under such a subject', 'application/ms-tnef', 'winmail.dat', SUBJECT, 'fetch'],
    ['winmail.dat under any other', 'application/ms-tnef', 'winmail.dat', 'hello', null],
    ['a PDF sent as octet-stream', 'application/octet-stream', 'contract.pdf', 'hello', null],
    ['a PDF, whatever the subject says', 'application/octet-stream', 'dmarc.pdf', SUBJECT, null],
    ['a Word file', 'application/octet-stream', 'a.docx', SUBJECT, null],
    ['a signature', 'application/pkcs7-signature', 'smime.p7s', SUBJECT, null],
    ['a PGP key', 'application/octet-stream', 'key.asc', SUBJECT, null],
    ['a calendar', 'text/calendar', 'invite.ics', SUBJECT, null],
    ['a picture', 'image/png', 'report.png', SUBJECT, null],
    ['an attached text', 'text/plain', 'notes.txt', SUBJECT, null],
    ['a TLS report', 'application/tlsrpt+gzip', 'x.json.gz', SUBJECT, null],
    ['the text of a mail', 'text/plain', '', 'hello', null],
    ['the text under a subject of reporters', 'text/plain', '', SUBJECT, 'peek'],
    ['the HTML under a subject of reporters', 'text/html', '', SUBJECT, 'peek'],
    ['XML as the body', 'text/xml', '', SUBJECT, 'peek'],
  ])('%s', (_, type, name, subject, look) => {
    expect(looksOf(leaf(type, name), subject)).toEqual(look === null ? [] : [`1:${look}`]);
  });

  test('the text beside an attachment is left alone', () => {
    const root = mixed([leaf('text/plain', '', '1'), leaf('application/zip', NAME, '2')]);
    expect(looksOf(root, SUBJECT)).toEqual(['2:fetch']);
  });

  test('a report inside a forwarded mail is found', () => {
    const inner = mixed([leaf('text/html', '', '2.1'), leaf('application/gzip', NAME, '2.2')]);
    const message = { ...leaf('message/rfc822', '', '2'), children: [inner] };
    expect(looksOf(mixed([leaf('text/plain'), message]), 'Fwd: hi')).toEqual(['2.2:fetch']);
  });

  test('what a bounce returns is not looked at', () => {
    const returned = {
      ...leaf('message/rfc822', '', '2'),
      children: [leaf('application/zip', NAME, '2.1')],
    };
    expect(
      looksOf(mixed([leaf('text/plain'), returned], 'delivery-status', 'multipart/report'), ''),
    ).toEqual([]);
  });

  test.each<[string, MailPart, string, string]>([
    [
      'a failure report by its report-type',
      mixed(
        [leaf('text/plain'), leaf('message/feedback-report', '', '2')],
        'feedback-report',
        'multipart/report',
      ),
      'DMARC Failure Report for example.com',
      'failure-report',
    ],
    [
      'a failure report by its part alone',
      mixed([
        leaf('text/plain'),
        leaf('message/feedback-report', 'ATT1', '2'),
        leaf('application/zip', NAME, '3'),
      ]),
      'spam',
      'failure-report',
    ],
    [
      'a failure report that has no such part, by its subject',
      mixed([leaf('text/plain')], '', 'multipart/report'),
      'DMARC Forensic Report for example.com from IP 203.0.113.68',
      'failure-report',
    ],
    [
      'a TLS report',
      mixed(
        [leaf('text/plain'), leaf('application/tlsrpt+gzip', 'a.json.gz', '2')],
        'tlsrpt',
        'multipart/report',
      ),
      SUBJECT,
      'tls-report',
    ],
    ['any other mail', leaf('text/plain'), 'lunch', 'ordinary-mail'],
  ])('%s is told by its structure', (_, root, subject, notReport) => {
    expect(reportParts(root, subject, defaultLimits)).toEqual({
      candidates: [],
      notReport,
      untried: 0,
    });
  });

  test('a subject about failures opens no text', () => {
    expect(looksOf(leaf('text/plain'), 'DMARC failure report for example.com')).toEqual([]);
  });

  test('attachments beyond the cap are counted, and those that speak for a report go first', () => {
    const files = Array.from({ length: 12 }, (_, index) =>
      leaf('application/zip', NAME, String(index + 2)),
    );
    const root = mixed([leaf('application/octet-stream', '', '1'), ...files]);
    const decision = reportParts(root, '', defaultLimits);
    expect(decision.candidates).toHaveLength(defaultLimits.attachments);
    expect(decision.candidates.every(({ look }) => look === 'fetch')).toBe(true);
    expect(decision.untried).toBe(2);
  });
});

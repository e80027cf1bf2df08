import { attachment, base64, mail, multipart, render, text } from './mail-text.ts';

/** A packed report as it is attached: the name as reporters give it, and the bytes of the file. */
export interface ReportFile {
  name: string;
  bytes: Buffer;
}

const REPORT_SUBJECT =
  'Report Domain: example.com Submitter: receiver.example Report-ID: <1@r.example>';
const packedType = (name: string): string =>
  /\.zip$/i.test(name) ? 'application/zip' : /\.gz$/i.test(name) ? 'application/gzip' : 'text/xml';

/** RFC 2231: the name in pieces, as Amazon SES sends it. */
const inPieces = (name: string): string => {
  const half = Math.ceil(name.length / 2);
  return ` filename*0="${name.slice(0, half)}";\r\n filename*1="${name.slice(half)}"`;
};

/** The ways in which reports travel; each was seen in real mail. */
export const REPORT_FORMS = {
  /** Google: the whole body is the file. */
  bare: ({ name, bytes }) =>
    mail(REPORT_SUBJECT, attachment(packedType(name), name, base64(bytes))),
  multipart: ({ name, bytes }) =>
    mail(
      REPORT_SUBJECT,
      multipart('m1', 'multipart/mixed', [
        text('This is an aggregate report.'),
        attachment(packedType(name), name, base64(bytes)),
      ]),
    ),
  /** Office 365: the mail of the reporter inside another one. */
  forwarded: ({ name, bytes }) => {
    const inner = multipart('m2', 'multipart/mixed', [
      text('<p>An aggregate report</p>', 'html'),
      attachment('application/gzip', name, base64(bytes)),
    ]);
    const message = { headers: ['Content-Type: message/rfc822'], body: '' };
    message.body = render({
      headers: [`Subject: ${REPORT_SUBJECT}`, ...inner.headers],
      body: inner.body,
    });
    return mail(
      'Fwd: something for you',
      multipart('m3', 'multipart/mixed', [text('See below'), message]),
    );
  },
  ses: ({ name, bytes }) =>
    mail(
      'Dmarc Aggregate Report Domain: {example.com}  Submitter: {Amazon SES}  Date: {2026-01-05}',
      multipart('m4', 'multipart/mixed', [
        text('This MIME email was sent through Amazon SES.'),
        {
          headers: [
            'Content-Type: application/octet-stream',
            `Content-Disposition: attachment;\r\n${inPieces(name)}`,
            'Content-Transfer-Encoding: base64',
          ],
          body: base64(bytes),
        },
      ]),
    ),
  /** Trustwave: a misspelt header field, so that the mail passes for text. */
  misspelt: ({ name, bytes }) => {
    const { headers, body } = multipart('m5', 'multipart/mixed', [
      text('Report'),
      attachment('application/gzip', name, base64(bytes)),
    ]);
    const misspelt = headers.map((line) => line.replace('Content-Type:', 'ContentType:'));
    return mail(REPORT_SUBJECT, { headers: misspelt, body });
  },
  /** No name, no telling type, and a subject of the sender's own. */
  nameless: ({ bytes }) =>
    mail(
      'your daily file',
      multipart('m6', 'multipart/mixed', [
        text('Attached.'),
        {
          headers: ['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64'],
          body: base64(bytes),
        },
      ]),
    ),
} satisfies Record<string, (file: ReportFile) => Buffer>;

/** Uncompressed XML as the text of a mail. */
export const inlineReport = (xml: string): Buffer =>
  mail(REPORT_SUBJECT, {
    headers: [
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: quoted-printable',
    ],
    body: xml.replaceAll('=', '=3D').replace(/((?:=3D|[^=\n]){24})/g, '$1=\r\n'),
  });

import { gzipSync } from 'node:zlib';
import { attachment, base64, mail, multipart, text } from '../imap/mail-text.ts';
import { type ReportParts, recordXml, reportXml } from '../ingest/a-report.ts';

/** The policy domain of the good reports, which no case may touch. */
export const GOOD_DOMAIN = 'good.example';
/** What a stored case counts, unless it says otherwise. */
export const CASE_MESSAGES = 5;

export const REPORT_SUBJECT =
  'Report Domain: example.org Submitter: receiver.example Report-ID: <1@r.example>';
const FILE_NAME = 'receiver.example!example.org!1767225600!1767311999';
export const fileName = (extension: string): string => `${FILE_NAME}.${extension}`;

/** Messages that good report number `serial` counts: no two alike, so that a mix-up shows. */
export const goodMessages = (serial: number): number => 100_000 + serial;

export const goodMail = (serial: number): Buffer =>
  mailWith(
    gzipSync(
      reportXml({
        orgName: 'Good Receiver',
        reportId: `good-${serial}`,
        policy: `<domain>${GOOD_DOMAIN}</domain><p>none</p>`,
        records: recordXml({ count: String(goodMessages(serial)) }),
      }),
      { level: 1 },
    ),
  );

let serial = 0;

/** XML of a report that no other case has. */
export const caseXml = (parts: ReportParts = {}): string =>
  reportXml({ reportId: `case-${++serial}`, ...parts });

/** A mail with one attachment, as most reporters send it. */
export const mailWith = (
  bytes: Buffer | string,
  name = fileName('xml.gz'),
  type = 'application/gzip',
): Buffer =>
  mail(
    REPORT_SUBJECT,
    multipart('m1', 'multipart/mixed', [
      text('This is an aggregate report.'),
      attachment(type, name, base64(bytes)),
    ]),
  );

/** A document of any size, packed so that its mail stays small. */
export const mailWithXml = (xml: Buffer | string): Buffer => mailWith(gzipSync(xml, { level: 1 }));

export const mailWithZip = (zip: Buffer): Buffer =>
  mailWith(zip, fileName('zip'), 'application/zip');

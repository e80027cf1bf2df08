import type { GeneratedReport } from './reports.ts';

/**
 * How a report travels: `multipart` with a few words and the file as an attachment, or `bare` as
 * Google sends it, where the whole body of the mail is the packed file.
 */
export type MailForm = 'multipart' | 'bare';

const BOUNDARY = 'part-boundary-of-a-generated-report';

/** A mail that carries the report, as bytes of RFC 5322 with CRLF line ends. */
export function reportMail(
  { name, packed, report }: Pick<GeneratedReport, 'name' | 'packed' | 'report'>,
  form: MailForm,
): Buffer {
  const { metadata, policyPublished } = report;
  const sentSeconds = (metadata.dateRange.endSeconds ?? 0) + 7200;
  const headers = [
    `Date: ${new Date(sentSeconds * 1000).toUTCString().replace('GMT', '+0000')}`,
    `From: ${metadata.email ?? 'dmarc@receiver.example'}`,
    'To: dmarc-reports@mailbox.example',
    `Subject: Report Domain: ${policyPublished.domain} Report-ID: <${metadata.reportId}>`,
    `Message-ID: <report.${metadata.reportId}>`,
    'MIME-Version: 1.0',
  ];
  const file = [
    `Content-Type: ${name.endsWith('.zip') ? 'application/zip' : 'application/gzip'}; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    base64Lines(packed),
  ];
  const lines =
    form === 'bare'
      ? [...headers, ...file]
      : [
          ...headers,
          `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
          '',
          `--${BOUNDARY}`,
          'Content-Type: text/plain; charset=utf-8',
          '',
          `This is an aggregate report for ${policyPublished.domain}.`,
          '',
          `--${BOUNDARY}`,
          ...file,
          `--${BOUNDARY}--`,
        ];
  return Buffer.from(`${lines.join('\r\n')}\r\n`);
}

function base64Lines(bytes: Buffer): string {
  return bytes.toString('base64').replace(/(.{76})(?=.)/g, '$1\r\n');
}

import { attachment, base64, mail, multipart, render, text } from '../imap/mail-text.ts';
import { ordinaryMail } from '../imap/ordinary-mails.ts';
import { gzipSync } from 'node:zlib';
import { caseXml, fileName, mailWith, mailWithXml, REPORT_SUBJECT } from './mails.ts';
import type { MatrixRow } from './row.ts';
import { bomb, gzipOf } from './packing.ts';

const MIB = 1024 * 1024;
const ORDINARY_MAILS = 40;

const raw = (make: () => string) => (): Buffer =>
  Buffer.from(`Subject: ${REPORT_SUBJECT}\r\n${make()}`, 'latin1');
const nestedMultiparts = (levels: number): string =>
  Array.from(
    { length: levels },
    (_, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
  ).join('');
/** A mail with a report and another header field, before all others. */
const withHeader = (field: string) => (): Buffer =>
  Buffer.concat([Buffer.from(`${field}\r\n`), mailWithXml(caseXml())]);
const addresses = (count: number): string => 'a@b.example,'.repeat(count);

/** M01, M23: mail that is no aggregate report. */
export function ordinaryMailRows(): MatrixRow[] {
  return [
    {
      id: 'M01',
      about: 'people, newsletters, bounces and invitations are left alone',
      cases: () =>
        Array.from({ length: ORDINARY_MAILS }, (_, index) => ({
          attack: `ordinary mail ${index}`,
          mail: () => ordinaryMail(index),
          expected: ['not-a-report ordinary-mail'],
        })),
    },
    {
      id: 'M23',
      about: 'reports of other kinds are named',
      cases: () => [
        {
          attack: 'failure report',
          mail: failureReport,
          expected: ['not-a-report failure-report'],
        },
        {
          attack: 'TLS report, gzip',
          mail: () => mailWith(gzipSync(TLS_REPORT), 'a.json.gz', 'application/tlsrpt+gzip'),
          expected: ['not-a-report tls-report'],
        },
        {
          attack: 'TLS report under the name of an aggregate report',
          mail: () => mailWith(gzipSync(TLS_REPORT)),
          expected: ['not-a-report tls-report'],
        },
      ],
    },
  ];
}

const TLS_REPORT = JSON.stringify({
  'organization-name': 'Receiver',
  'date-range': {},
  'report-id': '1',
  policies: [],
});

const failureReport = (): Buffer =>
  mail(
    'FW: a failure',
    multipart('f1', 'multipart/report; report-type=feedback-report', [
      text('This is a report about one message.'),
      {
        headers: ['Content-Type: message/feedback-report'],
        body: 'Feedback-Type: auth-failure\r\nVersion: 1\r\n',
      },
      { headers: ['Content-Type: message/rfc822'], body: 'Subject: private\r\n\r\nprivate' },
    ]),
  );

/** Mails that are made to be costly. */
export function hostileMailRows(): MatrixRow[] {
  const one = (id: string, about: string, mailOf: () => Buffer, said: string): MatrixRow => ({
    ...{ id, about, inOwnProcess: true },
    cases: () => [{ attack: about, mail: mailOf, expected: [said] }],
  });
  return [
    one(
      'M02',
      '10,000 nested multiparts',
      raw(() => nestedMultiparts(10_000)),
      'refused mime-depth',
    ),
    one(
      'M03',
      '100,000 sibling parts',
      raw(
        () =>
          `Content-Type: multipart/mixed; boundary=b\r\n\r\n${'--b\r\n\r\nx\r\n'.repeat(100_000)}`,
      ),
      'refused mime-parts',
    ),
    one(
      'M04',
      '900 levels with 30,000 parts',
      raw(() => nestedMultiparts(900) + '--b899\r\n\r\nx\r\n'.repeat(30_000)),
      'refused mime-depth',
    ),
    one(
      'M05',
      '512 KiB of empty lines in a delivery status',
      emptyLines,
      'not-a-report ordinary-mail',
    ),
    {
      ...{ id: 'M06', about: '50 MB of header lines', inOwnProcess: true },
      cases: () => [
        {
          attack: 'above the largest mail',
          mail: raw(() => 'X-H: a\r\n'.repeat(Math.ceil((50 * MIB) / 8))),
          expected: ['refused oversized'],
        },
        {
          attack: 'below it',
          mail: raw(() => 'X-H: a\r\n'.repeat(6_000_000)),
          expected: ['refused header-size'],
        },
      ],
    },
    one(
      'M07',
      'one header of 20 MB',
      raw(() => `X-Long: ${'x'.repeat(20 * MIB)}`),
      'refused header-size',
    ),
    {
      ...{ id: 'M08', about: 'addresses without end are never read', inOwnProcess: true },
      cases: () => [
        {
          attack: '20,000 addresses, within the cap on headers',
          mail: withHeader(`To: ${addresses(20_000)}`),
          expected: ['stored'],
        },
        {
          attack: 'groups in groups',
          mail: withHeader(`To: ${'g:'.repeat(50_000)}${';'.repeat(50_000)}`),
          expected: ['stored'],
        },
        {
          attack: '200,000 addresses',
          mail: withHeader(`To: ${addresses(200_000)}`),
          expected: ['refused header-size'],
        },
      ],
    },
    one(
      'M17',
      '1,000 mails in each other',
      raw(() => 'Content-Type: message/rfc822\r\n\r\n'.repeat(1000)),
      'refused mime-depth',
    ),
    {
      ...{ id: 'M19', about: 'a bomb beside a good report', inOwnProcess: true },
      cases: () => [
        {
          attack: 'the bomb last',
          mail: () => twoFiles(gzipSync(caseXml()), gzipOf(bomb(257))),
          expected: ['stored', 'refused inflated-limit'],
        },
        {
          attack: 'the bomb first',
          mail: () => twoFiles(gzipOf(bomb(257)), gzipSync(caseXml())),
          expected: ['refused inflated-limit', 'stored'],
        },
      ],
    },
  ];
}

export const twoFiles = (...files: readonly Buffer[]): Buffer =>
  mail(
    REPORT_SUBJECT,
    multipart(
      'm2',
      'multipart/mixed',
      files.map((bytes) => attachment('application/gzip', fileName('xml.gz'), base64(bytes))),
    ),
  );

const emptyLines = (): Buffer =>
  Buffer.from(
    render({
      headers: ['Subject: Undelivered', 'Content-Type: message/delivery-status'],
      body: '\r\n'.repeat(262_144),
    }),
  );

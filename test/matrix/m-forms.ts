import { expect } from 'vitest';
import { attachment, base64, type Entity } from '../imap/mail-text.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { makeZip } from '../ingest/make-zip.ts';
import { twoFiles } from './m-hostile.ts';
import { formRow, inMail, inParts, packed, rewritten, xmlPart } from './m-parts.ts';
import { caseXml, fileName, mailWith, mailWithXml } from './mails.ts';
import type { MatrixRow } from './row.ts';

/** The many ways in which mails carry reports. */
export function reportFormRows(): MatrixRow[] {
  return [
    formRow('M09', 'the whole mail is the packed file', () => [
      ['application/gzip', () => REPORT_FORMS.bare({ name: fileName('xml.gz'), bytes: packed() })],
      [
        'application/zip',
        () => inMail(attachment('application/zip', fileName('zip'), base64(zipped()))),
      ],
    ]),
    formRow('M10', 'the report is the text of the mail', () => [
      ['text/xml', () => inMail({ headers: ['Content-Type: text/xml'], body: caseXml() })],
      ['text/plain', () => inMail({ headers: ['Content-Type: text/plain'], body: caseXml() })],
      ['no type at all', () => inMail({ headers: [], body: caseXml() })],
    ]),
    formRow('M11', 'the first bytes win over type and name', () => [
      ['octet-stream without a name', () => inParts(nameless(packed()))],
      [
        'gzip under the name of a zip',
        () => mailWith(packed(), fileName('zip'), 'application/zip'),
      ],
      ['zip under the name of a gzip', () => mailWith(zipped())],
      ['gzip under the name of XML', () => mailWith(packed(), fileName('xml'), 'text/xml')],
      ['bare XML under the name of a gzip', () => mailWith(caseXml())],
    ]),
    formRow('M12', 'the XML itself says its charset', () => [
      ['an unknown charset', () => inParts(xmlPart(caseXml(), 'text/xml; charset=x-999'))],
      ['a false charset', () => latin1Report()],
    ]),
    formRow('M14', 'quoted-printable, soft-broken', () => [
      [
        'all of it',
        () => inParts(xmlPart(quotedPrintable(caseXml()), 'text/xml', 'quoted-printable')),
      ],
      ['with = left as it is', () => inParts(xmlPart(caseXml(), 'text/xml', 'quoted-printable'))],
      [
        'with spaces after soft breaks',
        () =>
          inParts(
            xmlPart(
              quotedPrintable(caseXml()).replaceAll('=\r\n', '= \t\r\n'),
              'text/xml',
              'quoted-printable',
            ),
          ),
      ],
    ]),
    {
      ...formRow('M16', 'a report in a forwarded mail', () => [
        ['one level', () => REPORT_FORMS.forwarded({ name: fileName('xml.gz'), bytes: packed() })],
      ]),
      also: ({ rows }) => expect(rows[0]?.documents[0]?.part).toMatch(/^2\./),
    },
    formRow('M18', 'two reports in one mail', () => {
      const same = packed();
      return [
        ['two', () => twoFiles(packed(), packed()), 'stored', 'stored'],
        ['one twice', () => twoFiles(same, same), 'stored', 'duplicate'],
      ];
    }),
    formRow('M21', 'bytes that are hardly a mail', () => [
      ['none', () => Buffer.alloc(0), 'not-a-report empty'],
      [
        'headers only',
        () => Buffer.from('Subject: x\r\nFrom: y\r\n'),
        'not-a-report ordinary-mail',
      ],
      ['NULs', () => Buffer.alloc(5000), 'not-a-report not-xml'],
      [
        'every byte',
        () => Buffer.from(Array.from({ length: 4096 }, (_, i) => i % 256)),
        'not-a-report not-xml',
      ],
      ['only LF', () => rewritten(mailWithXml(caseXml()), /\r\n/g, '\n')],
      ['only CR', () => rewritten(mailWithXml(caseXml()), /\r\n/g, '\r')],
      ['raw 8-bit', () => inParts(xmlPart(caseXml({ orgName: 'Größe €' })))],
      [
        'NULs between its headers',
        () => rewritten(mailWithXml(caseXml()), /MIME-Version/, '\0\0MIME-Version'),
      ],
    ]),
  ];
}

const quotedPrintable = (xml: string): string =>
  xml.replaceAll('=', '=3D').replace(/(.{70})/g, '$1=\r\n');

const zipped = (): Buffer => makeZip([{ name: 'r.xml', content: caseXml() }]);

const nameless = (bytes: Buffer): Entity => ({
  headers: ['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64'],
  body: base64(bytes),
});

function latin1Report(): Buffer {
  const xml = caseXml({ orgName: 'Gr\u00f6\u00dfe' }).replace('UTF-8', 'ISO-8859-1');
  const marked = inParts(xmlPart('@xml@', 'text/xml; charset=utf-8')).toString('latin1');
  return Buffer.from(marked.replace('@xml@', xml), 'latin1');
}

import { gzipSync } from 'node:zlib';
import { expect } from 'vitest';
import { createRandom, pick, type Random } from '../../server/demo/random.ts';
import { attachment, base64, type Entity, mail, multipart, text } from '../imap/mail-text.ts';
import { REPORT_FORMS } from '../imap/mails.ts';
import { makeZip } from '../ingest/make-zip.ts';
import { twoFiles } from './m-hostile.ts';
import { caseXml, fileName, mailWith, mailWithXml, REPORT_SUBJECT } from './mails.ts';
import type { MatrixCase, MatrixRow } from './matrix.ts';

type Form = [attack: string, mail: () => Buffer, ...expected: string[]];
const casesOf = (forms: readonly Form[]): MatrixCase[] =>
  forms.map(([attack, mailOf, ...expected]) => ({
    ...{ attack, mail: mailOf },
    expected: expected.length === 0 ? ['stored'] : expected,
  }));
const row = (id: string, about: string, forms: () => readonly Form[]): MatrixRow => ({
  ...{ id, about, cases: () => casesOf(forms()) },
});

const inMail = (entity: Entity): Buffer => mail(REPORT_SUBJECT, entity);
const inParts = (entity: Entity): Buffer =>
  inMail(multipart('m9', 'multipart/mixed', [text('Attached.'), entity]));
const packed = (): Buffer => gzipSync(caseXml());
const xmlPart = (xml: string, type = 'text/xml', encoding = '8bit'): Entity =>
  attachment(type, fileName('xml'), xml, encoding);
const quotedPrintable = (xml: string): string =>
  xml.replaceAll('=', '=3D').replace(/(.{70})/g, '$1=\r\n');
/** With another line end, or bytes that text cannot hold. */
const rewritten = (bytes: Buffer, from: RegExp, to: string): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');

/** The many ways, odd and broken, in which mails carry reports. */
export function reportFormRows(seed: number): MatrixRow[] {
  return [
    row('M09', 'the whole mail is the packed file', () => [
      ['application/gzip', () => REPORT_FORMS.bare({ name: fileName('xml.gz'), bytes: packed() })],
      [
        'application/zip',
        () => inMail(attachment('application/zip', fileName('zip'), base64(zipped()))),
      ],
    ]),
    row('M10', 'the report is the text of the mail', () => [
      ['text/xml', () => inMail({ headers: ['Content-Type: text/xml'], body: caseXml() })],
      ['text/plain', () => inMail({ headers: ['Content-Type: text/plain'], body: caseXml() })],
      ['no type at all', () => inMail({ headers: [], body: caseXml() })],
    ]),
    row('M11', 'the first bytes win over type and name', () => [
      ['octet-stream without a name', () => inParts(nameless(packed()))],
      [
        'gzip under the name of a zip',
        () => mailWith(packed(), fileName('zip'), 'application/zip'),
      ],
      ['zip under the name of a gzip', () => mailWith(zipped())],
      ['gzip under the name of XML', () => mailWith(packed(), fileName('xml'), 'text/xml')],
      ['bare XML under the name of a gzip', () => mailWith(caseXml())],
    ]),
    row('M12', 'the XML itself says its charset', () => [
      ['an unknown charset', () => inParts(xmlPart(caseXml(), 'text/xml; charset=x-999'))],
      ['a false charset', () => latin1Report()],
    ]),
    row('M13', 'base64 as it should not be', () => brokenBase64(seed)),
    row('M14', 'quoted-printable, soft-broken', () => [
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
      ...row('M15', 'a file name made to be obeyed', () =>
        EVIL_NAMES.map((name): Form => [JSON.stringify(name).slice(0, 60), () => namedMail(name)]),
      ),
      also: ({ rows }) => {
        for (const { name } of rows.flatMap(({ documents }) => documents)) {
          expect(name).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          expect(name.length).toBeLessThanOrEqual(255);
        }
      },
    },
    {
      ...row('M16', 'a report in a forwarded mail', () => [
        ['one level', () => REPORT_FORMS.forwarded({ name: fileName('xml.gz'), bytes: packed() })],
      ]),
      also: ({ rows }) => expect(rows[0]?.documents[0]?.part).toMatch(/^2\./),
    },
    row('M18', 'two reports in one mail', () => {
      const same = packed();
      return [
        ['two', () => twoFiles(packed(), packed()), 'stored', 'stored'],
        ['one twice', () => twoFiles(same, same), 'stored', 'duplicate'],
      ];
    }),
    row('M20', 'a mail cut off', cutMails),
    row('M21', 'bytes that are hardly a mail', () => [
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
    row('M22', 'containers that reports do not come in', () => [
      [
        'uuencode',
        () =>
          inMail(
            text('begin 644 r!example.com!1767225600!1767311999.xml.gz\r\n#0V%T\r\n`\r\nend\r\n'),
          ),
        'refused unsupported-container',
      ],
      [
        'uuencode by its header',
        () => inParts(xmlPart('begin 644 r.xml', 'text/xml', 'x-uuencode')),
        'refused unsupported-container',
      ],
      [
        'winmail.dat',
        () => container('789f3e2201000000', 'winmail.dat', 'application/ms-tnef'),
        'refused unsupported-container',
      ],
      [
        'S/MIME',
        () => container('308206f006092a864886f70d010703a0', 'smime.p7m', 'application/pkcs7-mime'),
        'refused unsupported-container',
      ],
      [
        'S/MIME of no said length',
        () => container('308006092a864886f70d010702a08030', 'smime.p7m', 'application/pkcs7-mime'),
        'refused unsupported-container',
      ],
    ]),
    row('M24', 'the Message-ID is never the key', () => [
      ['the same on two mails: first', () => withMessageId('<same@r.example>')],
      ['the same on two mails: second', () => withMessageId('<same@r.example>')],
      ['none', () => rewritten(mailWithXml(caseXml()), /Message-ID.*\r\n/, '')],
      ['one of 200 kB', () => withMessageId(`<${'a'.repeat(200_000)}@r.example>`)],
      [
        'one of 1 MB',
        () => withMessageId(`<${'a'.repeat(1_000_000)}@r.example>`),
        'refused header-size',
      ],
    ]),
  ];
}

const zipped = (): Buffer => makeZip([{ name: 'r.xml', content: caseXml() }]);

const nameless = (bytes: Buffer): Entity => ({
  headers: ['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64'],
  body: base64(bytes),
});

const container = (hex: string, name: string, type: string): Buffer =>
  mailWith(Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(100, 7)]), name, type);

const withMessageId = (id: string): Buffer =>
  rewritten(mailWithXml(caseXml()), /Message-ID.*/, `Message-ID: ${id}`);

function latin1Report(): Buffer {
  const xml = caseXml({ orgName: 'Gr\u00f6\u00dfe' }).replace('UTF-8', 'ISO-8859-1');
  const marked = inParts(xmlPart('@xml@', 'text/xml; charset=utf-8')).toString('latin1');
  return Buffer.from(marked.replace('@xml@', xml), 'latin1');
}

const EVIL_NAMES = [
  '../..\r\nX-Evil: 1.zip',
  '/etc/passwd.gz',
  'C:\\x.gz',
  'a\u0000b.gz',
  `${'n'.repeat(10_240)}.gz`,
  '\u202egz.exe.gz',
  '\u001b[2J\u001b]0;x\u0007.gz',
  '__proto__',
];

/** The name as RFC 2231 lets it be said: any byte. */
function namedMail(name: string): Buffer {
  const said = [...Buffer.from(name)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`);
  return inParts({
    headers: [
      'Content-Type: application/gzip',
      `Content-Disposition: attachment; filename*=utf-8''${said.join('')}`,
      'Content-Transfer-Encoding: base64',
    ],
    body: base64(packed()),
  });
}

const JUNK = [...'!#$%&()*,.:;<>?@[]^`{|}~'];

function brokenBase64(seed: number): Form[] {
  const part = (change: (body: string, random: Random) => string) => (): Buffer =>
    inParts(
      attachment(
        'application/gzip',
        fileName('xml.gz'),
        change(base64(packed()), createRandom(seed)),
      ),
    );
  const withJunk = (share: number) =>
    part((body, random) =>
      body.replace(/[A-Za-z0-9]/g, (one) => (random() < share ? one + pick(random, JUNK) : one)),
    );
  return [
    ['a little junk', withJunk(0.05)],
    ['no padding', part((body) => body.replace(/=+$/, ''))],
    ['spaces within its lines', part((body) => body.replace(/(.{7})/g, '$1 '))],
    ['lines ended by CR', part((body) => body.replaceAll('\r\n', '\r'))],
    ['one endless line', part((body) => body.replaceAll('\r\n', ''))],
    ['a footer behind it', part((body) => `${body.replace(/=*$/, '==')}\r\n______\r\nA list`)],
    [
      'no base64 at all',
      part((body, random) => body.replace(/[A-Za-z0-9]/g, () => pick(random, JUNK))),
      'refused transfer-encoding',
    ],
    [
      'an encoding of no name',
      () => inParts(xmlPart(caseXml(), 'text/xml', 'rot13')),
      'refused transfer-encoding',
    ],
  ];
}

/** Cut at each tenth of the attachment, in front of it and right behind it. */
function cutMails(): Form[] {
  const mailOf = (): [Buffer, from: number, to: number] => {
    const bytes = mailWithXml(caseXml());
    return [bytes, bytes.indexOf('H4sI'), bytes.lastIndexOf('\r\n--m1--')];
  };
  const tenths = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth): Form => [
    `at ${tenth} tenths of the attachment`,
    () => {
      const [bytes, from, to] = mailOf();
      return bytes.subarray(0, from + Math.floor(((to - from) * tenth) / 10));
    },
    'refused truncated',
  ]);
  const at = (place: (from: number, to: number) => number) => (): Buffer => {
    const [bytes, from, to] = mailOf();
    return bytes.subarray(0, place(from, to));
  };
  return [
    ...tenths,
    ['in its own headers', () => mailOf()[0].subarray(0, 60), 'not-a-report ordinary-mail'],
    ['in the headers of the attachment', at((from) => from - 50), 'not-a-report ordinary-mail'],
    ['right before the attachment', at((from) => from), 'not-a-report empty'],
    ['right behind the attachment', at((_, to) => to)],
    ['in the last boundary', at((_, to) => to + 5)],
  ];
}

import { expect } from 'vitest';
import { createRandom, pick, type Random } from '../../server/demo/random.ts';
import { attachment, base64, text } from '../imap/mail-text.ts';
import { type Form, formRow, inMail, inParts, packed, rewritten, xmlPart } from './m-parts.ts';
import { caseXml, fileName, mailWith, mailWithXml } from './mails.ts';
import type { MatrixRow } from './row.ts';

/** Mails that are broken, or lie, around a report. */
export function brokenMailRows(seed: number): MatrixRow[] {
  return [
    formRow('M13', 'base64 as it should not be', () => brokenBase64(seed)),
    {
      ...formRow('M15', 'a file name made to be obeyed', () =>
        EVIL_NAMES.map((name): Form => [JSON.stringify(name).slice(0, 60), () => namedMail(name)]),
      ),
      also: ({ rows }) => {
        for (const { name } of rows.flatMap(({ documents }) => documents)) {
          expect(name).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
          expect(name.length).toBeLessThanOrEqual(255);
        }
      },
    },
    formRow('M20', 'a mail cut off', cutMails),
    formRow('M22', 'containers that reports do not come in', () => [
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
    formRow('M24', 'the Message-ID is never the key', () => [
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

const container = (hex: string, name: string, type: string): Buffer =>
  mailWith(Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(100, 7)]), name, type);

const withMessageId = (id: string): Buffer =>
  rewritten(mailWithXml(caseXml()), /Message-ID.*/, `Message-ID: ${id}`);

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

const JUNK = '!#$%&()*,.:;<>?@[]^`{|}~'.split('');

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

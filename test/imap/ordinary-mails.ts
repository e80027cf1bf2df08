import { attachment, base64, mail, multipart, render, text } from './mail-text.ts';

/** Stands in every body of ordinary mail, and nowhere else. */
export const CANARY = 'heronsleepstandingup';

/** How the canary may show up in a recording: as it is, and in base64 at each of three offsets. */
export const canaryForms = (): string[] => [
  CANARY,
  ...[0, 1, 2].map((offset) => {
    const encoded = Buffer.from('x'.repeat(offset) + CANARY).toString('base64');
    return encoded.slice(4, 4 * Math.floor((offset + CANARY.length) / 3));
  }),
];

const secret = (about: string): string => `${CANARY} ${about} ${'private words '.repeat(40)}`;
/** Behind the first bytes that are looked at where neither name nor subject tells. */
const deepSecret = (about: string): string => '.'.repeat(1500) + secret(about);

const bounce = (index: number): Buffer =>
  mail(
    `Undelivered Mail Returned to Sender ${index}`,
    multipart('b1', 'multipart/report; report-type=delivery-status', [
      text(secret('could not be delivered')),
      {
        headers: ['Content-Type: message/delivery-status'],
        body: `Reporting-MTA: dns; ${secret('mta')}`,
      },
      {
        headers: ['Content-Type: message/rfc822'],
        body: render({ headers: ['Subject: lunch'], body: secret('lunch') }),
      },
    ]),
  );

const newsletter = (index: number): Buffer =>
  mail(
    `Our news, number ${index}`,
    multipart('n1', 'multipart/alternative', [
      text(secret('news')),
      { ...text(`<p>${secret('news')}</p>`, 'html') },
    ]),
    ['List-Unsubscribe: <https://news.example/out>'],
  );

const invitation = (index: number): Buffer =>
  mail(
    `Invitation: meeting ${index}`,
    multipart('c1', 'multipart/mixed', [
      text(secret('agenda')),
      attachment('text/calendar; method=REQUEST', 'invite.ics', secret('BEGIN:VCALENDAR'), '8bit'),
    ]),
  );

const letter = (index: number): Buffer => mail(`Letter ${index}`, text(secret('dear you')));

const withDocument = (index: number): Buffer =>
  mail(
    `Contract ${index}`,
    multipart('d1', 'multipart/mixed', [
      text(secret('please sign')),
      attachment('application/octet-stream', 'contract.pdf', base64(secret('%PDF'))),
      attachment('image/png', 'signature.png', base64(secret('PNG'))),
    ]),
  );

const withZip = (index: number): Buffer =>
  mail(
    `Holiday ${index}`,
    multipart('z1', 'multipart/mixed', [
      text(secret('pictures')),
      attachment(
        'application/zip',
        'photos.zip',
        base64(storedZip('beach.jpg', deepSecret('sand'))),
      ),
    ]),
  );

const withNameless = (index: number): Buffer =>
  mail(
    `Backup ${index}`,
    multipart('o1', 'multipart/mixed', [
      text(secret('the backup')),
      {
        headers: ['Content-Type: application/octet-stream', 'Content-Transfer-Encoding: base64'],
        body: base64(deepSecret('bytes')),
      },
    ]),
  );

const withInvoice = (index: number): Buffer =>
  mail(
    `Invoice ${index}`,
    multipart('i1', 'multipart/mixed', [
      text(secret('invoice')),
      attachment(
        'text/xml',
        'invoice.xml',
        `<?xml version="1.0"?>\r\n<Invoice>${deepSecret('sum')}</Invoice>`,
        '8bit',
      ),
    ]),
  );

const ORDINARY = [
  letter,
  newsletter,
  bounce,
  invitation,
  withDocument,
  withZip,
  withNameless,
  withInvoice,
];

/** One of eight kinds of mail that are no reports; every body holds the canary. */
export const ordinaryMail = (index: number): Buffer =>
  (ORDINARY[index % ORDINARY.length] ?? letter)(index);

/** A zip of one member that is stored as it is, so that a canary in it would be seen. */
function storedZip(name: string, content: string): Buffer {
  const data = Buffer.from(content);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt32LE(data.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, Buffer.from(name), data]);
}

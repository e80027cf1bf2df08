import { gzipSync } from 'node:zlib';
import { attachment, type Entity, mail, multipart, text } from '../imap/mail-text.ts';
import { caseXml, fileName, REPORT_SUBJECT } from './mails.ts';
import type { MatrixCase, MatrixRow } from './row.ts';

/** A mail in some form; it is stored unless it says otherwise. */
export type Form = [attack: string, mail: () => Buffer, ...expected: string[]];
const casesOf = (forms: readonly Form[]): MatrixCase[] =>
  forms.map(([attack, mailOf, ...expected]) => ({
    ...{ attack, mail: mailOf },
    expected: expected.length === 0 ? ['stored'] : expected,
  }));
export const formRow = (id: string, about: string, forms: () => readonly Form[]): MatrixRow => ({
  ...{ id, about, cases: () => casesOf(forms()) },
});

export const inMail = (entity: Entity): Buffer => mail(REPORT_SUBJECT, entity);
export const inParts = (entity: Entity): Buffer =>
  inMail(multipart('m9', 'multipart/mixed', [text('Attached.'), entity]));
export const packed = (): Buffer => gzipSync(caseXml());
export const xmlPart = (xml: string, type = 'text/xml', encoding = '8bit'): Entity =>
  attachment(type, fileName('xml'), xml, encoding);
/** With another line end, or bytes that text cannot hold. */
export const rewritten = (bytes: Buffer, from: RegExp, to: string): Buffer =>
  Buffer.from(bytes.toString('latin1').replace(from, to), 'latin1');

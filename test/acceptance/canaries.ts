import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { attachment, base64, mail, multipart, text } from '../imap/mail-text.ts';

/** Words that stand nowhere else, to be looked for wherever a program may leave something. */
export interface Canary {
  name: string;
  /** Every way in which it may be written down. */
  forms: Buffer[];
}

export function canary(name: string, secret: Buffer | string): Canary {
  const bytes = Buffer.from(secret as string);
  const words = typeof secret === 'string' ? [...wordForms(secret)] : [];
  const encoded = [0, 1, 2].map((offset) => {
    const whole = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    return whole.slice(4, 4 * Math.floor((offset + bytes.length) / 3));
  });
  const forms = [...words, ...encoded, bytes.toString('hex'), bytes.toString('hex').toUpperCase()];
  return { name, forms: [bytes, ...forms.map((form) => Buffer.from(form))] };
}

const wordForms = (secret: string): string[] => [
  JSON.stringify(secret).slice(1, -1),
  encodeURIComponent(secret),
  secret.replace(/["\\]/g, '\\$&'),
  secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
];

/** Where a canary was found, as 'its name in the place'. */
export const foundIn = (
  canaries: readonly Canary[],
  places: Readonly<Record<string, Buffer | string>>,
): string[] =>
  Object.entries(places).flatMap(([place, content]) => {
    const bytes = Buffer.from(content as string);
    return canaries
      .filter(({ forms }) => forms.some((form) => bytes.includes(form)))
      .map(({ name }) => `${name} in ${place}`);
  });

/** Every file of a folder, and what the database keeps packed. */
export function leftIn(folder: string): Record<string, Buffer> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names
    .map((name) => path.join(folder, name))
    .filter((file) => statSync(file).isFile());
  const left = Object.fromEntries(files.map((file) => [file, readFileSync(file)]));
  for (const file of files.filter((name) => name.endsWith('.db'))) {
    left[`${file}, unpacked`] = unpacked(file);
  }
  return left;
}

function unpacked(file: string) {
  const database = new Database(file, { readonly: true });
  try {
    const kept = database
      .prepare<[], { encoding: string; bytes: Buffer }>('SELECT encoding, bytes FROM kept')
      .all();
    const whole = kept.map(({ encoding, bytes }) =>
      encoding === 'identity' ? bytes : inflateRawSync(bytes),
    );
    return Buffer.concat(whole);
  } finally {
    database.close();
  }
}

const PRIVATE = ['heron', 'otter', 'linden', 'quartz', 'velvet'] as const;
const privateWord = (word: string, place: string): string => `${word}of${place}inprivate`;
const PLACES = ['subject', 'body', 'name', 'file'] as const;

/** Twenty words, each in one place of one of five mails. */
export const privateCanaries = (): Canary[] =>
  PRIVATE.flatMap((word) => PLACES.map((place) => privateWord(word, place))).map((word) =>
    canary(word, word),
  );

export const privateMails = (): Buffer[] =>
  PRIVATE.map((word, index) => {
    const [subject, body, name, file] = PLACES.map((place) => privateWord(word, place)) as [
      string,
      string,
      string,
      string,
    ];
    const types = ['application/pdf', 'application/zip', 'text/xml', 'application/octet-stream'];
    return mail(
      `About ${subject}`,
      multipart(`p${index}`, 'multipart/mixed', [
        text(`Dear you, ${body}. `.repeat(30)),
        attachment(
          types[index % types.length] ?? '',
          `${name}.bin`,
          base64(`.. ${file} `.repeat(90)),
        ),
      ]),
    );
  });

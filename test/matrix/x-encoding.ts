import iconv from 'iconv-lite';
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { caseXml } from './mails.ts';
import type { Fed, MatrixRow } from './row.ts';
import { row, xmlCase } from './xml-case.ts';

const CLEANED = 'stored control-characters-removed';
const UMLAUTS = 'Gr\u00f6\u00dfe';

const marked = (bytes: Buffer): Buffer => {
  const [before = '', after = ''] = caseXml({ orgName: 'Rece@iver' }).split('@');
  return Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]);
};
const bytesOf =
  (...bytes: number[]) =>
  () =>
    marked(Buffer.from(bytes));
const declaring =
  (label: string, encoding = label) =>
  (): Buffer =>
    iconv.encode(caseXml({ orgName: UMLAUTS }).replace('UTF-8', label), encoding, {
      addBOM: false,
    });
const withBom = (encoding: string) => (): Buffer =>
  iconv.encode(caseXml({ orgName: UMLAUTS }).replace('UTF-8', 'UTF-16'), encoding, {
    addBOM: true,
  });

/** Bytes that are not what they say, or that text cannot hold. */
export function encodingRows(): MatrixRow[] {
  return [
    row(
      'X16',
      'characters that XML forbids',
      () => [
        xmlCase('NUL', bytesOf(0), CLEANED),
        xmlCase('a terminal escape', bytesOf(0x1b, 0x07), CLEANED),
        xmlCase('DEL and C1', bytesOf(0x7f, 0xc2, 0x9b), CLEANED),
        xmlCase('U+FFFE', bytesOf(0xef, 0xbf, 0xbe), CLEANED),
        xmlCase('a lone surrogate', bytesOf(0xed, 0xa0, 0x80), CLEANED),
        xmlCase('a lone surrogate in UTF-16', loneSurrogate, CLEANED),
        xmlCase('NUL by reference', () => marked(Buffer.from('&#0;&#27;')), CLEANED),
      ],
      { also: expectCleanNames },
    ),
    row(
      'X17',
      'encodings',
      () => [
        xmlCase('UTF-16LE', withBom('utf-16le')),
        xmlCase('UTF-16BE', withBom('utf-16be')),
        xmlCase('UTF-8 with a BOM', () => Buffer.from(`\ufeff${caseXml({ orgName: UMLAUTS })}`)),
        xmlCase('ISO-8859-1', declaring('ISO-8859-1')),
        xmlCase('windows-1252', declaring('windows-1252')),
        xmlCase('windows-1252 that says UTF-8', declaring('UTF-8', 'windows-1252'), REPAIRED),
        xmlCase('UTF-8 that says ISO-8859-1', declaring('ISO-8859-1', 'utf-8'), REPAIRED),
        xmlCase('one of no known name', declaring('x-999', 'utf-8'), REPAIRED),
        xmlCase('UTF-8 that says UTF-16', declaring('UTF-16', 'utf-8'), 'refused encoding'),
        xmlCase('UTF-32', () => iconv.encode(caseXml(), 'utf-32le'), 'refused encoding'),
        xmlCase('EBCDIC', () => Buffer.from('4c6fa79493', 'hex'), 'refused encoding'),
      ],
      { also: expectUmlauts },
    ),
  ];
}

const REPAIRED = 'stored encoding-repaired';

function loneSurrogate(): Buffer {
  const [before = '', after = ''] = caseXml({ orgName: 'Rece@iver' }).split('@');
  const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');
  return Buffer.concat([utf16(`\ufeff${before}`), Buffer.from([0, 0xd8]), utf16(after)]);
}

const orgNames = async ({ reader, rows }: Fed): Promise<(string | undefined)[]> => {
  const ids = rows.flatMap(({ documents }) => documents[0]?.reportId ?? []);
  const reports = await Promise.all(ids.map((id) => reader.report(id)));
  return reports.map((report) => report?.orgName);
};

/** Neither in what is shown nor in the file, whose kept bytes are packed. */
async function expectCleanNames(fed: Fed): Promise<void> {
  expect(new Set(await orgNames(fed))).toEqual(new Set(['Receiver']));
  for (const name of readdirSync(fed.dataDir)) {
    const bytes = readFileSync(path.join(fed.dataDir, name)).toString('latin1');
    expect(bytes).not.toMatch(/Rece[^i]{1,3}iver/);
  }
}

async function expectUmlauts(fed: Fed): Promise<void> {
  expect(new Set(await orgNames(fed))).toEqual(new Set([UMLAUTS]));
}

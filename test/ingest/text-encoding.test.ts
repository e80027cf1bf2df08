import { describe, expect, test } from 'vitest';
import { reportXml } from './a-report.ts';
import { outcomes, readOne, readReport } from './reading.ts';

const labelled = (label: string, orgName = 'Empfänger'): string =>
  reportXml({ orgName }).replace('UTF-8', label);
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the encoding of a document', () => {
  test.each<[string, Buffer, string, string[]]>([
    ['UTF-8', Buffer.from(labelled('utf-8')), 'Empfänger', []],
    ['no declaration', Buffer.from(labelled('utf-8').replace(/<\?.*?\?>/, '')), 'Empfänger', []],
    [
      'UTF-16, little-endian, with a mark',
      Buffer.from(`\ufeff${labelled('UTF-16', 'Ä📬')}`, 'utf16le'),
      'Ä📬',
      [],
    ],
    ['UTF-16, big-endian, with a mark', utf16be(`\ufeff${labelled('UTF-16', 'Ä📬')}`), 'Ä📬', []],
    ['UTF-16 without a mark', Buffer.from(labelled('UTF-16'), 'utf16le'), 'Empfänger', []],
    ['windows-1252', Buffer.from(labelled('windows-1252', 'E\u0080'), 'latin1'), 'E€', []],
    [
      'ISO-8859-1, in truth windows-1252',
      Buffer.from(labelled('iso-8859-1', '\u0093E\u0094'), 'latin1'),
      '“E”',
      [],
    ],
    ['windows-1251', Buffer.from(labelled('windows-1251', '\u00cf\u00f0'), 'latin1'), 'Пр', []],
    ['KOI8-R', Buffer.from(labelled('koi8-r', '\u00f0\u00d2'), 'latin1'), 'Пр', []],
    ['GB2312', Buffer.from(labelled('gb2312', '\u00cd\u00f8\u00d2\u00d7'), 'latin1'), '网易', []],
    [
      'UTF-8 that says it is windows-1252',
      Buffer.from(labelled('windows-1252')),
      'Empfänger',
      ['encoding-repaired'],
    ],
    [
      'windows-1252 that says it is UTF-8',
      Buffer.from(labelled('UTF-8', 'E\u0080'), 'latin1'),
      'E€',
      ['encoding-repaired'],
    ],
    [
      'an encoding that nobody knows',
      Buffer.from(labelled('x-999', 'E')),
      'E',
      ['encoding-repaired'],
    ],
    [
      'an encoding that is no character set',
      Buffer.from(labelled('hex', 'E')),
      'E',
      ['encoding-repaired'],
    ],
    [
      'a NUL in a name',
      Buffer.from(labelled('utf-8', 'E\u0000E')),
      'EE',
      ['control-characters-removed'],
    ],
    [
      'U+FFFE in a name',
      Buffer.from(labelled('utf-8', 'E\ufffeE')),
      'EE',
      ['control-characters-removed'],
    ],
    [
      'a lone surrogate in UTF-8',
      Buffer.from(labelled('utf-8', 'E\u00ed\u00a0\u0080E'), 'latin1'),
      'EE',
      ['control-characters-removed'],
    ],
    [
      'a lone surrogate in UTF-16',
      Buffer.from(`\ufeff${labelled('UTF-16', 'E\ud800E')}`, 'utf16le'),
      'EE',
      ['control-characters-removed'],
    ],
    [
      'a reference to a lone surrogate',
      Buffer.from(labelled('utf-8', 'E&#xD800;E')),
      'EE',
      ['control-characters-removed'],
    ],
    [
      'a reference to NUL',
      Buffer.from(labelled('utf-8', 'E&#0;E')),
      'EE',
      ['control-characters-removed'],
    ],
    [
      'a reference beyond Unicode',
      Buffer.from(labelled('utf-8', 'E&#x110000;E')),
      'EE',
      ['control-characters-removed'],
    ],
    ['a reference that nobody knows', Buffer.from(labelled('utf-8', 'E&nbsp;E')), 'E&nbsp;E', []],
  ])('%s', async (_, bytes, orgName, warnings) => {
    const report = await readReport(bytes);
    expect(report.metadata.orgName).toBe(orgName);
    expect(report.warnings).toEqual(warnings);
  });

  test.each<[string, Buffer]>([
    ['UTF-7, declared', Buffer.from(labelled('UTF-7', 'E'))],
    [
      'UTF-7 that hides its tags',
      Buffer.from('<?xml version="1.0" encoding="utf-7"?>+ADwAIQ-DOCTYPE f+AD4APA-feedback+AD4-'),
    ],
    ['UTF-16, declared falsely', Buffer.from(labelled('UTF-16', 'E'))],
    ['UTF-32 with a mark', Buffer.from('fffe00003c000000', 'hex')],
    ['UTF-32 without a mark', Buffer.from('3c00000066000000', 'hex')],
    ['EBCDIC', Buffer.from('4c6fa79493', 'hex')],
  ])('%s is refused', async (_, bytes) => {
    expect(await outcomes(bytes)).toEqual(['encoding']);
  });

  test('is found of each piece on its own: one bad byte spoils one record', async () => {
    const good = reportXml({ orgName: 'Empfänger – €' });
    const [head = '', tail = ''] = good.split('<record>');
    const bytes = Buffer.concat([
      Buffer.from(head),
      Buffer.from(`<record>${tail}`.replace('s1', 's\u00e9'), 'latin1'),
    ]);
    const report = await readReport(bytes);
    expect(report.metadata.orgName).toBe('Empfänger – €');
    expect(report.profiles[0]?.dkim[0]?.selector).toBe('sé');
    expect(report.warnings).toEqual(['encoding-repaired']);
  });

  test('does not change the hash, nor does a UTF-8 mark', async () => {
    const text = reportXml();
    const [plain, marked] = [await readOne(text), await readOne(`\ufeff${text}`)];
    expect(marked.contentSha256).toBe(plain.contentSha256);
    expect(marked.kept?.inflatedBytes).toBe(text.length + 3);
  });
});

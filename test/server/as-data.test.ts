import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

import { openAsData } from '../../server/as-data.ts';

const script = path.resolve(import.meta.dirname, '../../scripts/pack-as-data.mjs');
const realPackage = path.resolve(import.meta.dirname, '../../node_modules/@ip-location-db/asn');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'as-data-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const pack = (packageFolder: string, output: string) =>
  execFileSync(process.execPath, [script, packageFolder, output], { encoding: 'utf8' });

const ipv6 = (text: string) =>
  String(text.split(':').reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n));

function writePackage(version: string): string {
  const packageFolder = mkdtempSync(path.join(folder, 'package-'));
  writeFileSync(path.join(packageFolder, 'package.json'), JSON.stringify({ version }));
  writeFileSync(
    path.join(packageFolder, 'asn-ipv4-num.csv'),
    [
      '16777216,16777471,13335,"Cloudflare, Inc."',
      '16777472,16777727,13335,"Cloudflare, Inc."',
      '16777984,16778239,64500,"""Quoted"" Ltd"',
      '16778200,16778495,64501,Übermut GmbH',
      '',
    ].join('\n'),
  );
  writeFileSync(
    path.join(packageFolder, 'asn-ipv6-num.csv'),
    [
      `${ipv6('2001:200:0:0:0:0:0:0')},${ipv6('2001:200:ffff:ffff:ffff:ffff:ffff:ffff')},64500,"""Quoted"" Ltd"`,
      `${ipv6('2a00:0:0:0:0:0:0:0')},${ipv6('2a00:0:0:0:7fff:ffff:ffff:ffff')},64502,First half`,
      `${ipv6('2a00:0:0:0:8000:0:0:0')},${ipv6('2a00:0:0:1:ffff:ffff:ffff:ffff')},64503,Second half`,
      '',
    ].join('\n'),
  );
  return packageFolder;
}

describe('packed AS data', () => {
  test('gives the network of every address in a range, and null outside', () => {
    const output = path.join(folder, 'small.bin');
    pack(writePackage('1.0.0'), output);
    const lookup = openAsData(output);
    const cases: [sourceIp: string, asn: number | null, name?: string][] = [
      ['0.255.255.255', null],
      ['1.0.0.0', 13_335, 'Cloudflare, Inc.'],
      ['1.0.1.255', 13_335, 'Cloudflare, Inc.'],
      ['1.0.2.0', null],
      ['1.0.3.0', 64_500, '"Quoted" Ltd'],
      // The two ranges overlap: the first stands.
      ['1.0.3.255', 64_500, '"Quoted" Ltd'],
      ['1.0.4.0', 64_501, 'Übermut GmbH'],
      ['1.0.4.255', 64_501, 'Übermut GmbH'],
      ['1.0.5.0', null],
      ['255.255.255.255', null],
      ['2001:1ff:ffff::1', null],
      ['2001:200::', 64_500, '"Quoted" Ltd'],
      ['2001:200:ffff:ffff:ffff:ffff:ffff:ffff', 64_500, '"Quoted" Ltd'],
      ['2001:201::', null],
      // Inside one /64 the first range stands.
      ['2a00::1', 64_502, 'First half'],
      ['2a00::8000:0:0:1', 64_502, 'First half'],
      ['2a00:0:0:1::1', 64_503, 'Second half'],
      ['2a00:0:0:2::1', null],
      ['::1', null],
    ];
    for (const [sourceIp, asn, name] of cases)
      expect([sourceIp, lookup(sourceIp)]).toEqual([sourceIp, asn === null ? null : { asn, name }]);
  });

  test('is the same for the same source, and packed again only for another version', () => {
    const first = path.join(folder, 'first.bin');
    const second = path.join(folder, 'second.bin');
    expect(pack(writePackage('1.0.0'), first)).toContain('packed 1.0.0');
    pack(writePackage('1.0.0'), second);
    expect(readFileSync(first).equals(readFileSync(second))).toBe(true);
    expect(pack(writePackage('1.0.0'), first)).toContain('up to date');
    expect(pack(writePackage('1.0.1'), first)).toContain('packed 1.0.1');
  });

  test('a missing package is told, and leaves nothing behind', () => {
    const output = path.join(folder, 'none.bin');
    expect(pack(path.join(folder, 'no-package'), output)).toContain('is not installed');
    expect(existsSync(output)).toBe(false);
  });

  test('without a file, or with one cut off or foreign, every answer is null', () => {
    const whole = path.join(folder, 'whole.bin');
    pack(writePackage('1.0.0'), whole);
    const cut = path.join(folder, 'cut.bin');
    writeFileSync(cut, readFileSync(whole).subarray(0, -1));
    const foreign = path.join(folder, 'foreign.bin');
    writeFileSync(foreign, Buffer.alloc(500, 'x'));
    for (const file of [path.join(folder, 'absent.bin'), cut, foreign])
      expect(openAsData(file)('1.0.0.0')).toBeNull();
  });
});

describe.skipIf(!existsSync(realPackage))('the AS data that the build packs', () => {
  test('fits into 10 MB, and knows networks that everyone knows', () => {
    const output = path.join(folder, 'real.bin');
    pack(realPackage, output);
    expect(statSync(output).size).toBeLessThan(10_000_000);
    const lookup = openAsData(output);
    const asnOf = (sourceIp: string) => lookup(sourceIp)?.asn ?? null;
    expect(asnOf('209.85.220.41')).toBe(15_169);
    expect(asnOf('2a00:1450:4864:20::533')).toBe(15_169);
    expect(asnOf('40.107.20.93')).toBe(8075);
    expect(asnOf('159.69.0.1')).toBe(24_940);
    expect(asnOf('2a01:4f8:c0c::1')).toBe(24_940);
  });

  test('private, documentation and loopback addresses are in no network', () => {
    const output = path.join(folder, 'reserved.bin');
    pack(realPackage, output);
    const lookup = openAsData(output);
    for (const sourceIp of ['10.1.2.3', '192.168.1.1', '172.16.0.1', '127.0.0.1', '169.254.1.1'])
      expect(lookup(sourceIp)).toBeNull();
    for (const sourceIp of ['192.0.2.1', '198.51.100.1', '203.0.113.1', '2001:db8::1', 'fd00::1'])
      expect(lookup(sourceIp)).toBeNull();
  });
});

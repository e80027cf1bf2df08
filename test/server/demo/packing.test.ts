import AdmZip from 'adm-zip';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';

import { packReport } from '../../../server/demo/packing.ts';

const XML = `<feedback>ä${'x'.repeat(5000)}</feedback>`;

describe('a packed report', () => {
  test('as gzip inflates to the XML', () => {
    const { name, bytes } = packReport('a!b!1!2', XML, 'gzip');
    expect(name).toBe('a!b!1!2.xml.gz');
    expect(gunzipSync(bytes).toString()).toBe(XML);
  });

  test('as zip holds one member that another reader accepts, checksum and all', () => {
    const { name, bytes } = packReport('a!b!1!2', XML, 'zip');
    expect(name).toBe('a!b!1!2.zip');
    const zip = new AdmZip(bytes);
    expect(zip.test()).toBe(true);
    expect(zip.getEntries().map((entry) => entry.entryName)).toEqual(['a!b!1!2.xml']);
    expect(zip.readAsText('a!b!1!2.xml')).toBe(XML);
  });

  test('may be the bare XML', () => {
    expect(packReport('a!b!1!2', XML, 'none')).toEqual({
      name: 'a!b!1!2.xml',
      bytes: Buffer.from(XML),
    });
  });
});

import { crc32, deflateRawSync, gzipSync } from 'node:zlib';

/** How a reporter sends the XML. */
export type Packing = 'gzip' | 'zip' | 'none';

/** Ending that file names have for a packing; a zip usually drops the `.xml` of its member. */
const ENDINGS: Record<Packing, string> = { gzip: '.xml.gz', zip: '.zip', none: '.xml' };

/** A report file as a reporter would attach it; the same input gives the same bytes. */
export function packReport(
  baseName: string,
  xml: string,
  packing: Packing,
): { name: string; bytes: Buffer } {
  const content = Buffer.from(xml);
  const name = baseName + ENDINGS[packing];
  switch (packing) {
    case 'gzip':
      return { name, bytes: gzipSync(content) };
    case 'zip':
      return { name, bytes: zipOf(`${baseName}.xml`, content) };
    case 'none':
      return { name, bytes: content };
  }
}

const DEFLATED = 8;
const NAME_IS_UTF8 = 0x0800;
/** 1 January 1980, the first date that a zip can hold. */
const NO_DATE = 0x0021;

/** A zip archive of one deflated member. */
function zipOf(memberName: string, content: Buffer): Buffer {
  const name = Buffer.from(memberName);
  const packed = deflateRawSync(content);
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt16LE(NAME_IS_UTF8, 2);
  about.writeUInt16LE(DEFLATED, 4);
  about.writeUInt16LE(NO_DATE, 8);
  about.writeUInt32LE(crc32(content), 10);
  about.writeUInt32LE(packed.length, 14);
  about.writeUInt32LE(content.length, 18);
  about.writeUInt16LE(name.length, 22);

  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), about, name, packed]);
  const madeBy = Buffer.from([20, 0]);
  const directory = Buffer.concat([
    Buffer.from('PK\x01\x02', 'latin1'),
    madeBy,
    about,
    Buffer.alloc(14),
    name,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, directory, end]);
}

import { crc32, deflateRawSync } from 'node:zlib';

const NAME = Buffer.from('r.xml');
const IN_ZIP64 = 0xffff_ffff;

/** What a writer that streams leaves open in the header before the data (APPNOTE 4.4.4, bit 3). */
export function streamedZip(content: string): Buffer {
  const { packed, crc, size } = packedOf(content);
  const descriptor = Buffer.alloc(16);
  descriptor.write('PK\u0007\u0008', 0, 'latin1');
  [crc, packed.length, size].forEach((value, place) =>
    descriptor.writeUInt32LE(value, 4 + 4 * place),
  );
  const local = header({ mark: '\u0003\u0004', fixed: 30, flags: 8, values: [0, 0, 0] });
  const central = header({
    ...{ mark: '\u0001\u0002', fixed: 46, flags: 8 },
    values: [crc, packed.length, size],
  });
  const data = Buffer.concat([local, packed, descriptor]);
  return Buffer.concat([data, central, endRecord(central.length, data.length)]);
}

/** Sizes in 64 bits where 32 would do, as `zip -fz` writes them (APPNOTE 4.3.14, 4.5.3). */
export function zip64(content: string): Buffer {
  const { packed, crc, size } = packedOf(content);
  const sizes = extra64([size, packed.length]);
  const values = [crc, IN_ZIP64, IN_ZIP64];
  const local = header({ mark: '\u0003\u0004', fixed: 30, values, extra: sizes });
  const central = header({
    ...{ mark: '\u0001\u0002', fixed: 46, values },
    extra: extra64([size, packed.length, 0]),
    offset: IN_ZIP64,
  });
  const data = Buffer.concat([local, packed]);
  const end64 = Buffer.alloc(56);
  end64.write('PK\u0006\u0006', 0, 'latin1');
  [44, 0, 0, 1, 1, central.length, data.length].forEach((value, place) =>
    end64.writeBigUInt64LE(BigInt(value), place === 0 ? 4 : 8 * place),
  );
  end64.writeBigUInt64LE(0n, 16);
  const locator = Buffer.alloc(20);
  locator.write('PK\u0006\u0007', 0, 'latin1');
  locator.writeBigUInt64LE(BigInt(data.length + central.length), 8);
  locator.writeUInt32LE(1, 16);
  const end = endRecord(central.length, data.length);
  end.fill(0xff, 8, 20);
  return Buffer.concat([data, central, end64, locator, end]);
}

function packedOf(content: string): { packed: Buffer; crc: number; size: number } {
  const bytes = Buffer.from(content);
  return { packed: deflateRawSync(bytes), crc: crc32(bytes), size: bytes.length };
}

interface Header {
  mark: string;
  /** Length without name and extra field: 30 beside the data, 46 in the directory. */
  fixed: 30 | 46;
  flags?: number;
  /** Checksum, packed size, size. */
  values: readonly number[];
  extra?: Buffer;
  offset?: number;
}

function header({ mark, fixed, flags = 0, values, extra, offset = 0 }: Header): Buffer {
  const bytes = Buffer.alloc(fixed);
  const isCentral = fixed === 46;
  const at = isCentral ? 6 : 4;
  bytes.write(`PK${mark}`, 0, 'latin1');
  if (isCentral) bytes.writeUInt16LE(45, 4);
  bytes.writeUInt16LE(45, at);
  bytes.writeUInt16LE(flags, at + 2);
  bytes.writeUInt16LE(8, at + 4);
  values.forEach((value, place) => bytes.writeUInt32LE(value, at + 10 + 4 * place));
  bytes.writeUInt16LE(NAME.length, at + 22);
  bytes.writeUInt16LE(extra?.length ?? 0, at + 24);
  if (isCentral) bytes.writeUInt32LE(offset, 42);
  return Buffer.concat([bytes, NAME, extra ?? Buffer.alloc(0)]);
}

function extra64(values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 + 8 * values.length);
  bytes.writeUInt16LE(1, 0);
  bytes.writeUInt16LE(8 * values.length, 2);
  values.forEach((value, place) => bytes.writeBigUInt64LE(BigInt(value), 4 + 8 * place));
  return bytes;
}

function endRecord(directoryBytes: number, directoryAt: number): Buffer {
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directoryBytes, 12);
  end.writeUInt32LE(directoryAt, 16);
  return end;
}

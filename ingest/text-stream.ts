import type { Bom } from './text-encoding.ts';

/** The bytes of a document as the text that is walked: Latin-1, a character a byte. */
export interface TextStream {
  write(bytes: Buffer): string;
  end(): string;
}

/** @param kind what the document's first bytes say. UTF-16 is given as UTF-8. */
export function createTextStream(kind: Bom['kind']): TextStream {
  if (kind !== 'utf-16le' && kind !== 'utf-16be') {
    return { write: (bytes) => bytes.toString('latin1'), end: () => '' };
  }
  let held: Buffer = Buffer.alloc(0);
  const take = (all: Buffer, end: number): string => {
    held = Buffer.from(all.subarray(end));
    return utf16AsUtf8(all.subarray(0, end), kind);
  };
  return {
    write(bytes) {
      const all = Buffer.concat([held, bytes]);
      return take(all, wholeUtf16(all, kind));
    },
    end: () => take(held, held.length & ~1),
  };
}

/** How many of the bytes are whole characters. */
function wholeUtf16(bytes: Buffer, kind: 'utf-16le' | 'utf-16be'): number {
  const even = bytes.length & ~1;
  if (even === 0) return 0;
  const high = bytes[kind === 'utf-16le' ? even - 1 : even - 2] ?? 0;
  const isFirstHalf = high >= 0xd8 && high <= 0xdb;
  return isFirstHalf ? even - 2 : even;
}

function utf16AsUtf8(bytes: Buffer, kind: 'utf-16le' | 'utf-16be'): string {
  const little = kind === 'utf-16le' ? bytes : Buffer.from(bytes).swap16();
  // A lone surrogate stands for no character: as a NUL it is taken out, and told, where text is read.
  const text = little.toString('utf16le').replace(/\p{Cs}/gu, '\u0000');
  return Buffer.from(text, 'utf8').toString('latin1');
}

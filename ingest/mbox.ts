/** One mail of an mbox; `bytes` is null where it is larger than the cap. */
export interface MboxMail {
  bytes: Buffer | null;
  sizeBytes: number;
}

const SEPARATOR = Buffer.from('\nFrom ');
const NEWLINE = 10;

/**
 * Cuts a stream of mbox bytes, which begins with a `From ` line, at these lines; at most one mail is
 * held. `>From ` quoting is left as it is: no report in base64 has such a line.
 */
export async function* splitMbox(
  stream: AsyncIterable<Buffer>,
  maxBytes: number,
): AsyncGenerator<MboxMail> {
  let mail = newMail(maxBytes);
  let inSeparatorLine = true;
  let carried: Buffer = Buffer.alloc(0);
  for await (const chunk of stream) {
    let rest = Buffer.concat([carried, chunk]);
    carried = Buffer.alloc(0);
    while (rest.length > 0) {
      if (inSeparatorLine) {
        const lineEnd = rest.indexOf(NEWLINE);
        if (lineEnd < 0) break;
        // The newline stays, so that a `From ` right behind it is seen; close() takes it off.
        rest = rest.subarray(lineEnd);
        inSeparatorLine = false;
      }
      const cut = rest.indexOf(SEPARATOR);
      if (cut < 0) {
        const whole = Math.max(0, rest.length - (SEPARATOR.length - 1));
        mail.add(rest.subarray(0, whole));
        carried = rest.subarray(whole);
        break;
      }
      mail.add(rest.subarray(0, cut + 1));
      yield mail.close();
      mail = newMail(maxBytes);
      inSeparatorLine = true;
      rest = rest.subarray(cut + SEPARATOR.length);
    }
  }
  if (inSeparatorLine) return;
  mail.add(carried);
  yield mail.close();
}

function newMail(maxBytes: number) {
  let pieces: Buffer[] = [];
  let sizeBytes = 0;
  return {
    add(piece: Buffer): void {
      sizeBytes += piece.length;
      if (sizeBytes - 1 <= maxBytes) pieces.push(piece);
      else pieces = [];
    },
    close(): MboxMail {
      const bytes = sizeBytes - 1 <= maxBytes ? Buffer.concat(pieces).subarray(1) : null;
      return { bytes, sizeBytes: sizeBytes - 1 };
    },
  };
}

/** A header line or two, as every mail begins; XML, JSON and archives never do. */
const HEADER_LINE = /^[!-9;-~]{1,200}[ \t]*:/;

/** Whether bytes from a file are a mail (to be walked) or a document (to be unpacked and read). */
export function looksLikeMail(bytes: Buffer): boolean {
  const start = bytes
    .subarray(0, 4096)
    .toString('latin1')
    .replace(/^\r?\n/, '');
  if (start.startsWith('<') || start.startsWith('{')) return false;
  const [first = '', second = ''] = start.split(/\r\n|\n|\r/, 2);
  return (
    HEADER_LINE.test(first) && (second === '' || HEADER_LINE.test(second) || /^[ \t]/.test(second))
  );
}

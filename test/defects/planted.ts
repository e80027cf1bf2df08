import type { Defect } from './defect.ts';
import { KEEPING_DEFECTS } from './planted-keeping.ts';

export const DEFECTS: readonly Defect[] = [
  {
    name: 'a commit does not wait for the disk',
    file: 'server/store/connection.ts',
    sound: "'synchronous = FULL'",
    planted: "'synchronous = NORMAL'",
    noticedBy: ['test/server/store/prepare-store.test.ts'],
  },
  {
    name: 'a folder is marked as read before its mail is stored',
    file: 'ingest/poll.ts',
    sound: `    await pass.line.add(() =>
      pass.ledger.saveFolderProgress(pass.mailboxId, { uidValidity, seenUpToUid }),
    );`,
    planted:
      '    await pass.ledger.saveFolderProgress(pass.mailboxId, { uidValidity, seenUpToUid });',
    noticedBy: ['test/imap/poll.test.ts'],
  },
  {
    name: 'no piece of XML is checked to be well-formed',
    file: 'ingest/xml.ts',
    sound: 'XMLValidator.validate(text) === true',
    planted: "typeof XMLValidator === 'function' && text !== ''",
    noticedBy: ['test/ingest/splitter.test.ts', 'test/ingest/xml-attacks.test.ts'],
  },
  {
    name: 'a closing tag may close anything',
    file: 'ingest/splitter-outline.ts',
    sound: 'if (open.at(-1) !== name) {',
    planted: 'if (open.length === 0) {',
    noticedBy: ['test/ingest/xml-attacks.test.ts', 'test/ingest/splitter.test.ts'],
  },
  {
    name: 'an attachment may unpack to any size',
    file: 'ingest/unpack-inflate.ts',
    sound: 'if (inflatedBytes > most) return bad(tooLarge());',
    planted: '',
    noticedBy: ['test/ingest/gzip.test.ts', 'test/ingest/zip.test.ts'],
  },
  {
    name: 'a zip may hold any number of files',
    file: 'ingest/zip.ts',
    sound: `  if (end.value.entries > limits.zipEntries) return bad(tooMany(limits));
  let listed: AdmZip.IZipEntry[];
  try {
    const zip = new AdmZip(bytes.subarray(0, end.value.end), listingOptions());
    if (zip.getEntryCount() > limits.zipEntries) return bad(tooMany(limits));
`,
    planted: `  let listed: AdmZip.IZipEntry[];
  try {
    const zip = new AdmZip(bytes.subarray(0, end.value.end), listingOptions());
`,
    noticedBy: ['test/ingest/zip.test.ts'],
  },
  {
    name: 'the report id alone makes a report',
    file: 'ingest/identity.ts',
    sound: 'const parts = [orgName, reportId, domain, dateRange.begin, dateRange.end];',
    planted: 'const parts = [reportId];',
    noticedBy: ['test/ingest/identity.test.ts'],
  },
  {
    name: 'what is missing makes two reports one',
    file: 'ingest/identity.ts',
    sound: 'if (isAnonymous) parts.push(contentSha256);',
    planted: '',
    noticedBy: ['test/ingest/identity.test.ts'],
  },
  {
    name: 'nobody listens for errors of a connection',
    file: 'ingest/mailbox-client.ts',
    sound: "flow.on('error', (error) => (lastError = error));",
    planted: "flow.on('exists', (error) => (lastError = error));",
    noticedBy: ['test/imap/faults.test.ts'],
  },
  {
    name: 'no deadline ends a slow drip',
    file: 'ingest/mailbox-client.ts',
    sound: 'setTimeout(() => reject(reason), seconds * 1000)',
    planted: 'setTimeout(() => reject(reason), seconds * 1000 + 86_400_000)',
    noticedBy: ['test/imap/faults.test.ts', 'test/imap/odd-servers.test.ts'],
  },
  {
    name: 'the page takes markup from a report',
    file: 'web/source/addresses.tsx',
    sound: `          {sourceIp}
`,
    planted: `          <span dangerouslySetInnerHTML={{ __html: sourceIp }} />
`,
    noticedBy: ['test/matrix/v-semantics.test.ts'],
  },
  {
    name: 'any Host is answered',
    file: 'server/api/host-guard.ts',
    sound: 'if (authority !== null && isOwnAuthority(authority)) return undefined;',
    planted: 'if (authority !== null) return undefined;',
    noticedBy: ['test/server/api/host-guard.test.ts'],
  },
  {
    name: 'any site may write',
    file: 'server/api/origin-guard.ts',
    sound: 'if (isFromOurselves(request.method, request.headers)) return undefined;',
    planted: "if (request.method !== '') return undefined;",
    noticedBy: ['test/server/api/origin-guard.test.ts'],
  },
  {
    name: 'a spreadsheet may take a name for a formula',
    file: 'web/csv.ts',
    sound: 'FORMULA.test(text) || CONTROL_FIRST.test(text)',
    planted: 'CONTROL_FIRST.test(text)',
    noticedBy: ['test/web/csv.test.ts'],
  },
  {
    name: 'a checksum may be wrong',
    file: 'ingest/gzip.ts',
    sound: 'if (packed.readUInt32LE(packedBytes) !== crc32) {',
    planted: 'if (crc32 < 0) {',
    noticedBy: ['test/ingest/gzip.test.ts'],
  },
  {
    name: 'an attempt is counted after its mail was parsed',
    file: 'ingest/poll-decide.ts',
    sound: `  if (keys.length > 0) await ledger.beginAttempts(keys, nowSeconds());
  const batch: DecidedMessage[] = [];
  for (const message of messages) {
    batch.push(await decide(deps, message));`,
    planted: `  const batch: DecidedMessage[] = [];
  for (const message of messages) {
    batch.push(await decide(deps, message));
    if (batch.length === messages.length && keys.length > 0)
      await ledger.beginAttempts(keys, nowSeconds());`,
    noticedBy: ['test/ingest/poll-decide.test.ts'],
  },
  {
    name: 'a new UIDVALIDITY is not noticed',
    file: 'ingest/poll-plan.ts',
    sound: 'if (validity !== status.uidValidity) {',
    planted: "if (progress.uidValidity === null && validity !== 'never') {",
    noticedBy: ['test/ingest/poll-plan.test.ts', 'test/imap/poll.test.ts'],
  },
  {
    name: 'a message without an answer counts as done',
    file: 'ingest/poll-look.ts',
    sound: 'result.missing.push(...note(result, uids, heads.answered, heads.problem));',
    planted: 'note(result, uids, heads.answered, heads.problem);',
    noticedBy: ['test/imap/poll.test.ts', 'test/imap/odd-servers.test.ts'],
  },
  {
    name: 'sums are written in another transaction than their reports',
    file: 'server/store/write/report-tables.ts',
    sound: `      const result = work(...args);
      rollUps.flush();
      return result;
    });
    return (...args) => {
      try {
        return transaction.immediate(...args);`,
    planted: `      return work(...args);
    });
    return (...args) => {
      try {
        const result = transaction.immediate(...args);
        database.transaction(() => rollUps.flush()).immediate();
        return result;`,
    noticedBy: ['test/server/store/one-transaction.test.ts'],
  },
  {
    name: 'both versions of a report count',
    file: 'server/store/write/report-writes.ts',
    sound: 'if (won && counted !== undefined) setCounted(counted.id, false);',
    planted: 'if (won && counted !== undefined) mark.run(0, counted.id);',
    noticedBy: ['test/server/store/outcomes.test.ts', 'test/server/store/order.test.ts'],
  },
  {
    name: 'which version counts depends on which came first',
    file: 'server/store/write/versions.ts',
    sound: 'return version.contentSha256.compare(other.contentSha256) < 0;',
    planted: 'return false;',
    noticedBy: ['test/server/store/order.test.ts'],
  },
  {
    name: 'the short way through a packing asks for no checksum',
    file: 'ingest/unpack-plain.ts',
    sound: ' && inflated.crc32 === crc32;',
    planted: ' && crc32 >= 0;',
    noticedBy: ['test/ingest/unpack-plain.test.ts'],
  },
  {
    name: 'the same report in another packing is another report',
    file: 'ingest/read-document.ts',
    sound: "return { outcome: 'report', report: result.value, contentSha256, kept };",
    planted:
      "return { outcome: 'report', report: result.value, contentSha256: hash('sha256', kept.bytes, 'hex'), kept };",
    noticedBy: ['test/matrix/i-identity.test.ts'],
  },
  {
    name: 'what is left over of a report of several days is lost',
    file: 'server/store/days.ts',
    sound: 'for (const day of byRemainder.slice(0, left)) shares[day] = (shares[day] ?? 0) + 1;',
    planted: 'for (const day of byRemainder.slice(0, 0 * left)) shares[day] = 0;',
    noticedBy: ['test/server/store/days.test.ts'],
  },
  {
    name: 'an evaluation that is not there is taken for aligned',
    file: 'ingest/decode-profile.ts',
    sound: "    warnings.add('unstated-evaluation');\n    return null;",
    planted: "    warnings.add('unstated-evaluation');\n    return word !== 'none';",
    noticedBy: ['test/ingest/fixtures.test.ts', 'test/matrix/v-semantics.test.ts'],
  },
  {
    name: 'a count may be any number that JavaScript reads',
    file: 'ingest/row-values.ts',
    sound: "if (!DIGITS.test(digits)) return refuse('count-invalid', digits);",
    planted:
      "if (Number.isNaN(Number(digits)) && !DIGITS.test(digits)) return refuse('count-invalid', digits);",
    noticedBy: ['test/ingest/row-values.test.ts'],
  },
  {
    name: 'a document type may be declared',
    file: 'ingest/splitter-walk.ts',
    sound: '  if (DECLARATION.test(text)) {\n',
    planted:
      "  if (DECLARATION.test(text) && text.includes('>', at)) {\n    walk.at = text.indexOf('>', at) + 1;\n    return true;\n  }\n  if (DECLARATION.test(text)) {\n",
    noticedBy: ['test/ingest/xml-attacks.test.ts'],
  },
  {
    name: 'a record is read as one that looks alike but for its evaluation',
    file: 'ingest/record-reader.ts',
    sound: 'known.before === before && known.between === between && known.encoding === encoding;',
    planted: 'known.encoding === encoding && before !== between;',
    noticedBy: ['test/ingest/record-reader.test.ts'],
  },
  {
    name: 'others on the machine can read the key',
    file: 'server/secrets.ts',
    sound: "{ mode: 0o600, flag: 'wx' }",
    planted: "{ mode: 0o644, flag: 'wx' }",
    noticedBy: ['test/server/secrets.test.ts'],
  },
  {
    name: 'a page may run inline scripts',
    file: 'server/api/safety-headers.ts',
    sound: "'script-src': [\"'self'\"],",
    planted: "'script-src': [\"'self'\", \"'unsafe-inline'\"],",
    noticedBy: ['test/server/api/route-walk.test.ts', 'test/server/api/page-files.test.ts'],
  },
  ...KEEPING_DEFECTS,
];

import { ImapFlow } from 'imapflow';

/**
 * The least that reading reports from a mailbox can cost: BODYSTRUCTURE of every message, and the part
 * that holds the report, in ranges of 500. Arguments: port, user, password.
 */
const RANGE = 500;
const [port = '', user = '', pass = ''] = process.argv.slice(2);
const client = new ImapFlow({
  host: '127.0.0.1',
  port: Number(port),
  secure: false,
  doSTARTTLS: false,
  auth: { user, pass },
  logger: false,
});
client.on('error', (error: Error) => process.stderr.write(`${error.message}\n`));
await client.connect();
const { exists } = await client.mailboxOpen('INBOX', { readOnly: true });
let messages = 0;
let bytes = 0;
for (let first = 1; first <= exists; first += RANGE) {
  const range = `${first}:${Math.min(exists, first + RANGE - 1)}`;
  const byPart = new Map<string, number[]>();
  for (const { uid, bodyStructure } of await client.fetchAll(range, {
    uid: true,
    bodyStructure: true,
  })) {
    const part = bodyStructure?.childNodes?.[1]?.part ?? '1';
    byPart.set(part, [...(byPart.get(part) ?? []), uid]);
  }
  for (const [part, uids] of byPart) {
    const fetched = await client.fetchAll(
      uids.join(','),
      { uid: true, bodyParts: [part] },
      { uid: true },
    );
    for (const { bodyParts } of fetched) {
      messages += 1;
      bytes += bodyParts?.get(part)?.length ?? 0;
    }
  }
}
await client.logout();
process.stdout.write(JSON.stringify({ messages, bytes }) + '\n');

import { expect, test } from 'vitest';
import { openSettings } from '../../../server/store/open.ts';
import { aDocument, aMessage, aReport } from './a-report.ts';
import { openTempStore } from './temp-store.ts';

const address = {
  ...{ user: 'dmarc@example.net', host: 'imap.example.net', port: 993, folder: 'Reports' },
  security: 'tls',
} as const;
const secret = { keyId: 'k1', nonce: Buffer.alloc(12, 1), ciphertext: Buffer.alloc(40, 2) };

test('a saved mailbox is read back with its sealed secret', async () => {
  const { dataDir, reader } = await openTempStore();
  const settings = openSettings({ dataDir });
  const saved = await settings.saveMailbox(address, secret, 'PEM');
  expect(saved).toMatchObject({ origin: 'stored', ...address, secret, caPem: 'PEM' });
  expect((await reader.mailboxes()).at(-1)).toEqual(saved);
});

test('saving an equal mailbox replaces its secret', async () => {
  const { dataDir, reader } = await openTempStore();
  const settings = openSettings({ dataDir });
  const { id } = await settings.saveMailbox(address, secret, 'PEM');
  const again = await settings.saveMailbox(address, { ...secret, keyId: 'k2' }, null);
  expect(again).toMatchObject({ id, secret: { keyId: 'k2' }, caPem: null });
  expect(await reader.mailboxes()).toHaveLength(2);
});

test('a removed mailbox loses its secret, and its ledger and reports stay', async () => {
  const { dataDir, reader, writer, query } = await openTempStore();
  const settings = openSettings({ dataDir });
  const { id } = await settings.saveMailbox(address, secret, 'PEM');
  await writer.commit([aMessage({ mailboxId: id, uid: 1 }, aDocument(aReport()))], 1);
  await settings.removeMailbox(id);
  expect((await reader.mailboxes()).map((mailbox) => mailbox.id)).not.toContain(id);
  expect(
    query(`SELECT secret_ciphertext AS secret, ca_pem AS pem FROM mailbox WHERE id = ${id}`),
  ).toEqual([{ secret: null, pem: null }]);
  expect((await reader.totals({ domain: null, from: null, to: null })).reports).toBe(1);
  const back = await settings.saveMailbox(address, secret, null);
  expect(back.id).toBe(id);
});

test('only the user own mailboxes can be removed', async () => {
  const { dataDir, reader, mailboxId } = await openTempStore();
  await openSettings({ dataDir }).removeMailbox(mailboxId);
  expect((await reader.mailboxes()).map(({ id }) => id)).toContain(mailboxId);
});

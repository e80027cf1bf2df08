import type { MailboxAccess } from '../ingest/mailbox-client.ts';
import { type SecretKey, unseal } from './secrets.ts';
import type { StoredMailbox, StoreReader, StoreWriter } from './store/store.ts';

/** A mailbox that is to be read; `access` is null where its password is needed again. */
export interface ConfiguredMailbox {
  id: number;
  mailbox: StoredMailbox;
  access: MailboxAccess | null;
}

/** The mailbox of the environment, and those stored through the page; the former wins over an equal one. */
export async function configuredMailboxes(
  store: { reader: StoreReader; writer: StoreWriter },
  fromEnvironment: MailboxAccess | null,
  key: SecretKey,
): Promise<ConfiguredMailbox[]> {
  const configured = await environmentMailbox(store.writer, fromEnvironment);
  const places = new Set(configured.map(({ mailbox }) => placeOf(mailbox)));
  for (const mailbox of await store.reader.mailboxes()) {
    if (mailbox.origin !== 'stored' || mailbox.secret === null) continue;
    if (places.has(placeOf(mailbox))) continue;
    const password = unseal(key, mailbox.secret);
    const { user, host, port, security, folder, caPem } = mailbox;
    const address = { user, host, port, security, folder };
    const access = password === null ? null : { address, password, caPem };
    configured.push({ id: mailbox.id, mailbox, access });
  }
  return configured;
}

/** The mailbox of an environment, if it names one. */
export async function environmentMailbox(
  writer: StoreWriter,
  access: MailboxAccess | null,
): Promise<ConfiguredMailbox[]> {
  if (access === null) return [];
  const mailbox = await writer.ensureMailbox('environment', access.address);
  return [{ id: mailbox.id, mailbox, access }];
}

const placeOf = ({ user, host, port, folder }: StoredMailbox): string =>
  JSON.stringify([user, host.toLowerCase(), port, folder]);

export const PASSWORD_NEEDED = {
  code: 'password-needed',
  message: 'The key that sealed the password of this mailbox is gone.',
  advice: 'Put DATA/secret.key back, or enter the password again.',
};

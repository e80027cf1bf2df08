import type { MailClassName, SourceResponse } from '../../server/api/contract-sources.ts';
import { formatQuantity } from '../format.ts';

export type ShownClass = SourceResponse['classShown'];

/** What a class means for its reader. */
export const CLASS_WORDS: Record<ShownClass, { label: string; meaning: string }> = {
  own: { label: 'Yours', meaning: 'sends for you' },
  'own-needs-work': { label: 'Yours, needs work', meaning: 'sends for you and fails too often' },
  forwarder: { label: 'Passed on by others', meaning: 'receives your mail and passes it on' },
  unauthorised: { label: 'Not yours', meaning: 'uses your name without being you' },
  unknown: { label: 'Unknown', meaning: 'nothing ties it to you, and only you can say' },
};

/** Sections of a list of sources, in the order of the page. */
export const CLASS_GROUPS: readonly { class: MailClassName; heading: string; says: string }[] = [
  {
    class: 'own',
    heading: 'Yours',
    says: 'Mail that is tied to you, the least aligned first.',
  },
  {
    class: 'unknown',
    heading: 'Unknown',
    says: 'Steady mail that nothing ties to you: perhaps an office, an agency, a machine. Say what it is.',
  },
  {
    class: 'forwarder',
    heading: 'Passed on by others',
    says: 'Mailing lists and forwarding addresses. What fails here may be lost at a stricter policy.',
  },
  {
    class: 'unauthorised',
    heading: 'Not yours',
    says: 'Mail that uses your name. It never counts against you: it is what a stricter policy stops.',
  },
];

/** What the buttons say, and what they mean. */
export const CLASS_CHOICES: readonly { class: MailClassName; label: string }[] = [
  { class: 'own', label: 'Mine' },
  { class: 'forwarder', label: 'Forwarder' },
  { class: 'unauthorised', label: 'Not mine' },
];

export const KIND_WORDS: Record<SourceResponse['network']['kind'], string> = {
  'own-network': 'your own network',
  spf: 'named in your SPF record',
  service: 'service',
  ptr: 'network',
  as: 'network',
  block: 'address block',
};

/** Why a source has its class, a line each, with the messages that a reason rests on. */
export function reasonsOf({ evidence }: Pick<SourceResponse, 'evidence'>): string[] {
  const resting = evidence.filter(({ messages }) => messages > 0);
  const shown = resting.length === 0 ? evidence : resting;
  return shown.map(({ text, messages }) =>
    text.includes(String(messages)) ? text : `${text} (${formatQuantity(messages, 'message')})`,
  );
}

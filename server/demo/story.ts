import {
  agency,
  alumniForwarder,
  mailingList,
  spoofers,
  universityForwarder,
} from './other-senders.ts';
import { newsletter, oldServer, payroll, tickets, webServer, workspace } from './own-senders.ts';
import type { Sender } from './story-mail.ts';

/** Everyone who sends as the domain in the story, with right or without. */
export const SENDERS: readonly Sender[] = [
  oldServer,
  workspace,
  newsletter,
  webServer,
  tickets,
  payroll,
  mailingList,
  alumniForwarder,
  universityForwarder,
  agency,
  spoofers,
];

import type { SourceName } from '../store/source-naming.ts';
import type { MailClass } from '../store/domain-mail.ts';

/** Whom the mail of a source speaks for. Part of the source's id, after '#'. */
export type Split =
  | { kind: 'own' }
  /** Your own mail, passed on by someone else. */
  | { kind: 'forwarded' }
  /** Authenticates as this organizational domain, not as the owner. */
  | { kind: 'as'; domain: string }
  | { kind: 'none' };

/** A rule that spoke, in words a person understands, with the messages it rests on. */
export interface Evidence {
  /** Closed list in class-rules; the page groups by it, never shows it. */
  rule: string;
  text: string;
  messages: number;
}

/** A service or network, split by whom its mail speaks for. Everything is decided per source. */
export interface ClassifiedSource {
  /** 'service:google-workspace#own', 'as:63949#as:bulk-offers.net', 'net:203.0.113.0/24#none'. */
  id: string;
  /** "Google Workspace, as you"; "Linode, as bulk-offers.net"; "Linode, nobody". */
  name: string;
  network: SourceName;
  split: Split;
  class: MailClass;
  /** Strongest first; never empty. */
  evidence: readonly Evidence[];
  /** The user's word, where it decided. */
  word: { by: string; day: number; note: string | null } | null;
  /** Indexes into `DomainMail.streams`; every stream belongs to exactly one source. */
  streams: readonly number[];
}

/** A question put to the user, worth most first. */
export interface ClassQuestion {
  sourceId: string;
  text: string;
  messages: number;
}

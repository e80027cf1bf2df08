import { signal } from '@preact/signals';
import type { MailboxState, ServerEvents } from '../server/api/contract.ts';
import { nowSeconds } from './clock.ts';

/** What the server tells without being asked, and whether it still can. */

export type ImportProgress = ServerEvents['import'];

/** Newest state of each mailbox that has told one since the page was opened. */
export const mailboxStates = signal<ReadonlyMap<number, MailboxState>>(new Map());
export const imports = signal<ReadonlyMap<string, ImportProgress>>(new Map());
/** Grows when reports were committed: what is on screen may be asked for again. */
export const storedVersion = signal(0);
/** What the user said may change every answer: all that is on screen is asked for again. */
export function askAgain(): void {
  storedVersion.value += 1;
}
/** Since when nothing is heard, in Unix seconds; null while all is well. */
export const lostSinceSeconds = signal<number | null>(null);

/** A short break is no news: the line across the top appears after this. */
const GRACE_MS = 3000;
const RETRY_MS = 5000;

let graceTimer: ReturnType<typeof setTimeout> | null = null;

export function startLive(): void {
  const events = new EventSource('/api/events');
  events.addEventListener('open', heard);
  listen(events, 'mailbox', ({ id, status }) => {
    const before = mailboxStates.value.get(id);
    mailboxStates.value = new Map(mailboxStates.value).set(id, status);
    // The end of a look changes counts even where it brought no report.
    if (before !== undefined && before.state !== status.state) storedVersion.value += 1;
  });
  listen(events, 'import', (progress) => {
    imports.value = new Map(imports.value).set(progress.id, progress);
  });
  listen(events, 'stored', () => {
    storedVersion.value += 1;
  });
  events.addEventListener('error', () => {
    lost();
    // The browser tries again by itself after a broken line, but not after an answer it dislikes.
    if (events.readyState === EventSource.CLOSED) setTimeout(startLive, RETRY_MS);
  });
}

function listen<Name extends keyof ServerEvents>(
  events: EventSource,
  name: Name,
  take: (data: ServerEvents[Name]) => void,
): void {
  events.addEventListener(name, (event: MessageEvent<string>) => {
    take(JSON.parse(event.data) as ServerEvents[Name]);
  });
}

function heard(): void {
  if (graceTimer !== null) clearTimeout(graceTimer);
  graceTimer = null;
  if (lostSinceSeconds.value === null) return;
  lostSinceSeconds.value = null;
  // What happened meanwhile was not told: everything is asked for again.
  mailboxStates.value = new Map();
  storedVersion.value += 1;
}

function lost(): void {
  if (graceTimer !== null || lostSinceSeconds.value !== null) return;
  const sinceSeconds = nowSeconds.value;
  graceTimer = setTimeout(() => {
    graceTimer = null;
    lostSinceSeconds.value = sinceSeconds;
  }, GRACE_MS);
}

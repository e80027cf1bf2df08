import { Type } from 'typebox';
import { bad, ok, type Result } from '../../ingest/result.ts';
import { faultOfChoice } from '../../ingest/after-choice.ts';
import type { AfterState, LedgerCounts, StoredMailbox, StoreReader } from '../store/store.ts';
import { answer, type ApiProblem, failures, problem } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { IdParams, NoQuery } from './contract-base.ts';
import {
  AfterChoiceSchema,
  MailboxesResponse,
  MailboxForm,
  type MailboxResponse,
  MailboxSchema,
  MailboxTestResponse,
} from './contract.ts';
import type { HttpLimits } from './http-limits.ts';
import { checkedForm, isSameMailbox } from './mailbox-form.ts';
import type { AppDeps } from './ports.ts';

const Nothing = Type.Null({ description: 'Done.' });

/** GET and POST /api/mailboxes, the connection test, removing one, looking now. */
export function mailboxRoutes(api: Api, deps: AppDeps, limits: HttpLimits): void {
  listRoute(api, deps);
  testRoute(api, deps, limits);
  saveRoute(api, deps);
  afterRoute(api, deps);
  removeRoute(api, deps);
  pollRoute(api, deps);
}

function listRoute(api: Api, { reader, ingest }: AppDeps): void {
  const schema = {
    summary: 'Every mailbox: how it is doing, and what became of its messages',
    querystring: NoQuery,
    response: { 200: MailboxesResponse, ...failures(400) },
  };
  api.get('/api/mailboxes', { schema }, async () => {
    const [stored, seen] = await Promise.all([reader.mailboxes(), whatWasSeen(reader)]);
    return { mailboxes: stored.map((mailbox) => describe(mailbox, seen, ingest)) };
  });
}

function testRoute(api: Api, { ingest }: AppDeps, limits: HttpLimits): void {
  const schema = {
    summary: 'Log in and look into a folder, without changing or keeping anything',
    body: MailboxForm,
    response: { 200: MailboxTestResponse, ...failures(400, 413, 415) },
  };
  api.post('/api/mailboxes/test', { schema }, async (request, reply) => {
    const form = checkedForm(request.body);
    if (!form.ok) return answer(reply, form);
    // Nothing is sent while the mail server is waited for: the connection may be idle so long.
    reply.raw.setTimeout(1_000 * limits.mailboxTestSeconds, () => reply.raw.destroy());
    return ingest.test(form.value);
  });
}

function saveRoute(api: Api, { reader, ingest, mailboxes }: AppDeps): void {
  const schema = {
    summary: 'Save a mailbox, its password sealed, and begin to read it',
    body: MailboxForm,
    response: { 201: MailboxSchema, ...failures(400, 409, 413, 415, 507) },
  };
  api.post('/api/mailboxes', { schema }, async (request, reply) => {
    reply.statusCode = 201;
    const form = checkedForm(request.body);
    if (!form.ok) return answer(reply, form);
    const known = await reader.mailboxes();
    const same = known.find((mailbox) => isSameMailbox(mailbox, form.value));
    if (same?.origin === 'environment') return answer(reply, bad(FROM_ENVIRONMENT));
    const saved = await mailboxes.save(form.value);
    ingest.reloadMailboxes();
    return answer(reply, ok(describe(saved, await whatWasSeen(reader), ingest)));
  });
}

function afterRoute(api: Api, { reader, ingest, mailboxes }: AppDeps): void {
  const schema = {
    summary: 'Choose what happens to the mail of reports once they are stored',
    params: IdParams,
    body: AfterChoiceSchema,
    response: { 200: MailboxSchema, ...failures(400, 404, 409, 415, 507) },
  };
  api.put('/api/mailboxes/:id/after', { schema }, async (request, reply) => {
    const found = find(await reader.mailboxes(), request.params.id);
    if (!found.ok) return answer(reply, found);
    if (found.value.origin === 'files') return answer(reply, bad(FILES_HAVE_NO_SERVER));
    if (found.value.origin === 'environment') return answer(reply, bad(AFTER_FROM_ENVIRONMENT));
    const fault = faultOfChoice(request.body, found.value.folder);
    if (fault !== null) return answer(reply, bad(problem(400, 'after', fault)));
    const saved = await mailboxes.saveAfter(found.value.id, request.body);
    ingest.reloadMailboxes();
    return answer(reply, ok(describe(saved, await whatWasSeen(reader), ingest)));
  });
}

function removeRoute(api: Api, { reader, ingest, mailboxes }: AppDeps): void {
  const schema = {
    summary: 'Forget a saved mailbox and its password; its reports stay',
    params: IdParams,
    response: { 204: Nothing, ...failures(400, 404, 415, 507) },
  };
  api.delete('/api/mailboxes/:id', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const found = find(await reader.mailboxes(), request.params.id);
    if (!found.ok) return answer(reply, found);
    if (found.value.origin !== 'stored') return answer(reply, bad(NOT_REMOVABLE));
    await mailboxes.remove(found.value.id);
    ingest.reloadMailboxes();
    return null;
  });
}

function pollRoute(api: Api, { reader, ingest }: AppDeps): void {
  const schema = {
    summary: 'Look into a mailbox now',
    params: IdParams,
    response: { 204: Nothing, ...failures(400, 404, 409, 415) },
  };
  api.post('/api/mailboxes/:id/poll', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const found = find(await reader.mailboxes(), request.params.id);
    if (!found.ok) return answer(reply, found);
    if (found.value.origin === 'files') return answer(reply, bad(FILES_HAVE_NO_SERVER));
    ingest.pollNow(found.value.id);
    return null;
  });
}

const FROM_ENVIRONMENT = problem(
  409,
  'from-environment',
  'This mailbox is already set by RUADMAP_IMAP_URL. Change it there, or take it out there first.',
);
const AFTER_FROM_ENVIRONMENT = problem(
  409,
  'from-environment',
  'This mailbox is set by RUADMAP_IMAP_URL: what happens to its stored reports is set by ' +
    'RUADMAP_IMAP_AFTER.',
);
const NOT_REMOVABLE = problem(
  403,
  'not-removable',
  'Only mailboxes that were saved on the page can be removed here. One that is set by ' +
    'RUADMAP_IMAP_URL goes when it is taken out there.',
);
const FILES_HAVE_NO_SERVER = problem(
  409,
  'no-server',
  'These are imported files: there is no server to look at. Import new files instead.',
);
const UNKNOWN_MAILBOX = problem(
  404,
  'unknown-mailbox',
  'There is no mailbox with this number. It may have been removed: load the list again.',
);

function find(mailboxes: readonly StoredMailbox[], id: number): Result<StoredMailbox, ApiProblem> {
  const mailbox = mailboxes.find((candidate) => candidate.id === id);
  return mailbox === undefined ? bad(UNKNOWN_MAILBOX) : ok(mailbox);
}

interface Seen {
  counts: readonly LedgerCounts[];
  after: readonly AfterState[];
}

async function whatWasSeen(reader: StoreReader): Promise<Seen> {
  const [counts, after] = await Promise.all([reader.ledgerCounts(), reader.afterStates()]);
  return { counts, after };
}

/** Secret and certificate stay behind. */
function describe(mailbox: StoredMailbox, seen: Seen, ingest: AppDeps['ingest']): MailboxResponse {
  const { id, origin, user, host, port, security, folder } = mailbox;
  const counts = seen.counts.find((candidate) => candidate.mailboxId === id);
  const after = seen.after.find((candidate) => candidate.mailboxId === id);
  return {
    ...{ id, origin, user, host, port, security, folder },
    status: origin === 'files' ? null : ingest.mailboxStatus(id),
    counts: {
      messages: counts?.messages ?? 0,
      pending: counts?.pending ?? 0,
      unresolved: counts?.unresolved ?? 0,
      setAside: counts?.setAside ?? 0,
      stored: counts?.documents.stored ?? 0,
      duplicate: counts?.documents.duplicate ?? 0,
      conflict: counts?.documents.conflict ?? 0,
      refused: counts?.documents.refused ?? 0,
      notReport: counts?.documents['not-a-report'] ?? 0,
      letGo: counts?.letGo.messages ?? 0,
    },
    after: {
      choice: mailbox.after,
      marked: after?.marked ?? 0,
      moved: after?.moved ?? 0,
      deleted: after?.deleted ?? 0,
      leftAlone: after?.leftAlone ?? 0,
      problem: after?.problem ?? null,
    },
  };
}

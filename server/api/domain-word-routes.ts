import { Type } from 'typebox';
import { bad, ok, type Result } from '../../ingest/result.ts';
import type { UserWords, Waiver } from '../store/domain-mail.ts';
import type { Note } from '../store/store.ts';
import { knownDomain } from './about-domain.ts';
import { answer, type ApiProblem, failures, problem } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { DomainParams, NoQuery } from './contract-base.ts';
import {
  MicrosoftTenantsBody,
  SendsNothingBody,
  WaiverBody,
  WaiverParams,
  WordsResponse,
} from './contract-words.ts';
import { dayNumber, dayText, impossible, todayOf } from './day-range.ts';
import { noteJson } from './note-routes.ts';
import type { AppDeps } from './ports.ts';
import { UNNAMED } from './source-word-routes.ts';

const Nothing = Type.Null({ description: 'Done.' });
const done = { response: { 204: Nothing, ...failures(400, 404, 413, 415, 507) } };
/** Whoever accepts a gate looks at it again within a year. */
const LONGEST_WAIVER_DAYS = 366;

/** GET /api/domains/:domain/words; PUT and DELETE /waivers/:gate; PUT /sends-nothing, /microsoft-tenants. */
export function domainWordRoutes(api: Api, deps: AppDeps): void {
  wordsRoute(api, deps);
  waiveRoute(api, deps);
  takeBackRoute(api, deps);
  sendsNothingRoute(api, deps);
  tenantsRoute(api, deps);
}

function wordsRoute(api: Api, { reader }: AppDeps): void {
  const schema = {
    summary: 'Everything that the user has said of a domain',
    params: DomainParams,
    querystring: NoQuery,
    response: { 200: WordsResponse, ...failures(400, 404) },
  };
  api.get('/api/domains/:domain/words', { schema }, async (request, reply) => {
    const known = await knownDomain(reader, request.params);
    if (!known.ok) return answer(reply, known);
    const [words, notes] = await Promise.all([
      reader.userWords(known.value),
      reader.notes(known.value),
    ]);
    return wordsJson(words, notes);
  });
}

function waiveRoute(api: Api, { reader, words, now }: AppDeps): void {
  const summary = 'Accept a gate as it is, by name, with a reason and a last day';
  const schema = { summary, params: WaiverParams, body: WaiverBody, ...done };
  api.put('/api/domains/:domain/waivers/:gate', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const today = todayOf(now());
    const waiver = waiverOf(request.params.gate, request.body, today);
    if (!waiver.ok) return answer(reply, waiver);
    const known = await knownDomain(reader, request.params);
    if (!known.ok) return answer(reply, known);
    await words.waive(known.value, waiver.value);
    return null;
  });
}

function takeBackRoute(api: Api, { reader, words }: AppDeps): void {
  const summary = 'No longer accept a gate as it is';
  const schema = { summary, params: WaiverParams, ...done };
  api.delete('/api/domains/:domain/waivers/:gate', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const known = await knownDomain(reader, request.params);
    if (!known.ok) return answer(reply, known);
    await words.takeBackWaiver(known.value, request.params.gate);
    return null;
  });
}

function sendsNothingRoute(api: Api, { reader, words, now }: AppDeps): void {
  const summary = 'Say that a domain sends no mail at all, or take it back';
  const schema = { summary, params: DomainParams, body: SendsNothingBody, ...done };
  api.put('/api/domains/:domain/sends-nothing', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const known = await knownDomain(reader, request.params);
    if (!known.ok) return answer(reply, known);
    const { said, by = UNNAMED } = request.body;
    await words.saySendsNothing(known.value, said ? todayOf(now()) : null, by);
    return null;
  });
}

function tenantsRoute(api: Api, { reader, words }: AppDeps): void {
  const summary = 'Say which tenants at Microsoft are yours: TENANT of TENANT.onmicrosoft.com';
  const schema = { summary, params: DomainParams, body: MicrosoftTenantsBody, ...done };
  api.put('/api/domains/:domain/microsoft-tenants', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const known = await knownDomain(reader, request.params);
    if (!known.ok) return answer(reply, known);
    const tenants = new Set(request.body.tenants.map((tenant) => tenant.toLowerCase()));
    await words.setMicrosoftTenants(known.value, [...tenants]);
    return null;
  });
}

function waiverOf(gate: string, body: WaiverBody, today: number): Result<Waiver, ApiProblem> {
  const untilDay = dayNumber(body.until);
  if (untilDay === null) return bad(impossible(body.until));
  if (untilDay < today || untilDay > today + LONGEST_WAIVER_DAYS) {
    const message =
      `The last day has to lie between today and ${dayText(today + LONGEST_WAIVER_DAYS)}, ` +
      'so that somebody looks at it again.';
    return bad(problem(400, 'waiver-too-long', message));
  }
  return ok({ gate, by: body.by, day: today, reason: body.reason, untilDay });
}

const wordsJson = (words: UserWords, notes: readonly Note[]): WordsResponse => ({
  classes: words.classes.map(({ sourceId, day, ...word }) => ({
    source: sourceId,
    day: dayText(day),
    ...word,
  })),
  fixed: words.fixed.map(({ sourceId, day, ...word }) => ({
    source: sourceId,
    day: dayText(day),
    ...word,
  })),
  rhythms: words.rhythms.map(({ sourceId, ...word }) => ({ source: sourceId, ...word })),
  waivers: words.waivers.map(({ gate, by, day, reason, untilDay }) => ({
    ...{ gate, by, reason },
    day: dayText(day),
    until: dayText(untilDay),
  })),
  sendsNothing:
    words.sendsNothing === null
      ? null
      : { by: words.sendsNothing.by, day: dayText(words.sendsNothing.day) },
  microsoftTenants: [...words.microsoftTenants],
  notes: notes.map(noteJson),
});

import { Type } from 'typebox';
import type { Note } from '../store/store.ts';
import { knownDomain } from './about-domain.ts';
import { answer, failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { DomainParams } from './contract-base.ts';
import { NoteBody, NoteParams, type NoteResponse, NoteSchema } from './contract-words.ts';
import { dayNumber, dayText, impossible } from './day-range.ts';
import { bad } from '../../ingest/result.ts';
import type { AppDeps } from './ports.ts';
import { UNNAMED } from './source-word-routes.ts';

/** POST /api/domains/:domain/notes and DELETE /notes/:id: lines on the charts in the user's words. */
export function noteRoutes(api: Api, deps: AppDeps): void {
  addRoute(api, deps);
  removeRoute(api, deps);
}

function addRoute(api: Api, { reader, words, now }: AppDeps): void {
  const schema = {
    summary: 'Write a note to a day',
    params: DomainParams,
    body: NoteBody,
    response: { 201: NoteSchema, ...failures(400, 404, 413, 415, 507) },
  };
  api.post('/api/domains/:domain/notes', { schema }, async (request, reply) => {
    reply.statusCode = 201;
    const { day: dayWritten, text, by = UNNAMED } = request.body;
    const day = dayNumber(dayWritten);
    if (day === null) return answer(reply, bad(impossible(dayWritten)));
    const known = await knownDomain(reader, request.params);
    if (!known.ok) return answer(reply, known);
    const note = { day, text, by, writtenSeconds: now() };
    return noteJson(await words.saveNote(known.value, note));
  });
}

function removeRoute(api: Api, { reader, words }: AppDeps): void {
  const schema = {
    summary: 'Remove a note',
    params: NoteParams,
    response: {
      204: Type.Null({ description: 'Done.' }),
      ...failures(400, 404, 415, 507),
    },
  };
  api.delete('/api/domains/:domain/notes/:id', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const known = await knownDomain(reader, request.params);
    if (!known.ok) return answer(reply, known);
    await words.removeNote(known.value, request.params.id);
    return null;
  });
}

export const noteJson = ({ day, ...note }: Note): NoteResponse => ({ ...note, day: dayText(day) });

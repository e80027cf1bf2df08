import { Type } from 'typebox';
import { bad, ok, type Result } from '../../ingest/result.ts';
import { knownDomain } from './about-domain.ts';
import { answer, type ApiProblem, failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { DomainSourceParams } from './contract-base.ts';
import { ClassBody, FixedBody, RhythmBody } from './contract-words.ts';
import { dayOfQuery, todayOf } from './day-range.ts';
import type { AppDeps } from './ports.ts';
import { orNoSource } from './source-routes.ts';

/** Of those who do not name themselves. */
export const UNNAMED = 'the owner';

const Nothing = Type.Null({ description: 'Done.' });
const EVER = { from: null, to: null };
const perSource = {
  params: DomainSourceParams,
  response: { 204: Nothing, ...failures(400, 404, 413, 415, 507) },
};

/** PUT /api/domains/:domain/sources/:source/class, /fixed and /rhythm. */
export function sourceWordRoutes(api: Api, deps: AppDeps): void {
  classRoute(api, deps);
  fixedRoute(api, deps);
  rhythmRoute(api, deps);
}

function classRoute(api: Api, deps: AppDeps): void {
  const { words, now } = deps;
  const summary = 'Say what a source is; class null takes it back';
  const schema = { summary, body: ClassBody, ...perSource };
  api.put('/api/domains/:domain/sources/:source/class', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const about = await aboutSource(deps, request.params);
    if (!about.ok) return answer(reply, about);
    const { class: said, note = null, by = UNNAMED } = request.body;
    const { domain, sourceId } = about.value;
    const word = { sourceId, class: said, note, by, day: todayOf(now()) };
    await words.classify(domain, word, now());
    return null;
  });
}

function fixedRoute(api: Api, deps: AppDeps): void {
  const summary = 'Say that a source is mended: failures before that day are explained';
  const schema = { summary, body: FixedBody, ...perSource };
  api.put('/api/domains/:domain/sources/:source/fixed', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const { note = null, by = UNNAMED } = request.body;
    const day = dayOfQuery(request.body.day ?? undefined, deps.now());
    if (!day.ok) return answer(reply, day);
    const about = await aboutSource(deps, request.params);
    if (!about.ok) return answer(reply, about);
    await deps.words.markFixed(about.value.domain, about.value.sourceId, day.value, by, note);
    return null;
  });
}

function rhythmRoute(api: Api, deps: AppDeps): void {
  const summary = 'Say how often a source sends; everyDays null takes it back';
  const schema = { summary, body: RhythmBody, ...perSource };
  api.put('/api/domains/:domain/sources/:source/rhythm', { schema }, async (request, reply) => {
    reply.statusCode = 204;
    const about = await aboutSource(deps, request.params);
    if (!about.ok) return answer(reply, about);
    const { everyDays, by = UNNAMED } = request.body;
    await deps.words.setRhythm(about.value.domain, about.value.sourceId, everyDays, by);
    return null;
  });
}

/** A word may be about a source, or about a whole network: an id without '#'. */
async function aboutSource(
  { reader, insight }: AppDeps,
  params: { domain: string; source: string },
): Promise<Result<{ domain: string; sourceId: string }, ApiProblem>> {
  const known = await knownDomain(reader, params);
  if (!known.ok) return known;
  const list = await insight.sources(known.value, EVER);
  const found = list?.sources.some(
    ({ source }) => source.id === params.source || source.network.id === params.source,
  );
  const checked = orNoSource(found === true ? params.source : null);
  return checked.ok ? ok({ domain: known.value, sourceId: checked.value }) : bad(checked.problem);
}

import { randomUUID } from 'node:crypto';
import compress from '@fastify/compress';
import { fastify, LogController } from 'fastify';
import type { Api } from './api-type.ts';
import { answerUnreadable, careForConnections, connectionOptions } from './connection-care.ts';
import { changeRoutes } from './change-routes.ts';
import { dnsRoutes } from './dns-routes.ts';
import { domainRoutes } from './domain-routes.ts';
import { domainWordRoutes } from './domain-word-routes.ts';
import { answerErrors, answerFrameworkError } from './error-answers.ts';
import { eventsRoute } from './events-route.ts';
import { healthRoute } from './health-route.ts';
import { guardHost } from './host-guard.ts';
import { defaultHttpLimits, type HttpLimits } from './http-limits.ts';
import { importRoute } from './import-route.ts';
import { ledgerRoutes } from './ledger-routes.ts';
import { mailboxRoutes } from './mailbox-routes.ts';
import { describeRoutes, openapiRoute } from './openapi.ts';
import { guardOrigin } from './origin-guard.ts';
import { pageFiles } from './page-files.ts';
import type { AppDeps } from './ports.ts';
import { readNumbers } from './query-numbers.ts';
import { reportRoutes } from './report-routes.ts';
import { reportXmlRoute } from './report-xml-route.ts';
import { addSafetyHeaders, bareSafetyHeaders } from './safety-headers.ts';
import { noteRoutes } from './note-routes.ts';
import { sourceRoutes } from './source-routes.ts';
import { sourceWordRoutes } from './source-word-routes.ts';
import { storeRoutes } from './store-routes.ts';
import { verdictRoutes } from './verdict-routes.ts';

/** The page and its API, ready to listen or to be asked without a port. */
export async function buildApp(deps: AppDeps): Promise<Api> {
  const limits = { ...defaultHttpLimits, ...deps.limits };
  const app = createApp(deps, limits);
  // In this order: headers on everything, then who may ask, then what is asked.
  await addSafetyHeaders(app);
  guardHost(app);
  guardOrigin(app);
  careForConnections(app, limits);
  takeJsonOnly(app);
  readNumbers(app);
  answerErrors(app);
  await app.register(compress, { globalDecompression: false, encodings: ['br', 'gzip'] });
  await describeRoutes(app, deps.version);

  healthRoute(app, deps);
  domainRoutes(app, deps);
  sourceRoutes(app, deps);
  verdictRoutes(app, deps);
  changeRoutes(app, deps);
  dnsRoutes(app, deps, limits);
  sourceWordRoutes(app, deps);
  domainWordRoutes(app, deps);
  noteRoutes(app, deps);
  reportRoutes(app, deps);
  reportXmlRoute(app, deps);
  mailboxRoutes(app, deps, limits);
  ledgerRoutes(app, deps);
  storeRoutes(app, deps);
  await importRoute(app, deps, limits);
  eventsRoute(app, deps.ingest, limits);
  openapiRoute(app);
  await pageFiles(app, deps.webDir);
  await app.ready();
  return app;
}

function createApp({ log }: AppDeps, limits: HttpLimits): Api {
  return fastify({
    ...(log === false ? { logger: false } : { loggerInstance: log }),
    ...connectionOptions(limits),
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    bodyLimit: limits.jsonBytes,
    routerOptions: { maxParamLength: limits.pathPartCharacters },
    // Open event streams would keep the server from closing.
    forceCloseConnections: true,
    // What is not in the schema is refused, not dropped in silence; bodies are taken as they are.
    ajv: { customOptions: { removeAdditional: false, coerceTypes: false, allErrors: false } },
    clientErrorHandler: answerUnreadable,
    frameworkErrors: answerFrameworkError(bareSafetyHeaders),
  });
}

/** No forms and no plain text: a page of another site could send those without being asked first. */
function takeJsonOnly(app: Api): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body.toString(), done);
  });
}

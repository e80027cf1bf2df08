import swagger from '@fastify/swagger';
import type { FastifySchema } from 'fastify';
import { Type } from 'typebox';
import { failures } from './api-problem.ts';
import type { Api } from './api-type.ts';
import { NoQuery } from './contract-base.ts';

/** Describes every route that is added after it. */
export async function describeRoutes(api: Api, version: string): Promise<void> {
  await api.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Ruadmap',
        version,
        description:
          'DMARC aggregate reports, by sending source. Days are UTC days; times are Unix seconds; ' +
          'counts are exact sums of messages; what no report said is null.',
      },
    },
    transform: ({ schema, url }) => ({ schema: withUploadBody(schema), url }),
  });
}

/** An upload is a stream and has no schema to be checked by; for readers it is a file. */
function withUploadBody(schema: FastifySchema): FastifySchema {
  if (schema.consumes?.includes('application/octet-stream') !== true) return schema;
  return { ...schema, body: { type: 'string', format: 'binary' } };
}

/** GET /api/openapi.json: the API described for programs. */
export function openapiRoute(api: Api): void {
  api.get(
    '/api/openapi.json',
    {
      schema: {
        summary: 'This description, as OpenAPI 3.1',
        querystring: NoQuery,
        response: { 200: Type.Object({}, { additionalProperties: true }), ...failures(400) },
      },
    },
    async () => api.swagger(),
  );
}

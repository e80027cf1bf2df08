import type { FastifyInstance, FastifyRequest } from 'fastify';

const INTEGER = /^-?[0-9]{1,15}$/;

/**
 * Text of an address becomes a number where the schema asks for an integer, by our own strict rule:
 * no 0x10, no 1e3, no spaces. Bodies are JSON and are never converted.
 */
export function readNumbers(app: FastifyInstance): void {
  app.addHook('preValidation', async (request: FastifyRequest) => {
    const schema = request.routeOptions.schema;
    convert(schema?.querystring, request.query);
    convert(schema?.params, request.params);
  });
}

function convert(schema: unknown, values: unknown): void {
  if (!isRecord(schema) || !isRecord(schema['properties']) || !isRecord(values)) return;
  for (const [name, property] of Object.entries(schema['properties'])) {
    const value = values[name];
    if (!isRecord(property) || property['type'] !== 'integer') continue;
    if (typeof value === 'string' && INTEGER.test(value)) values[name] = Number(value);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

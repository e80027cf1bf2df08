import type { FastifySchemaValidationError } from 'fastify';

const PLACES: Record<string, string> = {
  body: 'the body',
  querystring: 'the address',
  params: 'the address',
  headers: 'the headers',
};

const EXAMPLES: Record<string, string> = {
  from: 'a day such as 2026-11-23',
  to: 'a day such as 2026-11-23',
  at: 'a day such as 2026-11-23',
  day: 'a day such as 2026-11-23',
  until: 'a day such as 2026-11-23',
  cursor: 'the nextCursor of the page before',
  id: 'a whole number from 1 on',
};

/** What is wrong with a request, and what to send instead. Never repeats a value: it may be a password. */
export function describeInvalid(
  [first]: readonly FastifySchemaValidationError[],
  context: string | undefined,
): string {
  const place = PLACES[context ?? ''] ?? 'the request';
  if (first === undefined) return `Something in ${place} is not as it should be.`;
  const name = first.instancePath.split('/').at(-1) ?? '';
  if (name === '') return describeWhole(first, place);
  const example = EXAMPLES[name];
  if (example !== undefined) return `"${name}" in ${place} should be ${example}.`;
  return `"${name}" in ${place} ${describeValue(first)}.`;
}

function describeWhole({ keyword, params }: FastifySchemaValidationError, place: string): string {
  if (keyword === 'required') {
    return `"${String(params['missingProperty'])}" is missing in ${place}. Add it.`;
  }
  if (keyword === 'additionalProperties') {
    return (
      `"${printable(String(params['additionalProperty']))}" in ${place} is not known here. ` +
      'Leave it out, or look it up in /api/openapi.json.'
    );
  }
  return `There should be a JSON object in ${place}.`;
}

function describeValue({ keyword, params }: FastifySchemaValidationError): string {
  const limit = String(params['limit']);
  switch (keyword) {
    case 'type':
      return params['type'] === 'integer' ? 'should be a whole number' : 'has the wrong type';
    case 'minimum':
      return `should be ${limit} or more`;
    case 'maximum':
      return `should be ${limit} or less`;
    case 'minLength':
      return 'should not be empty';
    case 'maxLength':
      return `should have ${limit} characters or fewer`;
    case 'const':
    case 'anyOf':
      return 'is none of the words that are known here; /api/openapi.json lists them';
    default:
      return 'is not written as it should be; /api/openapi.json says how';
  }
}

/** Names come from strangers: short, and without control characters. */
const printable = (name: string): string => name.replace(/[^\x20-\x7e]/g, '?').slice(0, 64);

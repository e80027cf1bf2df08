import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { Api } from './api-type.ts';

const INDEX = 'index.html';
/** The build puts a hash of the content into these names: what they hold never changes. */
const HASHED = 'assets/';
const NOT_BUILT =
  'The page of Ruadmap has not been built yet. Stop the program, run "npm run build", and start it ' +
  'again.\nThe API works without it: /api/openapi.json describes it.\n';

/**
 * The built page. Only files that were there at the start are served, by exact name; every address
 * that can be one of the page's own gets index.html, whose script then shows what was asked for.
 */
export async function pageFiles(api: Api, webDir: string | null): Promise<void> {
  const files = new Set(webDir === null ? [] : await filesBelow(webDir));
  if (webDir !== null && files.has(INDEX)) {
    await api.register(fastifyStatic, { root: webDir, serve: false, cacheControl: false });
  }
  api.get('/*', { schema: { hide: true, summary: 'The page' } }, async (request, reply) => {
    const name = (request.params as { '*': string })['*'];
    if (files.has(name)) return reply.header('cache-control', cachingOf(name)).sendFile(name);
    if (!isPagePath(name)) {
      reply.callNotFound();
      return reply;
    }
    if (files.has(INDEX)) return reply.header('cache-control', 'no-cache').sendFile(INDEX);
    return reply.code(503).type('text/plain; charset=utf-8').send(NOT_BUILT);
  });
}

const cachingOf = (name: string): string =>
  name.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache';

/** Regular files alone: a link could lead out of the folder. */
async function filesBelow(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .filter((name) => !name.split('/').some((part) => part.startsWith('.')));
}

/** May this be an address of the page, once decoded? Nobody's attempt at a file of the system is. */
export function isPagePath(decoded: string): boolean {
  const parts = decoded.split('/');
  const first = parts[0] ?? '';
  if (first === 'api' || first === 'assets' || first.includes('.')) return false;
  return !parts.some((part) => part.startsWith('.') || /[\\%\u0000-\u001f\u007f]/.test(part));
}

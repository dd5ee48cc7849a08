/**
 * `/docs`, an interactive page of `/openapi.json`: Swagger UI, whose files are served from disk; nothing comes from another host.
 *
 * Of `@fastify/swagger-ui` only these files are used: its code would load a file server, a glob matcher and a table of media types,
 * 20 ms and 4 MiB of every start.
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { FastifyInstance } from 'fastify';
import { ApiError } from '../errors.ts';
import { INITIALIZER, PAGE, STYLE } from './docs-page-content.ts';

/** Where a bundle has the files: beside it. */
const BUNDLED = join(import.meta.dirname, 'static');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'index.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-16x16.png': 'image/png',
  'favicon-32x32.png': 'image/png',
};

/** Registers the page and its files. */
export function registerDocsPage(app: FastifyInstance): void {
  const directory = existsSync(BUNDLED) ? BUNDLED : installedAssets();
  const hidden = { schema: { hide: true } };
  for (const path of ['/docs', '/docs/'])
    app.get(path, hidden, (_request, reply) => reply.type('text/html; charset=utf-8').send(PAGE));
  app.get('/docs/initializer.js', hidden, (_request, reply) => reply.type('text/javascript; charset=utf-8').send(INITIALIZER));
  app.get('/docs/contrast.css', hidden, (_request, reply) => reply.type('text/css; charset=utf-8').send(STYLE));
  app.get<{ Params: { readonly asset: string } }>('/docs/:asset', hidden, async ({ params: { asset } }, reply) => {
    // Only names that are known are ever joined to a path.
    const mediaType = Object.hasOwn(MEDIA_TYPES, asset) ? MEDIA_TYPES[asset] : undefined;
    if (mediaType === undefined) throw new ApiError('NOT_FOUND', 'The documentation has no such file.');
    reply.type(mediaType).header('cache-control', 'public, max-age=3600');
    return readFile(join(directory, asset));
  });
}

function installedAssets(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('@fastify/swagger-ui/package.json'))), 'static');
}

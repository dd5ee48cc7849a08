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
import { keep, sendShared } from './static-answer.ts';

/** Where a bundle has the files: beside it. */
const BUNDLED = join(import.meta.dirname, 'static');

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  'swagger-ui.css': 'text/css; charset=utf-8',
  'index.css': 'text/css; charset=utf-8',
  'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
  'favicon-16x16.png': 'image/png',
  'favicon-32x32.png': 'image/png',
};

/** What is written here rather than read. */
const WRITTEN = [
  ['/docs', 'text/html; charset=utf-8', PAGE],
  ['/docs/', 'text/html; charset=utf-8', PAGE],
  ['/docs/initializer.js', 'text/javascript; charset=utf-8', INITIALIZER],
  ['/docs/contrast.css', 'text/css; charset=utf-8', STYLE],
] as const;

/** Registers the page and its files. */
export function registerDocsPage(app: FastifyInstance): void {
  const directory = existsSync(BUNDLED) ? BUNDLED : installedAssets();
  const hidden = { schema: { hide: true } };
  for (const [path, mediaType, content] of WRITTEN) {
    const bytes = Buffer.from(content);
    app.get(path, hidden, (_request, reply) => reply.type(mediaType).send(bytes));
  }
  for (const [name, mediaType] of Object.entries(MEDIA_TYPES)) {
    const file = keep(() => readFile(join(directory, name)));
    app.get(`/docs/${name}`, hidden, async (_request, reply) => {
      const bytes = await file();
      reply.type(mediaType).header('cache-control', 'public, max-age=3600');
      return sendShared(reply, bytes);
    });
  }
  app.get('/docs/:asset', hidden, () => {
    throw new ApiError('NOT_FOUND', 'The documentation has no such file.');
  });
}

function installedAssets(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('@fastify/swagger-ui/package.json'))), 'static');
}

import { globSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isRoute } from './routes.ts';

const app = join(import.meta.dirname, 'app');

describe('isRoute', () => {
  // What is forwarded has a table of its own; probes are not traced.
  const paths = globSync('**/{page.tsx,route.ts}', { cwd: app })
    .map((file) => `/${file.replace(/\/?(page\.tsx|route\.ts)$/, '')}`)
    .filter((path) => !path.includes('[') && path !== '/healthz');

  it.each(paths)('knows %s', (path) => expect(isRoute(path)).toBe(true));

  it.each(['/api/predict', '/api/predictions/stats'])('knows %s, which is forwarded', (path) => {
    expect(isRoute(path)).toBe(true);
  });

  it.each(['/api/evil', '/predict', '/model/', ''])('knows no %j', (path) => expect(isRoute(path)).toBe(false));
});

/** What the client answers: its pages and routes, none of which has a part that varies. */
import { FORWARDED } from './lib/server/forward-table.ts';

const PAGES = ['/', '/batch', '/chat', '/drift', '/history', '/login', '/model', '/models', '/traffic'];
const OWN = ['/api/backend', '/api/chat', '/api/session', '/api/session/end', '/api/traffic'];
const ROUTES = new Set([...PAGES, ...OWN, ...FORWARDED.map(({ path }) => `/api${path}`)]);

/** Whether a path is one of them. */
export function isRoute(path: string): boolean {
  return ROUTES.has(path);
}

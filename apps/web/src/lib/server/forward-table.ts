/** All that the client forwards to the API. What is not here is not forwarded: the client is no open proxy. */

/** One method of one path. */
export interface ForwardedRoute {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Path at the API; at the client it is below `/api`. `{version}` is a version of the registry. */
  readonly path: string;
  /** Names that its query may hold. */
  readonly query: readonly string[];
  /** Media types of its body, where it is not JSON alone. */
  readonly accepts?: readonly string[];
  /** Whether the API may wait for others before it answers, for longer than anything else takes. */
  readonly isSlow?: boolean;
}

export const JSON_TYPE = 'application/json';
/** What a batch may be: a list, or a stream of rows. */
export const BATCH_TYPES = [JSON_TYPE, 'application/x-ndjson', 'text/csv'];

/** Path of uploads, which are read as streams however large they are. */
export const BATCH_PATH = '/predict/batch';

/** The table. */
export const FORWARDED: readonly ForwardedRoute[] = [
  { method: 'GET', path: '/version', query: [] },
  { method: 'GET', path: '/health', query: [] },
  { method: 'GET', path: '/model', query: [] },
  { method: 'GET', path: '/samples', query: [] },
  { method: 'GET', path: '/openapi.json', query: [] },
  { method: 'POST', path: '/predict', query: ['log'] },
  { method: 'POST', path: BATCH_PATH, query: ['log'], accepts: BATCH_TYPES },
  { method: 'POST', path: '/explain', query: [] },
  { method: 'GET', path: '/predictions', query: ['limit', 'cursor', 'version', 'prediction'] },
  { method: 'GET', path: '/predictions/stats', query: ['from', 'to'] },
  { method: 'GET', path: '/predictions/timeline', query: ['last'] },
  { method: 'GET', path: '/drift', query: ['last', 'distributions'] },
  { method: 'GET', path: '/drift/timeline', query: ['last'] },
  { method: 'POST', path: '/feedback', query: [] },
  { method: 'GET', path: '/models', query: ['limit', 'before'] },
  { method: 'GET', path: '/models/{version}', query: [] },
  { method: 'PUT', path: '/models/current', query: [], isSlow: true },
  { method: 'POST', path: '/models/rollback', query: [], isSlow: true },
];

/** As the API's. */
const VERSION = /^v(\d{4}|[1-9]\d{4,8})$/;

/** The table's rows for a path: none where it is not forwarded at all. */
export function routesAt(path: string): readonly ForwardedRoute[] {
  return FORWARDED.filter((route) => matches(route.path, path));
}

function matches(pattern: string, path: string): boolean {
  const [expected, given] = [pattern.split('/'), path.split('/')];
  return (
    expected.length === given.length &&
    expected.every((part, index) => (part === '{version}' ? VERSION.test(given[index]!) : part === given[index]))
  );
}

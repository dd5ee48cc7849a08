/** Where to go after the log-in: a path of this client only, or the form would send people wherever a link says. */

/** The page of the log-in itself. */
export const LOGIN_PATH = '/login';
const START = '/';
/** Nobody has a real one; browsers read `/\host` and `//host` as another host's address, and drop tabs and line ends. */
const BASE = 'http://client.invalid';

/** The path if it is one of ours, with its query; else the start page. */
export function pathOfOurs(path: string | null | undefined): string {
  if (!path?.startsWith('/') || !URL.canParse(path, BASE)) return START;
  const { origin, pathname, search } = new URL(path, BASE);
  return origin === BASE && !pathname.startsWith('//') && pathname !== LOGIN_PATH ? pathname + search : START;
}

/** The address of a language-model server, in any of the forms in which people write it. */

/**
 * The address below which the endpoint lies: without the endpoint itself and without a slash at its end; `/v1` where there is no path,
 * since all these servers have their API there.
 *
 * @param endpoint the path below it, such as `/chat/completions`.
 */
export function baseUrlOf(address: string, endpoint: string): string {
  const url = new URL(address);
  const path = withoutSlashes(url.pathname);
  url.pathname = withoutSlashes(path.endsWith(endpoint) ? path.slice(0, -endpoint.length) : path) || '/v1';
  return url.href;
}

function withoutSlashes(path: string): string {
  return path.replace(/\/+$/, '');
}

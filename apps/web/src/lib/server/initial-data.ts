/** What a page knows before its first request: answers asked while the server renders it, so that its first HTML is whole. */
import { api } from './api.ts';
import { askBackendInfo } from './backend-info.ts';
import { isPageOpen } from './page-session.ts';

/** A page does not wait longer for the API; what is missing comes in the browser, with its state shown. */
const RENDER_WAIT_MS = 1000;

/** Answers by the path at which the browser would ask for them (`/api/model`). */
export type InitialData = Readonly<Record<string, unknown>>;

/** Asks the API for what the browser would ask at these paths; what fails is left out, and all of it for who is not logged in. */
export async function loadInitialData(...paths: readonly `/api/${string}`[]): Promise<InitialData> {
  if (!(await isPageOpen())) return {};
  const signal = AbortSignal.timeout(RENDER_WAIT_MS);
  const answers = await Promise.all(paths.map((path) => load(path, signal).catch(() => undefined)));
  return Object.fromEntries(paths.map((path, index) => [path, answers[index]]).filter(([, answer]) => answer !== undefined));
}

async function load(path: string, signal: AbortSignal): Promise<unknown> {
  if (path === '/api/backend') return askBackendInfo(api(), signal);
  const answer = await api().ask(path.slice('/api'.length), { signal });
  return answer.ok ? answer.json() : answer.body?.cancel();
}

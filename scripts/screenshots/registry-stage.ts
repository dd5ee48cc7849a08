/** A registry with three versions, of which one answered yesterday and another does today, and one was refused. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ApiProcess, startApiProcess } from '../../test/e2e/support/api-process.ts';
import { runScript } from '../../test/e2e/support/processes.ts';
import { NEWEST_AT, rewriteTime, sendRows } from './log-rows.ts';

/** For processes which must not tell whose machine this is. */
export const NODE_OPTIONS = `--import=${pathToFileURL(join(import.meta.dirname, 'fixed-surroundings.ts')).href}`;
export const API_KEY = 'of-the-pictures';
/** A day, with enough of each hour for a verdict on drift. */
const ROWS = 1400;
const EVERY = '1 min';
const LOOK_MS = 200;

/** Trainings, and the row of the log before which each takes place. */
const TRAININGS = [
  { words: ['--model', 'rf', '--trees', '2'], at: '2026-03-12T08:30:00Z', before: 0 },
  { words: ['--model', 'svm'], at: '2026-03-14T03:20:00Z', before: 700 },
  { words: ['--model', 'svm', '--c', '0.001'], at: '2026-03-14T09:05:00Z', before: ROWS },
] as const;

/** Trains, predicts and judges; resolves with the API that follows the registry, at the time of the newest row. */
export async function playRegistry(directory: string, databaseUrl: string): Promise<ApiProcess> {
  const registry = join(directory, 'registry');
  const environment = { REGISTRY_DIR: registry, DATABASE_URL: databaseUrl, API_KEY, NODE_OPTIONS };
  const headers = { 'x-api-key': API_KEY };
  let api: ApiProcess | undefined;
  for (const [index, { words, at }] of TRAININGS.entries()) {
    const version = `1.${index}.0`;
    const options = ['--dataset', 'iris', ...words, '--version', version, '--registry', registry];
    const { code, output } = await runScript('train', options, { NODE_OPTIONS, STAGE_TIME: at, USER: 'trainer' });
    if (code !== 0 && index < 2) throw new Error(`training failed:\n${output}`);
    const [from, to] = [TRAININGS[index]!.before, TRAININGS[index + 1]?.before ?? ROWS];
    if (from === to) continue;
    api ??= await startApiProcess(environment);
    while ((await api.read<{ version: string }>('/version')).version !== version) await sleep(LOOK_MS);
    const serving = api;
    await sendRows({ from, to, apiOf: () => serving, headers });
  }
  await api?.terminate();
  await rewriteTime(databaseUrl, ROWS, EVERY);
  return startApiProcess({ ...environment, STAGE_TIME: new Date(Date.parse(NEWEST_AT) + 60_000).toISOString() });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

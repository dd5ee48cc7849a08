/** Clients that want nothing but answers: each sends a request, waits for the answer, reads it, and never sends one twice. */
import { Agent, type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import type { HonestRequest } from './targets.ts';

/** A client waits a while between two requests, as people and programs do. */
const PAUSE_MS = 40;
/** And loses patience after this. */
const PATIENCE_MS = 20_000;

export interface HonestFigures {
  asked: number;
  answered: number;
  /** Milliseconds of each answer. */
  readonly latencies: number[];
  /** What became of the others, a few of them. */
  readonly failures: string[];
}

/**
 * Lets clients ask until the signal ends them.
 *
 * @param count of clients; every second one sends its bodies chunked.
 */
export async function askHonestly(
  address: { readonly host: string; readonly port: number },
  requests: readonly HonestRequest[],
  count: number,
  ended: AbortSignal,
): Promise<HonestFigures> {
  const figures: HonestFigures = { asked: 0, answered: 0, latencies: [], failures: [] };
  await Promise.all(
    Array.from({ length: count }, async (_, client) => {
      const agent = new Agent({ keepAlive: true, maxSockets: 1 });
      for (let sent = client; !ended.aborted; sent++) {
        await tally(figures, () => ask(agent, address, requests[sent % requests.length]!, client % 2 === 1));
        await sleep(PAUSE_MS);
      }
      agent.destroy();
    }),
  );
  return figures;
}

async function tally(figures: HonestFigures, asked: () => Promise<void>): Promise<void> {
  const sentAt = performance.now();
  figures.asked++;
  try {
    await asked();
    figures.answered++;
    figures.latencies.push(performance.now() - sentAt);
  } catch (error) {
    if (figures.failures.length < 5) figures.failures.push((error as Error).message);
  }
}

/** @throws Error when the answer is not what it must be, or does not come. */
async function ask(
  agent: Agent,
  address: { readonly host: string; readonly port: number },
  { method, path, body, headers, shows }: HonestRequest,
  chunked: boolean,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const length = body === undefined || chunked ? {} : { 'content-length': Buffer.byteLength(body) };
  const fields = { 'content-type': 'application/json', ...headers, ...length };
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const outgoing = request({ ...address, agent, method, path, headers: fields, signal }, resolve).on('error', reject);
  // Without a length, what is written before the end goes out in chunks.
  if (body !== undefined) outgoing.write(body);
  outgoing.end();
  const response = await promise;
  const answer = await text(response);
  if (response.statusCode !== 200) throw new Error(`${path}: ${response.statusCode} ${answer.slice(0, 200)}`);
  if (!answer.includes(shows)) throw new Error(`${path}: the answer does not show ${shows}: ${answer.slice(0, 200)}`);
}

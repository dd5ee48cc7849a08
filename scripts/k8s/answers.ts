/** Waits for a Service's first answer on its node port: a new one refuses connections for a moment. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from '../manifests/objects.ts';
import type { Cluster } from './cluster.ts';

const DEADLINE_MS = 20_000;
const REQUEST_MS = 2000;
const PAUSE_MS = 250;

interface NodeAddresses {
  readonly status: { readonly addresses: readonly { readonly type: string; readonly address: string }[] };
}

/** Where node ports may answer from here: on this machine (Docker Desktop, kind), and on the nodes (minikube, others). */
export async function nodeAddresses(cluster: Cluster): Promise<string[]> {
  const nodes = await cluster.json<{ readonly items: readonly NodeAddresses[] }>(['get', 'nodes']);
  const addresses = (nodes?.items ?? []).flatMap(({ status }) => status.addresses);
  return [
    '127.0.0.1',
    ...addresses.filter(({ type }) => /IP$/.test(type)).map(({ address }) => (address.includes(':') ? `[${address}]` : address)),
  ];
}

/**
 * Waits until a node port answers, whatever it answers.
 *
 * @returns its address; undefined if none of the hosts answers in time.
 */
export async function firstAnswer(hosts: readonly string[], port: number, deadlineMs = DEADLINE_MS): Promise<string | undefined> {
  const end = performance.now() + deadlineMs;
  do {
    const answers = await Promise.allSettled(hosts.map((host) => ask(`http://${host}:${port}`)));
    const answered = answers.find((answer) => answer.status === 'fulfilled');
    if (answered) return answered.value;
    await delay(PAUSE_MS);
  } while (performance.now() < end);
  return undefined;
}

async function ask(url: string): Promise<string> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(REQUEST_MS), redirect: 'manual' });
  await answer.body?.cancel();
  return url;
}

/** The node ports of Services. */
export function nodePorts(services: readonly Service[]): number[] {
  return services.flatMap(({ spec }) => spec.ports.flatMap(({ nodePort }) => nodePort ?? []));
}

/** `deploy`: applies a strategy so that a Service that is already in use never loses its pods, and takes away what it replaces. */
import { isDeepStrictEqual } from 'node:util';
import type { Service } from '../manifests/objects.ts';
import { firstAnswer, nodeAddresses, nodePorts } from './answers.ts';
import { type Cluster, clusterIn } from './cluster.ts';
import { findLeftovers } from './leftovers.ts';
import { waitUntilReady } from './rollout.ts';
import { makeSecrets } from './secrets.ts';
import type { Strategy } from './strategy.ts';
import type { Terminal } from './terminal.ts';

/** Deploys a strategy into its own namespaces, or else into `namespace`; the context's when undefined. */
export async function deploy(terminal: Terminal, strategy: Strategy, namespace: string | undefined): Promise<void> {
  const scopes = strategy.namespaces.length > 0 ? strategy.namespaces : [namespace];
  const cluster = clusterIn(terminal, namespace);
  for (const file of filesOfKind(strategy, 'Namespace')) await cluster.run(['apply', '-f', file]);
  for (const scope of scopes) await makeSecrets(clusterIn(terminal, scope), strategy);
  for (const scope of scopes) await moveServicesLast(clusterIn(terminal, scope), strategy, scope);
  await cluster.run(['apply', '-k', strategy.folder]);
  for (const scope of scopes) {
    const scoped = clusterIn(terminal, scope);
    await waitUntilReady(scoped, strategy, scope);
    const leftovers = await findLeftovers(scoped, strategy);
    if (leftovers.length > 0) await scoped.run(['delete', ...leftovers]);
  }
  await showAddresses(cluster, strategy);
}

/**
 * Where a Service is about to select other pods, those are made and Ready first: it would else have nobody for as long as they start.
 */
async function moveServicesLast(cluster: Cluster, strategy: Strategy, namespace: string | undefined): Promise<void> {
  for (const { metadata, spec } of strategy.services) {
    const present = await cluster.json<Service>(['get', 'service', metadata.name]);
    if (present === undefined || isDeepStrictEqual(present.spec.selector, spec.selector)) continue;
    const others = [...strategy.objects]
      .filter(([, { kind }]) => kind !== 'Service')
      .map(([file]) => `${strategy.folder}/${file}`);
    await cluster.run(['apply', ...others.flatMap((file) => ['-f', file])]);
    return waitUntilReady(cluster, strategy, namespace);
  }
}

function filesOfKind(strategy: Strategy, kind: string): string[] {
  return [...strategy.objects].filter(([, object]) => object.kind === kind).map(([file]) => `${strategy.folder}/${file}`);
}

async function showAddresses(cluster: Cluster, strategy: Strategy): Promise<void> {
  const ports = nodePorts(strategy.services);
  const hosts = ports.length > 0 ? await nodeAddresses(cluster) : [];
  const answers = await Promise.all(ports.map((port) => firstAnswer(hosts, port)));
  for (const address of answers) if (address !== undefined) cluster.terminal.say(`Answers at ${address}`);
  if (ports.length === 0 || answers.includes(undefined)) {
    cluster.terminal.say(`To reach it from here: npm run k8s -- forward ${strategy.name}`);
  }
}

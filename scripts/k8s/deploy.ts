/** `deploy`: applies a strategy so that a Service that is already in use never loses its pods, and takes away what it replaces. */
import { isDeepStrictEqual } from 'node:util';
import { type ManifestObject, podTemplates, type Service } from '../manifests/objects.ts';
import { firstAnswer, nodeAddresses, nodePorts } from './answers.ts';
import { type Cluster, clusterIn } from './cluster.ts';
import { removeLeftovers, warnOfForeign } from './leftovers.ts';
import { waitUntilReady } from './rollout.ts';
import { makeSecrets } from './secrets.ts';
import { type Strategy, selects } from './strategy.ts';
import type { Terminal } from './terminal.ts';

/** Deploys a strategy into its own namespaces, or else into `namespace`; the context's when undefined. */
export async function deploy(terminal: Terminal, strategy: Strategy, namespace: string | undefined): Promise<void> {
  const scopes = strategy.namespaces.length > 0 ? strategy.namespaces : [namespace];
  const cluster = clusterIn(terminal, namespace);
  for (const file of filesOfKind(strategy, 'Namespace')) await cluster.run(['apply', '-f', file]);
  for (const scope of scopes) {
    await makeSecrets(clusterIn(terminal, scope), strategy);
    await removeJobs(clusterIn(terminal, scope), strategy);
  }
  for (const scope of scopes) await moveServicesLast(clusterIn(terminal, scope), strategy, scope);
  await cluster.run(['apply', '-k', strategy.folder]);
  for (const scope of scopes) {
    const scoped = clusterIn(terminal, scope);
    await waitUntilReady(scoped, strategy, scope);
    await removeLeftovers(scoped, strategy);
    await warnOfForeign(scoped, strategy);
  }
  await showAddresses(cluster, strategy);
}

/** The template of a Job cannot change: one that an earlier deployment left makes room, and runs again. */
async function removeJobs(cluster: Cluster, { jobs }: Strategy): Promise<void> {
  const names = jobs.map(({ metadata }) => metadata.name);
  if (names.length > 0) await cluster.run(['delete', 'job', ...names, '--ignore-not-found']);
}

/**
 * Where a Service is about to select other pods, those are made and Ready first: it would else have nobody for as long as they start.
 * A colour that nobody switched to gets no traffic meanwhile: one that comes is made after that, one that goes is removed before.
 */
async function moveServicesLast(cluster: Cluster, strategy: Strategy, namespace: string | undefined): Promise<void> {
  const present = await presentSelectors(cluster, strategy);
  const moves = ({ metadata: { name }, spec }: Service) =>
    present.has(name) && !isDeepStrictEqual(present.get(name), spec.selector);
  if (!strategy.services.some(moves)) return;
  const isIdle = (object: ManifestObject) =>
    podTemplates([object]).some(({ metadata }) => !strategy.services.some(({ spec }) => selects(spec.selector, metadata.labels)));
  const first = [...strategy.objects].filter(([, object]) => object.kind !== 'Service' && !isIdle(object));
  await cluster.run(['apply', ...first.flatMap(([file]) => ['-f', `${strategy.folder}/${file}`])]);
  const deployments = strategy.deployments.filter((deployment) => !isIdle(deployment));
  await waitUntilReady(cluster, { ...strategy, deployments }, namespace);
  await removeLeftovers(cluster, strategy, (labels) => [...present.values()].some((selector) => selects(selector, labels)));
}

/** What the strategy's Services select now, by their names; those that are not there yet are left out. */
async function presentSelectors(cluster: Cluster, { services }: Strategy): Promise<Map<string, Service['spec']['selector']>> {
  const present = new Map<string, Service['spec']['selector']>();
  for (const { metadata } of services) {
    const service = await cluster.json<Service>(['get', 'service', metadata.name]);
    if (service) present.set(metadata.name, service.spec.selector);
  }
  return present;
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

/** Waits until what was applied is Ready, or says why it is not. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Cluster } from './cluster.ts';
import { OUR_PODS, type PodStatus, podFaults } from './faults.ts';
import type { Strategy } from './strategy.ts';
import { CliError, CommandFailed } from './terminal.ts';

/** Longer than every `progressDeadlineSeconds` of ours: it is the Deployment that gives up, with a reason. */
const DEPLOYMENT_TIMEOUT_S = 400;
const POD_TIMEOUT_S = 90;
/** A Job waits for what it works on. */
const JOB_TIMEOUT_S = 400;
/** `progressDeadlineSeconds` of our servers: none of them gives up earlier. */
const PROGRESS_DEADLINE_MS = 60_000;
const PAUSE_MS = 1000;

interface DeploymentStatus {
  readonly status: { readonly conditions?: readonly { readonly reason?: string }[] };
}

/**
 * Waits for the Deployments, bare Pods and Jobs of a strategy.
 *
 * @param namespace the one that `cluster` shows; those of others are left out.
 * @throws CliError with what is wrong with the pods.
 */
export async function waitUntilReady(cluster: Cluster, strategy: Strategy, namespace: string | undefined): Promise<void> {
  const pods = strategy.pods.filter(({ metadata }) => metadata.namespace === undefined || metadata.namespace === namespace);
  for (const { metadata } of strategy.deployments) await waitForDeployment(cluster, metadata.name);
  for (const { metadata } of strategy.jobs) {
    await orWhy(cluster, () =>
      cluster.run(['wait', '--for=condition=Complete', `job/${metadata.name}`, `--timeout=${JOB_TIMEOUT_S}s`]),
    );
  }
  for (const { metadata } of pods) {
    await orWhy(cluster, () =>
      cluster.run(['wait', '--for=condition=Ready', `pod/${metadata.name}`, `--timeout=${POD_TIMEOUT_S}s`]),
    );
  }
}

/**
 * Waits until a Deployment's pods are all of its present version, and Ready.
 *
 * @throws CliError with what is wrong with the pods.
 */
export function waitForDeployment(cluster: Cluster, name: string): Promise<void> {
  const begun = performance.now();
  const rollout = async (): Promise<void> => {
    try {
      await cluster.run(['rollout', 'status', `deployment/${name}`, `--timeout=${DEPLOYMENT_TIMEOUT_S}s`]);
    } catch (error) {
      // A Deployment that gave up on another version says so until the first pod of this one is Ready; kubectl believes it.
      if (performance.now() - begun > PROGRESS_DEADLINE_MS || !(await saysItGaveUp(cluster, name))) throw error;
      await delay(PAUSE_MS);
      await rollout();
    }
  };
  return orWhy(cluster, rollout);
}

async function saysItGaveUp(cluster: Cluster, name: string): Promise<boolean> {
  const deployment = await cluster.json<DeploymentStatus>(['get', 'deployment', name]);
  return deployment?.status.conditions?.some(({ reason }) => reason === 'ProgressDeadlineExceeded') ?? false;
}

async function orWhy(cluster: Cluster, wait: () => Promise<void>): Promise<void> {
  try {
    await wait();
  } catch (error) {
    if (!(error instanceof CommandFailed)) throw error;
    const pods = await cluster.json<{ readonly items: readonly PodStatus[] }>(OUR_PODS);
    const faults = podFaults(pods?.items ?? []);
    throw faults.length > 0 ? new CliError(faults.join('\n')) : error;
  }
}

/** Starts the probe, beside the tests or in a pod, and speaks with it. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Phase, ProbeMessage, ProbeOptions } from '../probe/probe.ts';
import { startKubectl } from './kubectl.ts';
import { clientPod } from './pods.ts';
import type { Suite } from './suite.ts';

const PROGRAM = join(import.meta.dirname, '../probe/probe.ts');
const CONFIG_MAP = 'probe';
const CLIENT = 'probe';
/** The policies take it for a client of each server. */
const CLIENT_LABELS = { 'mlops-server-client': 'true', 'iris-api-client': 'true' };

type Count = Extract<ProbeMessage, { event: 'count' }>;

/** A probe that runs. */
export interface Probe {
  /** Begins a phase; resolves once the probe has. */
  phase(name: string): Promise<void>;
  /** Resolves as soon as the probe's counts are so. */
  reached(condition: (count: Count) => boolean): Promise<void>;
  /** Ends it; resolves with all phases once everything in flight is answered. */
  stop(): Promise<readonly Phase[]>;
}

/** Starts the probe as a process of its own, so that tests do not hold it up. */
export function startOutside(options: ProbeOptions): Probe {
  return converse(spawn(process.execPath, [PROGRAM, JSON.stringify(options)], { stdio: ['pipe', 'pipe', 'pipe'] }));
}

/** Starts the probe in a pod of the namespace. */
export async function startInPod(suite: Suite, options: ProbeOptions): Promise<Probe> {
  await suite.create(
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: CONFIG_MAP },
      data: { 'probe.mts': readFileSync(PROGRAM, 'utf8') },
    },
    clientPod(CLIENT, { labels: CLIENT_LABELS, configMap: CONFIG_MAP }),
  );
  await suite.kubectl('wait', '--for=condition=Ready', `pod/${CLIENT}`, '--timeout=60s');
  const command = ['node', '/mounted/probe.mts', JSON.stringify(options)];
  return converse(startKubectl(['--namespace', suite.namespace, 'exec', '--stdin', CLIENT, '--', ...command]));
}

function converse(child: ChildProcessWithoutNullStreams): Probe {
  const errors: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => errors.push(line));
  const lines = createInterface({ input: child.stdout });
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`the probe ended with ${code}:\n${errors.join('\n')}`);
  });
  // It is only a fault where somebody waits for a message.
  ended.catch(() => undefined);

  function message<M extends ProbeMessage>(isMeant: (message: ProbeMessage) => message is M): Promise<M> {
    const { promise, resolve } = Promise.withResolvers<M>();
    const look = (line: string): void => {
      const told: ProbeMessage = JSON.parse(line);
      if (!isMeant(told)) return;
      lines.off('line', look);
      resolve(told);
    };
    lines.on('line', look);
    return Promise.race([promise, ended]);
  }

  return {
    phase: async (name) => {
      const begun = message((told) => told.event === 'phase');
      child.stdin.write(`${name}\n`);
      await begun;
    },
    reached: async (condition) => {
      await message((told): told is Count => told.event === 'count' && condition(told));
    },
    stop: async () => {
      const report = message((told) => told.event === 'report');
      child.stdin.end();
      return (await report).phases;
    },
  };
}

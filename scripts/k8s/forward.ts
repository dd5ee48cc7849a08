/** `forward`: leads ports of this machine to a strategy. */
import { clusterIn } from './cluster.ts';
import { apiService, type Strategy } from './strategy.ts';
import { runTogether, type Terminal } from './terminal.ts';

const FIRST_UNPRIVILEGED_PORT = 1024;
/** Added to a port that only root may take: 80 becomes 8080. */
const PRIVILEGED_SHIFT = 8000;
const POD_PORT = 8000;
/** Names of ports that a browser can open. */
const WEB_PORTS = ['http', 'mlflow'];

interface Target {
  /** `service/NAME` or `pod/NAME`. */
  readonly target: string;
  readonly namespace: string | undefined;
  readonly port: number;
}

/** Which port of this machine leads to what: the target's own, or the next one that none before it has; the API is the first. */
export function forwards(strategy: Strategy): (Target & { readonly localPort: number })[] {
  const taken = new Set<number>();
  return targetsOf(strategy).map((target) => {
    let localPort = target.port < FIRST_UNPRIVILEGED_PORT ? target.port + PRIVILEGED_SHIFT : target.port;
    while (taken.has(localPort)) localPort += 1;
    taken.add(localPort);
    return { ...target, localPort };
  });
}

/** The Services that speak HTTP; the Pods where there is none. A second Service of the same pods, for a node port, is left out. */
function targetsOf(strategy: Strategy): Target[] {
  const api = apiService(strategy);
  const services = strategy.services
    .toSorted((a, b) => Number(b === api) - Number(a === api))
    .filter(({ metadata }) => !metadata.name.endsWith('-nodeport'))
    .flatMap(({ metadata: { name, namespace }, spec }) =>
      spec.ports
        .filter(({ name: own = '' }) => WEB_PORTS.includes(own))
        .map(({ port }) => ({ target: `service/${name}`, namespace, port })),
    );
  if (services.length > 0) return services;
  return strategy.pods.map(({ metadata: { name, namespace } }) => ({ target: `pod/${name}`, namespace, port: POD_PORT }));
}

/** Leads local ports to a strategy until it is interrupted, or one of them cannot go on. */
export async function forward(terminal: Terminal, strategy: Strategy, namespace: string | undefined): Promise<void> {
  const its = forwards(strategy);
  for (const { target, namespace: own, localPort } of its) {
    terminal.say(`http://localhost:${localPort} leads to ${target}${own === undefined ? '' : ` in ${own}`}`);
  }
  await runTogether(
    its.map(({ target, namespace: own, localPort, port }) => async (signal) => {
      await clusterIn(terminal, own ?? namespace).run(['port-forward', target, `${localPort}:${port}`], { signal });
    }),
  );
}

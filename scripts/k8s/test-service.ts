/** `test`: asks a deployed API for its health, its version and a prediction, by a forwarded port, which works on every cluster. */

import { freePort } from '../free-port.ts';
import { podTemplates, type Service } from '../manifests/objects.ts';
import { firstAnswer } from './answers.ts';
import { type Cluster, clusterIn } from './cluster.ts';
import { readSecret } from './secrets.ts';
import { apiService, type Strategy } from './strategy.ts';
import { CliError, type Terminal } from './terminal.ts';

const REQUEST_MS = 10_000;
const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
const CUSTOMER = {
  tenure_months: 48,
  num_complaints: 0,
  avg_session_minutes: 60,
  plan_type: 'premium',
  region: 'EU',
  request_id: 'req-safe',
};

/**
 * Tests a strategy's API.
 *
 * @throws CliError for an answer that is not 200.
 */
export async function testService(terminal: Terminal, strategy: Strategy, namespace: string | undefined): Promise<void> {
  const service = apiService(strategy);
  const cluster = clusterIn(terminal, service?.metadata.namespace ?? strategy.namespaces[0] ?? namespace);
  const target = service ? `service/${service.metadata.name}` : `pod/${strategy.pods[0]!.metadata.name}`;
  const key = await apiKey(cluster, strategy);
  const port = await freePort();
  const end = new AbortController();
  const forwarded = cluster.run(['port-forward', target, `${port}:${portOf(service)}`], { signal: end.signal });
  try {
    const address = await Promise.race([firstAnswer(['127.0.0.1'], port), forwarded.then(() => undefined)]);
    if (address === undefined) throw new CliError(`${target} does not answer. See: npm run k8s -- status`);
    await ask(terminal, `${address}/health`);
    await ask(terminal, `${address}/version`);
    const body = JSON.stringify(strategy.name.startsWith('churn') ? CUSTOMER : SETOSA);
    const headers = { 'content-type': 'application/json', ...(key !== undefined && { 'x-api-key': key }) };
    await ask(terminal, `${address}/predict`, { method: 'POST', headers, body });
  } finally {
    end.abort();
    await forwarded.catch(() => undefined);
  }
}

async function ask(terminal: Terminal, url: string, request: RequestInit = {}): Promise<void> {
  const answer = await fetch(url, { ...request, signal: AbortSignal.timeout(REQUEST_MS) });
  const line = `${request.method ?? 'GET'} ${new URL(url).pathname} → ${answer.status} ${await answer.text()}`;
  if (!answer.ok) throw new CliError(line);
  terminal.say(line);
}

/** The key that the strategy's API asks for, from the Secret that its pods read. */
async function apiKey(cluster: Cluster, strategy: Strategy): Promise<string | undefined> {
  const variables = podTemplates(strategy.objects.values()).flatMap(({ spec }) => spec.containers.flatMap(({ env = [] }) => env));
  const reference = variables.find(({ name }) => name === 'API_KEY')?.valueFrom?.secretKeyRef;
  return reference && readSecret(cluster, reference.name, reference.key);
}

function portOf(service: Service | undefined): number {
  return service?.spec.ports[0]?.port ?? 8000;
}

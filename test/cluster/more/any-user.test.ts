import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../repository.ts';
import { nodePortUrl, shiftNodePorts } from '../support/folders.ts';
import { kubectl } from '../support/kubectl.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const suite = useSuite('any-user');
const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
/** As OpenShift chooses one for each namespace; its own admission sets it in every pod, and a patch here. */
const USER = 1_000_660_000;

let directory: string;
beforeAll(async () => {
  // Inside the repository: kustomize takes relative paths only.
  directory = await mkdtemp(join(ROOT, 'k8s/any-user-'));
  await makeSecret(suite, 'database');
});
afterAll(() => rm(directory, { recursive: true }));

/** What a reader writes, and what the cluster then sets. */
async function render(): Promise<string> {
  const context = { runAsUser: USER, runAsGroup: 0, fsGroup: USER };
  const patch = {
    apiVersion: 'v1',
    kind: 'any',
    metadata: { name: 'any' },
    spec: { template: { spec: { securityContext: context } } },
  };
  const kustomization = {
    resources: ['../database'],
    components: ['../components/any-user'],
    patches: [{ target: { kind: 'Deployment|Job' }, patch: JSON.stringify(patch) }],
  };
  const without = { ...kustomization, patches: [] };
  await writeFile(join(directory, 'kustomization.yaml'), JSON.stringify(without));
  expect(await kubectl(['kustomize', directory])).not.toMatch(/runAsUser|runAsGroup|fsGroup:/);
  await writeFile(join(directory, 'kustomization.yaml'), JSON.stringify(kustomization));
  return shiftNodePorts(await kubectl(['kustomize', directory]));
}

describe('P5-9: pods without a fixed user', () => {
  it('run as one that their images do not know, the database too, and keep predictions', async () => {
    await kubectl(['--namespace', suite.namespace, 'apply', '--filename=-'], await render());
    await suite.rolledOut();
    for (const name of ['mlops-server', 'mlops-client', 'postgres-db']) {
      expect(await suite.exec(`deployment/${name}`, ['id', '-u'])).toBe(`${USER}\n`);
    }
    const body = JSON.stringify({ ...SETOSA, request_id: 'any-user' });
    const headers = { 'content-type': 'application/json' };
    await until(
      'an answer',
      async () => (await fetch(`${nodePortUrl(30800)}/predict`, { method: 'POST', headers, body })).ok || undefined,
    );
    const query = ['psql', '-U', 'iris', '-d', 'irisdb', '-At'];
    const row = () => suite.exec('deployment/postgres-db', query, `SELECT 1 FROM predictions WHERE request_id = 'any-user'`);
    await until('its row', async () => (await row()) !== '' || undefined);
  });
});

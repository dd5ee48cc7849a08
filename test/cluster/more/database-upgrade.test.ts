import { describe, it } from 'vitest';
import { type Deployment, type ManifestObject, readObjects } from '../../../scripts/manifests/objects.ts';
import { ROOT } from '../../repository.ts';
import { nodePortUrl } from '../support/folders.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const suite = useSuite('database-upgrade');
const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

/** The folder as it was before there were roles: one superuser for all, a spool that ends with its pod, and no Job. */
function earlierObjects(): ManifestObject[] {
  const kinds = ['Job', 'ConfigMap'];
  const objects = [...readObjects(ROOT, 'database').values()].filter(
    ({ kind, metadata }) => !kinds.includes(kind) && metadata.name !== 'mlops-spool-pvc',
  );
  const text = JSON.stringify(objects).replace('"key":"writer-url"', '"key":"url"');
  return (JSON.parse(text) as ManifestObject[]).map((object) => {
    if (object.metadata.name === 'postgres-db' && object.kind === 'Deployment') return earlierPostgres(object as Deployment);
    if (object.metadata.name === 'mlops-server' && object.kind === 'Deployment')
      return withVolumes(object as Deployment, { spool: { emptyDir: {} } });
    return object;
  });
}

function earlierPostgres(deployment: Deployment): Deployment {
  const secret = { secretName: 'postgres-secret', defaultMode: 0o440, items: [{ key: 'password', path: 'password' }] };
  const changed = withVolumes(deployment, { passwords: { secret } }, ['roles']);
  const [container] = changed.spec.template.spec.containers as unknown as [
    Record<string, unknown> & { env: { name: string; value: string }[] },
  ];
  container.startupProbe = { exec: { command: ['pg_isready', '--host=127.0.0.1'] }, periodSeconds: 1, failureThreshold: 300 };
  delete container.args;
  for (const variable of container.env) if (variable.name === 'POSTGRES_USER') variable.value = 'iris';
  return changed;
}

/** The same with other sources of some volumes, and without some. */
function withVolumes(
  deployment: Deployment,
  sources: Readonly<Record<string, object>>,
  without: readonly string[] = [],
): Deployment {
  const changed = structuredClone(deployment) as unknown as {
    spec: { template: { spec: { volumes: { name: string }[]; containers: { volumeMounts: { name: string }[] }[] } } };
  };
  const { spec } = changed.spec.template;
  spec.volumes = spec.volumes
    .filter(({ name }) => !without.includes(name))
    .map((volume) => ({ ...(sources[volume.name] === undefined ? volume : { name: volume.name, ...sources[volume.name] }) }));
  for (const container of spec.containers)
    container.volumeMounts = container.volumeMounts.filter(({ name }) => !without.includes(name));
  return changed as unknown as Deployment;
}

async function predict(requestId: string): Promise<void> {
  const body = JSON.stringify({ ...SETOSA, request_id: requestId });
  const send = () =>
    fetch(`${nodePortUrl(30800)}/predict`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  await until('an answer', async () => (await send()).ok || undefined);
}

const psql = (statement: string) =>
  suite.exec('deployment/postgres-db', ['psql', '-U', 'iris', '-d', 'irisdb', '-At'], statement);
const rowsOf = (requestId: string) =>
  until(
    `the row of ${requestId}`,
    async () => (await psql(`SELECT 1 FROM predictions WHERE request_id = '${requestId}'`)) !== '' || undefined,
  );

/** Waits until the API writes as that role, and nobody else does: a connection that has nothing to do is closed. */
function writtenBy(role: string): Promise<true> {
  const writers = `SELECT DISTINCT usename, usesuper FROM pg_stat_activity JOIN pg_user USING (usename) WHERE application_name ~ '^iris-prediction-log'`;
  return until(`writing as ${role}`, async () => {
    await predict(crypto.randomUUID());
    return (await psql(writers)) === role || undefined;
  });
}

describe('F3-3: a volume of earlier manifests', () => {
  it('goes on: rows stay, and the API writes as one that may do nothing else', async () => {
    const password = crypto.randomUUID();
    const stringData = { password, url: `postgresql://iris:${password}@postgres-svc:5432/irisdb` };
    await suite.create(
      { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'postgres-secret' }, stringData },
      ...earlierObjects(),
    );
    await suite.rolledOut();
    await predict('earlier');
    await rowsOf('earlier');
    await writtenBy('iris|t\n');

    await makeSecret(suite, 'database');
    await suite.deploy('database');
    await predict('later');
    await rowsOf('later');
    await rowsOf('earlier');
    await writtenBy('iris_writer|f\n');
  });
});

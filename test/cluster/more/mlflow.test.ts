import { beforeAll, describe, expect, it } from 'vitest';
import { OTHER_IMAGES } from '../../../scripts/images/catalogue.ts';
import { type ManifestObject, readObjects } from '../../../scripts/manifests/objects.ts';
import { ROOT } from '../../repository.ts';
import { missingImages, readNodes } from '../support/images.ts';
import { clientPod } from '../support/pods.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

/** MLflow's image is built where it is named: `npm run images -- --only mlflow-server`. */
const MISSING = missingImages(
  await readNodes(),
  OTHER_IMAGES.flatMap(({ tags }) => tags),
);
if (MISSING.length > 0) console.warn(`left out: ${MISSING.join(', ')} is missing`);
/** A promotion is seen by all replicas within it. */
const FOLLOW_MS = 10_000;
const JOB_S = 300;
/** MLflow starts, the Job is tried again until it has, and then the API has a model. */
const DEPLOY_MS = 400_000;
const ASK = 'fetch(process.argv[1]).then((r) => r.text()).then(console.log, (e) => console.log(e.cause?.code ?? e.message))';

const suite = useSuite('mlflow', 'mlops');

interface Health {
  readonly current_model: string;
  readonly version: string;
  readonly status: string;
}

async function podsOf(app: string): Promise<string[]> {
  const names = await suite.kubectl('get', 'pods', `--selector=app=${app}`, '--output=jsonpath={.items[*].metadata.name}');
  return names.split(' ').filter(Boolean);
}

const ask = (pod: string, url: string) => suite.exec(`pod/${pod}`, ['node', '-e', ASK, url]);

/** What each pod of the API says of itself. */
async function healths(): Promise<Health[]> {
  const pods = await podsOf('iris-api');
  return Promise.all(pods.map(async (pod) => JSON.parse(await ask(pod, 'http://127.0.0.1:8000/health')) as Health));
}

describe.runIf(MISSING.length === 0)('P5-4: MLflow in the cluster', () => {
  beforeAll(async () => {
    await makeSecret(suite, 'mlops-mlflow');
    await suite.deploy('mlops-mlflow');
  }, DEPLOY_MS);

  it('keeps what the Job has trained, and every API serves it', async () => {
    const said = await healths();
    expect(said.length).toBeGreaterThan(0);
    for (const health of said) {
      expect(health).toMatchObject({
        status: 'healthy',
        version: '1.0.0',
        current_model: expect.stringMatching(/^models:\/iris\/\d+$/),
      });
    }
  });

  it('is followed by every API within ten seconds of the next training', async () => {
    const job = [...readObjects(ROOT, 'mlops-mlflow').values()].find(({ kind }) => kind === 'Job') as ManifestObject;
    const text = JSON.stringify({ ...job, metadata: { ...job.metadata, name: 'iris-train-again' } });
    await suite.create(JSON.parse(text.replace('--model=rf', '--model=svm').replace('--version=1.0.0', '--version=1.1.0')));
    await suite.kubectl('wait', '--for=condition=Complete', 'job/iris-train-again', `--timeout=${JOB_S}s`);
    const allNew = async () => ((await healths()).every(({ version }) => version === '1.1.0') ? true : undefined);
    await until('every API with the new version', allNew, FOLLOW_MS);
  });

  it('is reached by its clients only', async () => {
    await suite.create(clientPod('stranger', { labels: { 'app.kubernetes.io/part-of': 'iris' } }));
    await suite.kubectl('wait', '--for=condition=Ready', 'pod/stranger', '--timeout=60s');
    const probe = `const s = require('net').connect(5000, 'mlflow-server-service'); s.on('connect', () => { console.log('open'); process.exit() }); s.on('error', () => undefined); setTimeout(() => { console.log('closed'); process.exit() }, 3000)`;
    const [api] = await podsOf('iris-api');
    expect((await suite.exec(`pod/${api}`, ['node', '-e', probe])).trim()).toBe('open');
    expect((await suite.exec('pod/stranger', ['node', '-e', probe])).trim()).toBe('closed');
  });

  it('has its runs and models after its pod is gone, and the APIs serve meanwhile', async () => {
    await suite.kubectl('delete', 'pod', '--selector=app=mlflow-server', '--wait=true');
    for (const health of await healths()) expect(health.version).toBe('1.1.0');
    await suite.rolledOut('mlflow-server');
    const isHealthy = async () => ((await healths()).every(({ status }) => status === 'healthy') ? true : undefined);
    await until('every API without a problem', isHealthy);
    for (const health of await healths()) expect(health.version).toBe('1.1.0');
  });
});

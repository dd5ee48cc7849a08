import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OTHER_IMAGES } from '../../../scripts/images/catalogue.ts';
import { type ManifestObject, readObjects } from '../../../scripts/manifests/objects.ts';
import { ROOT, readRepositoryFile } from '../../repository.ts';
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

/** What an author did before there was this server. */
const LONG_AGO = `
import mlflow
mlflow.set_experiment('long ago')
with mlflow.start_run():
    mlflow.log_metric('accuracy', 0.9)
`;
const run = promisify(execFile);

const suite = useSuite('mlflow', 'mlops');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'iris-mlflow-'));
});
afterAll(() => rm(folder, { recursive: true }));

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

  it('P5-8, workflow 2: takes a training on this machine, through the port that the command forwards', async () => {
    const forward = spawn(process.execPath, ['scripts/k8s/main.ts', 'forward', 'mlops-mlflow'], { cwd: ROOT });
    try {
      let said = '';
      forward.stdout.on('data', (text) => {
        said += text;
      });
      const url = await until('an address', async () => /(http:\S+) leads to service\/mlflow-server-service/.exec(said)?.[1]);
      await until('MLflow', async () => (await fetch(`${url}/health`)).ok || undefined);
      const options = [
        '--dataset=iris',
        '--model=logreg',
        '--version=1.2.0',
        `--out=${join(folder, 'model.json')}`,
        '--alias=champion',
      ];
      await run(process.execPath, ['apps/trainer/src/main.ts', ...options, '--require-tracking'], {
        cwd: ROOT,
        env: { ...process.env, MLFLOW_TRACKING_URI: url },
      });
    } finally {
      forward.kill('SIGINT');
    }
    const allNew = async () => ((await healths()).every(({ version }) => version === '1.2.0') ? true : undefined);
    await until('every API with the new version', allNew, FOLLOW_MS);
  });

  it('P5-8, workflow 1: takes over runs that are there already, by the commands of the README', async () => {
    const [pod] = await podsOf('mlflow-server');
    const author = 'cd /tmp && MLFLOW_ALLOW_FILE_STORE=true MLFLOW_TRACKING_URI=file:///tmp/mlruns python -';
    await suite.exec(`pod/${pod}`, ['sh', '-c', author], LONG_AGO);
    await suite.kubectl('cp', `${pod}:/tmp/mlruns`, join(folder, 'mlruns'));
    const [, commands] = /^```\n(POD=[\s\S]*?)```$/m.exec(readRepositoryFile('k8s/mlops-mlflow/README.md'))!;
    await run('bash', ['-ec', commands!], { cwd: folder });
    await suite.rolledOut('mlflow-server');
    const search = `import mlflow; print(mlflow.search_runs(experiment_names=['long ago'], output_format='list')[0].data.metrics)`;
    const [next] = await podsOf('mlflow-server');
    const found = ['env', 'MLFLOW_TRACKING_URI=http://127.0.0.1:5000', 'python', '-c', search];
    expect(await suite.exec(`pod/${next}`, found)).toContain("{'accuracy': 0.9}");
  });
});

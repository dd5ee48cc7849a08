import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { nodePortUrl } from '../support/folders.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const suite = useSuite('mlops', 'mlops');
const HOST = 'iris.localhost';
/** Where the cluster's ingress answers HTTPS: kind's, minikube's and others' differ, and this one cannot be asked. */
// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
const [ingressHost, ingressPort] = (process.env.IRIS_INGRESS ?? '').split(':');
const SAMPLE = '{"sepal_length":5.1,"sepal_width":3.5,"petal_length":1.4,"petal_width":0.2}';
let key: string;
let scratch: string;

/** A certificate of its own, as the folder's README makes it. */
async function makeCertificate(): Promise<void> {
  const files = [join(scratch, 'tls.key'), join(scratch, 'tls.crt')] as const;
  const subject = ['-subj', `/CN=${HOST}`, '-addext', `subjectAltName=DNS:${HOST}`];
  const own = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', files[0], '-out', files[1], ...subject];
  await promisify(execFile)('openssl', own);
  await suite.kubectl('create', 'secret', 'tls', 'iris-api-tls', `--key=${files[0]}`, `--cert=${files[1]}`);
}

/** Asks for the version through the ingress; the certificate must be the one that the Secret holds. */
async function askThroughIngress(): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const ca = await readFile(join(scratch, 'tls.crt'));
  const address = {
    host: ingressHost,
    port: ingressPort,
    path: '/version',
    servername: HOST,
    headers: { host: HOST },
    ca,
    agent: false,
  } as const;
  request(address, (response) => void text(response).then(resolve, reject))
    .once('error', reject)
    .end();
  return promise;
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'iris-mlops-'));
  key = await makeSecret(suite, 'mlops');
  await makeCertificate();
  await suite.deploy('mlops-nodeport');
});
afterAll(() => rm(scratch, { recursive: true }));

describe('P5-1: iris-api in mlops', () => {
  it('has its settings from the ConfigMap and the Secret', async () => {
    const [environment, models, level, ...secrets] = (
      await suite.exec('deployment/iris-api', ['printenv', 'ENVIRONMENT', 'MODEL_DIR', 'LOG_LEVEL', 'API_KEY'])
    ).split('\n');
    expect(secrets[0]).toBe(key);
    const config = await suite.json<{ data: object }>('get', 'configmap/iris-api-config');
    expect(config.data).toEqual({ ENVIRONMENT: environment, MODEL_DIR: models, LOG_LEVEL: level });
  });

  it('answers on port 30080 who has the key', async () => {
    const url = nodePortUrl(30080);
    expect(await until('an answer', async () => (await fetch(`${url}/health`)).json())).toMatchObject({
      status: 'healthy',
      model_loaded: true,
      version: '1.0.0',
    });
    const predict = (headers: Record<string, string>): Promise<Response> =>
      fetch(`${url}/predict`, { method: 'POST', body: SAMPLE, headers: { 'content-type': 'application/json', ...headers } });
    expect((await predict({})).status).toBe(401);
    expect((await predict({ 'x-api-key': key })).status).toBe(200);
  });
});

describe.runIf(ingressHost)('P5-3: the Ingress', () => {
  it('serves iris-api by TLS, with the certificate of its Secret', async () => {
    const answer = await until('an answer through the ingress', askThroughIngress);
    expect(JSON.parse(answer)).toMatchObject({ version: '1.0.0' });
  });
});

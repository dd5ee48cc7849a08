import { beforeAll, describe, expect, it } from 'vitest';
import { nodePortUrl } from '../support/folders.ts';
import { makeSecret } from '../support/secrets.ts';
import { useSuite } from '../support/suite.ts';
import { until } from '../support/until.ts';

const config = useSuite('config');
const churn = useSuite('churn', 'churn-mlops');
const CHURN = { tenure_months: 48, num_complaints: 0, avg_session_minutes: 60, plan_type: 'premium', region: 'EU' };

const PASSWORD = 'correct horse battery';

const answers = (url: string) => until(`an answer at ${url}`, async () => (await fetch(url)).ok || undefined);

function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) });
}

describe('F3-1, F3-2: settings from a ConfigMap and a Secret', () => {
  const url = nodePortUrl(30800);

  beforeAll(async () => {
    await config.kubectl('create', 'secret', 'generic', 'iris-secrets', '--from-literal=api-key=supersecretkey123');
    await config.kubectl('create', 'secret', 'generic', 'iris-login', `--from-literal=password=${PASSWORD}`);
    await config.deploy('config');
    await answers(url);
  });

  it('reach the container, by the commands of the source', async () => {
    const printed = await config.exec('deployment/mlops-server', ['/bin/bash', '-c', 'env | grep API']);
    expect(printed.trim().split('\n').sort()).toEqual([
      "API_DESCRIPTION=API de prédiction de l'espèce d'iris",
      'API_KEY=supersecretkey123',
      'API_NAME=Iris Predictor',
    ]);
  });

  it('show at / and in the documentation, and the key is asked for', async () => {
    const names = { name: 'Iris Predictor', description: "API de prédiction de l'espèce d'iris" };
    expect(await (await fetch(url)).json()).toMatchObject(names);
    expect(await (await fetch(`${url}/openapi.json`)).json()).toMatchObject({ info: { title: names.name } });
    const sample = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };
    expect((await post(`${url}/predict`, sample)).status).toBe(401);
    expect((await post(`${url}/predict`, sample, { 'x-api-key': 'supersecretkey123' })).status).toBe(200);
  });
});

describe('F3-2: the page beside the key', () => {
  const url = nodePortUrl(30801);

  it('asks for the password of its own Secret before it uses the key', async () => {
    await answers(`${url}/healthz`);
    expect((await fetch(`${url}/api/samples`)).status).toBe(401);
    const form = { method: 'POST', body: new URLSearchParams({ password: PASSWORD }), redirect: 'manual' } as const;
    const login = await fetch(`${url}/api/session`, form);
    const cookie = login.headers.get('set-cookie')!.split(';')[0]!;
    expect((await fetch(`${url}/api/samples`, { headers: { cookie } })).status).toBe(200);
  });
});

describe('L6-2, L6-3: churn-api', () => {
  const url = nodePortUrl(30080);
  let token: string;

  beforeAll(async () => {
    token = await makeSecret(churn, 'churn');
    await churn.deploy('churn');
    await answers(`${url}/health`);
  });

  it('has its settings, by the command of the source', async () => {
    const printed = await churn.exec('deployment/churn-api', ['printenv', 'MODEL_NAME', 'LOG_LEVEL', 'MONITORING_TOKEN']);
    expect(printed.trim().split('\n')).toEqual(['churn_model_v1', 'info', token]);
  });

  it('predicts on port 30080 by the name that it was given', async () => {
    const answer = await post(`${url}/predict`, { ...CHURN, request_id: 'req-safe' });
    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ model: 'churn_model_v1', request_id: 'req-safe' });
  });

  it('shows its metrics to who has the token', async () => {
    expect((await fetch(`${url}/metrics`)).status).toBe(401);
    expect((await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });
});

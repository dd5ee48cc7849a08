/** Names, labels, ports and numbers as the sources have them, by requirement. What the pods then do is the cluster tests' to prove. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { strategies } from '../scripts/manifests/folders.ts';
import {
  type Deployment,
  type ManifestObject,
  ofKind,
  podTemplates,
  readObjects,
  type Service,
} from '../scripts/manifests/objects.ts';
import { ROOT, readRepositoryFile } from './repository.ts';

/** Any object, its specification read as the test needs it. */
type Loose = ManifestObject & { readonly spec: Record<string, unknown>; readonly data?: Record<string, string> };

function find(strategy: string, kind: string, name: string, namespace?: string): Loose {
  const found = [...readObjects(ROOT, strategy).values()].filter(
    (object) =>
      object.kind === kind &&
      object.metadata.name === name &&
      (namespace === undefined || object.metadata.namespace === namespace),
  );
  expect(found, `${kind} ${name} in ${strategy}`).toHaveLength(1);
  return found[0] as Loose;
}

const deployment = (strategy: string, name: string) => find(strategy, 'Deployment', name) as unknown as Deployment;
const service = (strategy: string, name: string) => find(strategy, 'Service', name) as unknown as Service;
const container = (strategy: string, name: string) => deployment(strategy, name).spec.template.spec.containers[0]!;

/** Deployments whose Service is `mlops-server-svc`: all strategies of one application. */
const FULL_STACK = strategies(ROOT).filter(
  (name) => !['pods', 'environments', 'replicas', 'mlops', 'mlops-nodeport', 'mlops-mlflow', 'churn'].includes(name),
);

describe('Fiche 2', () => {
  it('F2-4: three servers, a readiness probe, node port 30800', () => {
    expect(deployment('rolling', 'mlops-server').spec).toMatchObject({
      replicas: 3,
      selector: { matchLabels: { app: 'mlops-server' } },
    });
    expect(container('rolling', 'mlops-server')).toMatchObject({
      name: 'mlops-server',
      image: 'mlops-server:0.1.0',
      ports: [{ containerPort: 8000 }],
    });
    expect(container('rolling', 'mlops-server').readinessProbe).toBeDefined();
    expect(service('rolling', 'mlops-server-svc').spec).toMatchObject({
      type: 'NodePort',
      selector: { app: 'mlops-server' },
      ports: [{ port: 8000, nodePort: 30_800 }],
    });
  });

  it.each(FULL_STACK)('F2-5: %s has one client, which finds the server by its Service, on node port 30801', (strategy) => {
    expect(deployment(strategy, 'mlops-client').spec).toMatchObject({
      replicas: 1,
      selector: { matchLabels: { app: 'mlops-client' } },
    });
    expect(container(strategy, 'mlops-client')).toMatchObject({ image: 'mlops-client:latest', ports: [{ containerPort: 8501 }] });
    expect(container(strategy, 'mlops-client').env).toContainEqual({ name: 'API_URL', value: 'http://mlops-server-svc:8000' });
    expect(service(strategy, 'mlops-client-svc').spec).toMatchObject({
      type: 'NodePort',
      ports: [{ port: 8501, nodePort: 30_801 }],
    });
  });

  it.each([
    ['blue', '0.1.0'],
    ['green', '0.3.0'],
  ])('F2-7: three %s pods of %s', (colour, version) => {
    const labels = { app: 'mlops-server', version: colour };
    const { spec } = deployment('blue-green', `mlops-server-${colour}`);
    expect(spec).toMatchObject({ replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels } } });
    expect(container('blue-green', `mlops-server-${colour}`).image).toBe(`mlops-server:${version}`);
  });

  it('F2-7: traffic goes to blue alone', () => {
    expect(service('blue-green', 'mlops-server-svc').spec.selector).toEqual({ app: 'mlops-server', version: 'blue' });
  });

  it.each([
    ['stable', 3, '0.1.0'],
    ['canary', 1, '0.2.0'],
  ])('F2-8: %s has %i pods of %s', (track, replicas, version) => {
    const labels = { app: 'mlops-server', track };
    const { spec } = deployment('canary', `mlops-server-${track}`);
    expect(spec).toMatchObject({ replicas, selector: { matchLabels: labels }, template: { metadata: { labels } } });
    expect(container('canary', `mlops-server-${track}`).image).toBe(`mlops-server:${version}`);
  });

  it('F2-8: one Service selects both tracks', () => {
    expect(service('canary', 'mlops-server-svc').spec.selector).toEqual({ app: 'mlops-server' });
  });
});

describe('Phase 5', () => {
  it('P5-1: namespace mlops, and everything in it', () => {
    for (const { kind, metadata } of readObjects(ROOT, 'mlops').values()) {
      expect(kind === 'Namespace' ? metadata.name : metadata.namespace, `${kind} ${metadata.name}`).toBe('mlops');
    }
  });

  it('P5-1: the API, its Service, settings and Secret', () => {
    expect(container('mlops', 'iris-api')).toMatchObject({ image: 'iris-api:1.0.0' });
    expect(service('mlops', 'iris-api-service').spec).toMatchObject({
      type: 'ClusterIP',
      selector: { app: 'iris-api' },
      ports: [{ port: 8000 }],
    });
    expect(find('mlops', 'ConfigMap', 'iris-api-config').data).toEqual({
      ENVIRONMENT: 'production',
      MODEL_DIR: '/app/models',
      LOG_LEVEL: 'INFO',
    });
    expect(container('mlops', 'iris-api').env?.map(({ name }) => name)).toEqual([
      'ENVIRONMENT',
      'MODEL_DIR',
      'LOG_LEVEL',
      'API_KEY',
    ]);
    const { metadata, stringData } = parse(readRepositoryFile('k8s/mlops/secret.yaml.example'));
    expect([metadata.name, metadata.namespace, Object.keys(stringData)]).toEqual([
      'iris-api-secrets',
      'mlops',
      ['API_KEY', 'MLFLOW_TRACKING_URI'],
    ]);
  });

  it('P5-1: the variant with node port 30080 adds one Service', () => {
    const names = (strategy: string) => [...readObjects(ROOT, strategy).keys()];
    expect(names('mlops-nodeport').filter((name) => !names('mlops').includes(name))).toEqual([
      '40-service-iris-api-nodeport.yaml',
    ]);
    expect(service('mlops-nodeport', 'iris-api-nodeport').spec).toMatchObject({
      type: 'NodePort',
      selector: { app: 'iris-api' },
      ports: [{ port: 8000, nodePort: 30_080 }],
    });
  });

  it('P5-4: the variant with MLflow adds the server, its Service and volume, and a Job that trains; the API follows the alias', () => {
    expect(container('mlops-mlflow', 'mlflow-server')).toMatchObject({
      image: 'mlflow-server:3.17.2',
      ports: [{ containerPort: 5000 }],
      startupProbe: { httpGet: { path: '/health' } },
    });
    expect(deployment('mlops-mlflow', 'mlflow-server').spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(service('mlops-mlflow', 'mlflow-server-service').spec).toMatchObject({
      type: 'ClusterIP',
      selector: { app: 'mlflow-server' },
      ports: [{ port: 5000 }],
    });
    expect(find('mlops-mlflow', 'PersistentVolumeClaim', 'mlflow-pvc').metadata.namespace).toBe('mlops');
    const address = { name: 'MLFLOW_TRACKING_URI', value: 'http://mlflow-server-service:5000' };
    expect(container('mlops-mlflow', 'iris-api').env).toEqual(
      expect.arrayContaining([{ name: 'MODEL_URI', value: 'models:/iris@champion' }, address]),
    );
    const job = podTemplates(readObjects(ROOT, 'mlops-mlflow').values()).find(({ owner }) => owner.kind === 'Job')!;
    expect(job.spec.containers[0]).toMatchObject({ env: [address], command: expect.arrayContaining(['--alias=champion']) });
    // Names are allowed with their port only.
    const { value } = container('mlops-mlflow', 'mlflow-server').env!.find(({ name }) => name === 'MLFLOW_SERVER_ALLOWED_HOSTS')!;
    expect(value!.split(',')).toContain('mlflow-server-service:5000');
  });

  it('P5-2: 2 to 10 pods by CPU 70 % and memory 80 %, and no other number', () => {
    const utilization = (name: string, averageUtilization: number) => ({
      type: 'Resource',
      resource: { name, target: { type: 'Utilization', averageUtilization } },
    });
    expect(find('mlops', 'HorizontalPodAutoscaler', 'iris-api-hpa').spec).toMatchObject({
      scaleTargetRef: { kind: 'Deployment', name: 'iris-api' },
      minReplicas: 2,
      maxReplicas: 10,
      metrics: [utilization('cpu', 70), utilization('memory', 80)],
      behavior: { scaleDown: { stabilizationWindowSeconds: 60 } },
    });
    expect(deployment('mlops', 'iris-api').spec).not.toHaveProperty('replicas');
  });

  it('P5-3: an Ingress with TLS leads to the Service', () => {
    expect(find('mlops', 'Ingress', 'iris-api-ingress').spec).toMatchObject({
      tls: [{ hosts: ['iris.localhost'], secretName: 'iris-api-tls' }],
      rules: [{ host: 'iris.localhost', http: { paths: [{ path: '/', backend: { service: { name: 'iris-api-service' } } }] } }],
    });
  });
});

describe('Lab 6', () => {
  it('L6-2: two APIs in churn-mlops, Service port 80 and node port 30080 to 8000', () => {
    expect(find('churn', 'Namespace', 'churn-mlops').metadata.name).toBe('churn-mlops');
    expect(deployment('churn', 'churn-api')).toMatchObject({ metadata: { namespace: 'churn-mlops' }, spec: { replicas: 2 } });
    expect(container('churn', 'churn-api')).toMatchObject({
      name: 'api',
      image: 'churn-api:v1',
      ports: [{ containerPort: 8000 }],
    });
    expect(service('churn', 'churn-api-service').spec).toMatchObject({
      type: 'NodePort',
      selector: { app: 'churn-api' },
      ports: [{ port: 80, targetPort: 8000, nodePort: 30_080 }],
    });
  });

  it('L6-3: ConfigMap and Secret reach the container', () => {
    expect(find('churn', 'ConfigMap', 'churn-config').data).toEqual({ MODEL_NAME: 'churn_model_v1', LOG_LEVEL: 'info' });
    const from = (name: string, key: string) => ({ name, key });
    const { env } = container('churn', 'churn-api');
    expect(env?.filter(({ valueFrom }) => valueFrom)).toEqual([
      { name: 'MODEL_NAME', valueFrom: { configMapKeyRef: from('churn-config', 'MODEL_NAME') } },
      { name: 'LOG_LEVEL', valueFrom: { configMapKeyRef: from('churn-config', 'LOG_LEVEL') } },
      { name: 'MONITORING_TOKEN', valueFrom: { secretKeyRef: from('churn-secret', 'MONITORING_TOKEN') } },
    ]);
  });

  it('L6-5: a Job on the same image trains into the claim, whose three folders the servers mount', () => {
    expect(find('churn', 'PersistentVolumeClaim', 'churn-storage').metadata.namespace).toBe('churn-mlops');
    const [job] = podTemplates([find('churn', 'Job', 'churn-train')]);
    const { spec } = deployment('churn', 'churn-api').spec.template;
    const claim = [{ name: 'storage', persistentVolumeClaim: { claimName: 'churn-storage' } }];
    expect([job!.spec.volumes, spec.volumes]).toEqual([claim, claim]);
    const mounts = ['registry', 'models', 'logs'].map((folder) => ({
      name: 'storage',
      mountPath: `/app/${folder}`,
      subPath: folder,
    }));
    expect(spec.containers[0]).toMatchObject({ volumeMounts: mounts });
    expect(job!.spec.containers[0]).toMatchObject({ image: 'churn-api:v1', volumeMounts: mounts.slice(0, 2) });
    expect(spec.containers[0]!.env).toEqual(
      expect.arrayContaining([
        { name: 'REGISTRY_DIR', value: '/app/registry' },
        { name: 'PREDICTION_LOG', value: 'file:/app/logs' },
      ]),
    );
    // Both write to the volume as one group, whoever the cluster lets them be.
    for (const pod of [job!.spec, spec]) expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, fsGroup: 10_001 });
  });

  it('L6-5: the Job tries again what may pass the next time, and not a model that the gate refuses', () => {
    expect(find('churn', 'Job', 'churn-train').spec).toMatchObject({
      backoffLimit: 3,
      podFailurePolicy: {
        rules: [{ action: 'FailJob', onExitCodes: { containerName: 'train', operator: 'In', values: [2, 3] } }],
      },
    });
  });

  it('F3-4, L6-6: a CronJob trains again each night from the log and the registry of the claim, one at a time, and not again what was refused or held back', () => {
    const { spec } = find('churn', 'CronJob', 'churn-retrain') as unknown as { spec: Record<string, unknown> };
    expect(spec).toMatchObject({
      schedule: '0 3 * * *',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
      jobTemplate: {
        spec: {
          podFailurePolicy: {
            rules: [{ action: 'FailJob', onExitCodes: { containerName: 'retrain', operator: 'In', values: [2, 3, 4] } }],
          },
        },
      },
    });
    const [pod] = podTemplates([find('churn', 'CronJob', 'churn-retrain')]);
    expect(pod!.spec).toMatchObject({ restartPolicy: 'Never', securityContext: { fsGroup: 10_001 } });
    expect(pod!.spec.containers[0]).toMatchObject({
      image: 'churn-api:v1',
      command: expect.arrayContaining(['node', 'retrain.js', '--dataset=churn']),
      env: [
        { name: 'REGISTRY_DIR', value: '/app/registry' },
        { name: 'PREDICTION_LOG', value: 'file:/app/logs' },
      ],
      volumeMounts: [
        { name: 'storage', mountPath: '/app/registry', subPath: 'registry' },
        { name: 'storage', mountPath: '/app/logs', subPath: 'logs', readOnly: true },
      ],
    });
  });

  it('L6-8: only pods of the namespace, by allow-internal-services, as the lab has it', () => {
    expect(find('churn', 'NetworkPolicy', 'allow-internal-services').spec).toEqual({
      podSelector: { matchLabels: { app: 'churn-api' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [{ podSelector: {} }], ports: [{ port: 8000, protocol: 'TCP' }] }],
    });
  });
});

describe('Advanced deployment', () => {
  it.each([
    ['api-pod', '0.1.0'],
    ['api-pod-1', '0.1.0'],
    ['api-pod-2', '0.2.0'],
    ['api-pod-3', '0.3.0'],
  ])('A-1: %s is a pod of version %s', (name, version) => {
    const pod = find('pods', 'Pod', name);
    expect(pod.metadata.labels).toMatchObject({ app: 'api', version });
    expect(podTemplates([pod])[0]!.spec.containers[0]).toMatchObject({
      name: 'api',
      image: `api:${version}`,
      ports: [{ containerPort: 8000 }],
    });
  });

  it.each([
    ['prod', '0.1.0'],
    ['qualif', '0.2.0'],
    ['dev', '0.3.0'],
  ])('A-2: namespace %s has api-pod of version %s', (environment, version) => {
    const pod = find('environments', 'Pod', 'api-pod', environment);
    expect(find('environments', 'Namespace', environment)).toBeDefined();
    expect(pod.metadata.labels).toMatchObject({ app: 'api', environment });
    expect(podTemplates([pod])[0]!.spec.containers[0]!.image).toBe(`api:${version}`);
  });

  it('A-3: ten pods, ten seconds, one at a time', () => {
    expect(deployment('replicas', 'api-deploy').spec).toMatchObject({
      replicas: 10,
      minReadySeconds: 10,
      selector: { matchLabels: { app: 'api' } },
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 1 } },
    });
    expect(container('replicas', 'api-deploy')).toMatchObject({ name: 'api-pod', image: 'api:0.1.0' });
  });

  it('A-4: node port 30001', () => {
    const { metadata, spec } = service('replicas', 'api-svc');
    expect(metadata.labels).toMatchObject({ app: 'api' });
    expect(spec).toMatchObject({
      type: 'NodePort',
      selector: { app: 'api' },
      ports: [{ port: 8000, nodePort: 30_001, protocol: 'TCP' }],
    });
  });

  it('A-5: the tutorial’s requests and limits, asked at /health whether it lives', () => {
    const { image, resources, livenessProbe } = container('limits', 'mlops-server');
    expect(image).toBe('mlops-server:0.2.0');
    expect(resources.requests).toMatchObject({ cpu: '250m', memory: '64Mi' });
    expect(resources.limits).toMatchObject({ cpu: '500m', memory: '128Mi' });
    expect(livenessProbe?.httpGet?.path).toBe('/health');
  });

  it('A-6: canary 9 : 1, otherwise as the canary', () => {
    const counts = ofKind<Deployment>(readObjects(ROOT, 'canary-9-1').values(), 'Deployment').map(({ metadata, spec }) => [
      metadata.name,
      spec.replicas,
    ]);
    expect(Object.fromEntries(counts)).toEqual({ 'mlops-client': 1, 'mlops-server-canary': 1, 'mlops-server-stable': 9 });
    expect([...readObjects(ROOT, 'canary-9-1').keys()]).toEqual([...readObjects(ROOT, 'canary').keys()]);
  });
});

describe('Fiche 3', () => {
  it('F3-1: the ConfigMap’s values reach the server', () => {
    expect(find('config', 'ConfigMap', 'iris-config').data).toEqual({
      API_NAME: 'Iris Predictor',
      API_DESCRIPTION: "API de prédiction de l'espèce d'iris",
    });
    for (const name of ['API_NAME', 'API_DESCRIPTION']) {
      expect(container('config', 'mlops-server').env).toContainEqual({
        name,
        valueFrom: { configMapKeyRef: { name: 'iris-config', key: name } },
      });
    }
  });

  it.each(['mlops-server', 'mlops-client'])('F3-2: the Secret’s key reaches %s', (name) => {
    expect(container('config', name).env).toContainEqual({
      name: 'API_KEY',
      valueFrom: { secretKeyRef: { name: 'iris-secrets', key: 'api-key' } },
    });
  });

  it('F3-2: the page that has the key asks for a password, which is another Secret', () => {
    expect(container('config', 'mlops-client').env).toContainEqual({
      name: 'LOGIN_PASSWORD',
      valueFrom: { secretKeyRef: { name: 'iris-login', key: 'password' } },
    });
  });

  it('F3-3: PostgreSQL 15 on a volume, its password from a Secret', () => {
    const { spec } = deployment('database', 'postgres-db');
    expect(spec).toMatchObject({ replicas: 1, strategy: { type: 'Recreate' }, selector: { matchLabels: { app: 'postgres' } } });
    expect(spec.template.spec.volumes).toContainEqual({
      name: 'postgres-data',
      persistentVolumeClaim: { claimName: 'postgres-pvc' },
    });
    const environment = container('database', 'postgres-db').env!.map(({ name, value }) => [name, value]);
    expect(Object.fromEntries(environment)).toMatchObject({
      POSTGRES_DB: 'irisdb',
      // The superuser; `iris` and the others are made by roles.sql.
      POSTGRES_USER: 'postgres',
      POSTGRES_PASSWORD_FILE: expect.any(String),
    });
    expect(find('database', 'ConfigMap', 'postgres-roles').data?.['roles.sql']).toMatch(/\biris\b.*owns the database/);
    expect(container('database', 'postgres-db').image).toBe('postgres:15');
    expect(find('database', 'PersistentVolumeClaim', 'postgres-pvc').spec).toMatchObject({
      accessModes: ['ReadWriteOnce'],
      resources: { requests: { storage: '1Gi' } },
    });
    expect(service('database', 'postgres-svc').spec).toMatchObject({ selector: { app: 'postgres' }, ports: [{ port: 5432 }] });
    expect(container('database', 'mlops-server').env?.map(({ name }) => name)).toContain('DATABASE_URL');
  });

  it('F3-5: the MCP server, asked at / whether it serves, on node port 30900', () => {
    for (const strategy of ['mcp', 'agent']) {
      const server = container(strategy, 'mcp-server');
      expect(server).toMatchObject({ image: 'mcp-server:latest', ports: [{ containerPort: 8000 }] });
      expect(server.readinessProbe?.httpGet).toEqual({ path: '/', port: 'http' });
      expect(service(strategy, 'mcp-server-svc').spec).toMatchObject({
        type: 'NodePort',
        selector: { app: 'mcp-server' },
        ports: [{ port: 8000, nodePort: 30_900 }],
      });
    }
  });

  it('the MCP server on a node port asks for a token, which the agent has', () => {
    const token = { name: 'MCP_TOKEN', valueFrom: { secretKeyRef: { name: 'mcp-secrets', key: 'token' } } };
    for (const strategy of ['mcp', 'agent']) {
      expect(container(strategy, 'mcp-server').env).toContainEqual(token);
      expect(parse(readRepositoryFile(`k8s/${strategy}/secret.yaml.example`)).stringData).toHaveProperty('token');
    }
    expect(container('agent', 'mlops-agent').env).toContainEqual(token);
  });

  it('F3-6: the agent is told the MCP server’s address', () => {
    expect(container('agent', 'mlops-agent').env).toContainEqual({
      name: 'MCP_SERVER_URL',
      value: 'http://mcp-server-svc:8000/sse',
    });
    expect(container('agent', 'mlops-client').env).toContainEqual({ name: 'AGENT_URL', value: 'http://mlops-agent-svc:8000' });
    expect(service('agent', 'mlops-agent-svc').spec).toMatchObject({ selector: { app: 'mlops-agent' }, ports: [{ port: 8000 }] });
  });

  it('F3-4: every minute, one at a time, three good runs and a bad one kept', () => {
    expect(find('cronjob', 'CronJob', 'iris-retrainer').spec).toMatchObject({
      schedule: '*/1 * * * *',
      concurrencyPolicy: 'Forbid',
      successfulJobsHistoryLimit: 3,
      failedJobsHistoryLimit: 1,
    });
    const [pod] = podTemplates([find('cronjob', 'CronJob', 'iris-retrainer')]);
    expect(pod!.spec).toMatchObject({ restartPolicy: 'OnFailure', containers: [{ name: 'retrainer' }] });
    expect(JSON.stringify(pod!.spec.containers[0])).toContain('http://mlops-server-svc:8000/predict');
  });
});

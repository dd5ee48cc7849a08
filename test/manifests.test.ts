/** What holds for every folder of `k8s/`, whatever its strategy. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import * as agent from '../apps/agent/src/config.ts';
import * as api from '../apps/api/src/config.ts';
import * as mcp from '../apps/mcp-server/src/config.ts';
import * as web from '../apps/web/src/lib/server/config.ts';
import { PLACEHOLDER } from '../scripts/k8s/strategy.ts';
import { DIGESTS, digestLines, strategies } from '../scripts/manifests/folders.ts';
import { type Deployment, type ManifestObject, ofKind, podTemplates, readObjects } from '../scripts/manifests/objects.ts';
import { ROOT, readRepositoryFile, repositoryFiles } from './repository.ts';

/** What runs in an image, where it is not the API. */
const PROGRAMS: Readonly<Record<string, { readonly settings: object; readonly probes: readonly string[] }>> = {
  'mlops-client:latest': { settings: web.SETTINGS, probes: ['/healthz', '/healthz', '/healthz'] },
  'mcp-server:latest': { settings: mcp.SETTINGS, probes: ['/health', '/', '/health'] },
  'mlops-agent:latest': { settings: agent.SETTINGS, probes: ['/health', '/ready', '/health'] },
};
const API = { settings: api.SETTINGS, probes: ['/startup', '/ready', '/health'] };
const programOf = (image: string) => PROGRAMS[image] ?? API;

/** Programs of others, of which there is one, as one volume has one writer. */
const SINGLE = ['postgres', 'mlflow-server'];

/** What the API needs after its drain to give back its database connections. */
const POOL_END_S = 6;

const folders = strategies(ROOT).map((strategy) => ({ strategy, objects: [...readObjects(ROOT, strategy).values()] }));
const objects = folders.flatMap(({ strategy, objects }) =>
  objects.map((object) => ({ title: `${strategy}: ${object.kind} ${object.metadata.name}`, object })),
);
const pods = folders.flatMap(({ strategy, objects }) =>
  podTemplates(objects).map((pod) => ({
    title: `${strategy}: ${pod.owner.kind} ${pod.owner.metadata.name}`,
    pod,
    container: pod.spec.containers[0]!,
    folder: objects,
  })),
);
const serving = pods.filter(({ container }) => container.ports?.[0]?.name === 'http');

type Secret = ManifestObject & { readonly stringData: Readonly<Record<string, string>> };

/** The Secrets of an example file. */
const secretsOf = (path: string): Secret[] =>
  parseAllDocuments(readRepositoryFile(path)).map((document) => document.toJS() as Secret);

describe('k8s/', () => {
  it('is rendered from what is there now; if not: npm run manifests', () => {
    expect(digestLines(ROOT)).toBe(readRepositoryFile(DIGESTS));
  });

  it.each(strategies(ROOT))('%s: kubectl apply -f and -k take the same files', (strategy) => {
    const names = readdirSync(join(ROOT, 'k8s', strategy));
    const taken = names.filter((name) => /\.(ya?ml|json)$/.test(name) && name !== 'secret.yaml').sort();
    // One with an extension would be applied by -f, and refused.
    expect(names.filter((name) => /^kustomization/i.test(name))).toEqual(['Kustomization']);
    expect(parse(readRepositoryFile(`k8s/${strategy}/Kustomization`)).resources).toEqual(taken);
  });

  it.each(strategies(ROOT))('%s: says what it is for', (strategy) => {
    expect(readRepositoryFile(`k8s/${strategy}/README.md`)).toMatch(/^# .+\n/);
    expect(readRepositoryFile('k8s/README.md')).toContain(`](${strategy}/README.md)`);
  });

  it('P5-9: git has no Secret, only examples without a value', () => {
    expect(objects.filter(({ object }) => object.kind === 'Secret')).toEqual([]);
    expect(repositoryFiles('k8s/*secret.yaml', 'k8s/**/*secret.yaml')).toEqual([]);
    const examples = repositoryFiles('k8s/**/secret.yaml.example');
    expect(examples.length).toBeGreaterThan(0);
    for (const path of examples) {
      const values = secretsOf(path).flatMap(({ stringData }) => Object.values(stringData));
      for (const value of values) expect(value === '' || value.search(PLACEHOLDER) >= 0, path).toBe(true);
    }
  });

  it.each(objects)('$title has our label and says what it is for', ({ object: { metadata } }) => {
    expect(metadata.labels).toMatchObject({ 'app.kubernetes.io/part-of': 'iris' });
    expect(metadata.annotations?.['kubernetes.io/description']).toMatch(/\.$/);
  });

  it.each(folders)('$strategy: claims no node port twice', ({ objects }) => {
    const ports = objects.flatMap(({ kind, spec }: ManifestObject & { spec?: { ports?: { nodePort?: number }[] } }) =>
      kind === 'Service' ? (spec?.ports ?? []).flatMap(({ nodePort }) => nodePort ?? []) : [],
    );
    expect(new Set(ports).size).toBe(ports.length);
  });
});

describe('every pod', () => {
  it.each(pods)(
    'P5-9: $title meets the Pod Security Standard restricted, and cannot write to its image',
    ({ pod, container }) => {
      expect(pod.spec.containers).toHaveLength(1);
      expect(pod.spec).not.toHaveProperty('initContainers');
      for (const host of ['hostNetwork', 'hostPID', 'hostIPC']) expect(pod.spec).not.toHaveProperty(host);
      expect(pod.spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod.spec.securityContext.runAsUser).toBeGreaterThan(0);
      expect(container.securityContext).toEqual({
        allowPrivilegeEscalation: false,
        readOnlyRootFilesystem: true,
        capabilities: { drop: ['ALL'] },
      });
      const kinds = (pod.spec.volumes ?? []).flatMap((volume) => Object.keys(volume).filter((key) => key !== 'name'));
      expect(['emptyDir', 'persistentVolumeClaim', 'secret', 'configMap']).toEqual(expect.arrayContaining(kinds));
    },
  );

  it.each(pods)('$title has an identity of its own without a token, and no variables of other Services', ({ pod, folder }) => {
    expect(pod.spec).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    const accounts = ofKind(folder, 'ServiceAccount').filter(
      ({ metadata }) => metadata.namespace === pod.owner.metadata.namespace,
    );
    expect(accounts.map(({ metadata }) => metadata.name)).toContain(pod.spec.serviceAccountName);
    const sharers = podTemplates(folder).filter(({ spec }) => spec.serviceAccountName === pod.spec.serviceAccountName);
    expect(new Set(sharers.map(({ metadata }) => metadata.labels.app)).size).toBe(1);
  });

  it.each(pods)('$title asks for little, and has limits', ({ container: { resources } }) => {
    for (const name of ['cpu', 'memory', 'ephemeral-storage']) {
      expect(resources.requests[name]).toBeDefined();
      expect(resources.limits[name]).toBeDefined();
    }
  });

  it.each(folders)('$strategy fits two cores', ({ objects }) => {
    const milliCores = podTemplates(objects).map(({ owner, spec }) => {
      const { replicas = 2 } = (owner as ManifestObject & { spec: { replicas?: number } }).spec;
      return Number.parseInt(spec.containers[0]!.resources.requests.cpu!, 10) * (owner.kind === 'Deployment' ? replicas : 1);
    });
    expect(milliCores.reduce((sum, value) => sum + value, 0)).toBeLessThanOrEqual(1500);
  });

  it.each(pods)('$title takes its image from the node, by a tag that says which', ({ container: { image, imagePullPolicy } }) => {
    expect(imagePullPolicy).toBe('IfNotPresent');
    // The course's own exceptions.
    if (!(image in PROGRAMS)) expect(image).toMatch(/:v?\d[\d.]*$/);
  });

  it.each(pods)('$title is spread over nodes with its own kind', ({ pod }) => {
    if (pod.owner.kind === 'CronJob' || pod.owner.kind === 'Job') return;
    for (const { labelSelector } of pod.spec.topologySpreadConstraints!)
      expect(pod.metadata.labels).toMatchObject(labelSelector.matchLabels);
    expect(pod.spec.topologySpreadConstraints).toHaveLength(1);
  });
});

describe('every pod that serves HTTP', () => {
  it('is one of many', () => expect(serving.length).toBeGreaterThan(15));

  it.each(serving)('$title is asked whether it started, serves and lives', ({ container }) => {
    const paths = [container.startupProbe, container.readinessProbe, container.livenessProbe].map(
      (probe) => probe?.httpGet?.path,
    );
    expect(paths).toEqual(programOf(container.image).probes);
  });

  it.each(serving)('$title leaves the Service before it drains, and has the time to end', ({ pod, container }) => {
    const pause = container.lifecycle!.preStop.sleep.seconds;
    expect(pause).toBeGreaterThanOrEqual(3);
    const programs = [api.readConfig({ MODEL_FILE: 'model.json' }), web.readConfig({}), mcp.readConfig({}), agent.readConfig({})];
    for (const { DRAIN_MS, SHUTDOWN_MS } of programs) {
      expect(pod.spec.terminationGracePeriodSeconds).toBeGreaterThan(pause + (DRAIN_MS + SHUTDOWN_MS) / 1000 + POOL_END_S);
    }
  });

  it.each(serving)('$title is given only settings that its program has', ({ container }) => {
    const known = programOf(container.image).settings;
    expect(Object.keys(known)).toEqual(expect.arrayContaining((container.env ?? []).map(({ name }) => name)));
  });

  it.each(serving)(
    '$title finds each ConfigMap key in its folder, and each Secret key in its example',
    ({ title, container, folder }) => {
      for (const { valueFrom } of container.env ?? []) {
        const { configMapKeyRef: config, secretKeyRef: secret } = valueFrom ?? {};
        const map = ofKind<ManifestObject & { data: Record<string, string> }>(folder, 'ConfigMap').find(
          ({ metadata }) => metadata.name === config?.name,
        );
        if (config) expect(map?.data).toHaveProperty(config.key);
        const example = `k8s/${title.split(':')[0]}/secret.yaml.example`;
        if (secret)
          expect(secretsOf(example).find(({ metadata }) => metadata.name === secret.name)?.stringData).toHaveProperty([
            secret.key,
          ]);
      }
    },
  );
});

describe('every Deployment of ours', () => {
  const deployments = pods.filter(({ pod }) => pod.owner.kind === 'Deployment' && !SINGLE.includes(pod.metadata.labels.app!));

  it.each(deployments)('$title replaces a pod only by one that is Ready, and gives up one that never is', ({ pod }) => {
    const { spec } = pod.owner as ManifestObject & { spec: Record<string, unknown> };
    const tutorial = pod.owner.metadata.name === 'api-deploy';
    expect(spec.strategy).toEqual({ type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: tutorial ? 1 : 0 } });
    expect(spec.minReadySeconds).toBeGreaterThanOrEqual(5);
    expect(spec.progressDeadlineSeconds).toBeGreaterThan(30 + Number(spec.minReadySeconds));
  });

  it.each(deployments.filter(({ pod }) => pod.metadata.labels.app !== 'mlops-client'))(
    '$title is under exactly one PodDisruptionBudget',
    ({ pod, folder }) => {
      const budgets = ofKind<ManifestObject & { spec: { selector: { matchLabels: Record<string, string> } } }>(
        folder,
        'PodDisruptionBudget',
      );
      const covering = budgets.filter(({ spec }) =>
        Object.entries(spec.selector.matchLabels).every(([key, value]) => pod.metadata.labels[key] === value),
      );
      expect(covering).toHaveLength(1);
      expect(covering[0]!.spec).toMatchObject({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow' });
    },
  );
});

describe('every Job', () => {
  const jobs = pods.filter(({ pod }) => pod.owner.kind === 'Job');

  it.each(jobs)(
    '$title has the version of its image in its name, as its template cannot change, and goes when it is done',
    ({ pod, container }) => {
      // Lab 6 gives its own a name without one; two minutes after its end the next apply makes it anew.
      const version = pod.owner.metadata.name === 'churn-train' ? '' : `-${container.image.split(':')[1]!.replaceAll('.', '-')}`;
      expect(pod.owner.metadata.name).toMatch(new RegExp(`${version}$`));
      expect((pod.owner as ManifestObject & { spec: object }).spec).toMatchObject({ ttlSecondsAfterFinished: 120 });
    },
  );

  it.each(jobs)('$title runs what the servers of its folder run', ({ folder, container }) => {
    const images = ofKind<Deployment>(folder, 'Deployment').flatMap(({ spec }) =>
      spec.template.spec.containers.map(({ image }) => image),
    );
    expect(images).toContain(container.image);
  });
});

describe('the example of a Secret', () => {
  it.each(repositoryFiles('k8s/**/secret.yaml.example'))('%s stands in a folder that needs it', (path) => {
    const folder = path.split('/')[1]!;
    expect(existsSync(join(ROOT, 'k8s/overlays', folder))).toBe(true);
    const objects = JSON.stringify([...readObjects(ROOT, folder).values()]);
    for (const { metadata } of secretsOf(path)) expect(objects).toContain(`"${metadata.name}"`);
  });
});

/** Who may talk to whom, as the NetworkPolicies say it. That the cluster holds to it is the cluster tests' to prove. */
import { describe, expect, it } from 'vitest';
import { strategies } from '../scripts/manifests/folders.ts';
import { type ManifestObject, ofKind, podTemplates, readObjects, type Service } from '../scripts/manifests/objects.ts';
import { ROOT } from './repository.ts';

interface Selector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: 'In'; readonly values: readonly string[] }[];
}

interface Peer {
  readonly podSelector?: Selector;
  readonly namespaceSelector?: Selector;
  readonly ipBlock?: { readonly cidr: string; readonly except: readonly string[] };
}

interface Policy extends ManifestObject {
  readonly kind: 'NetworkPolicy';
  readonly spec: {
    readonly podSelector: Selector;
    readonly policyTypes: readonly ('Ingress' | 'Egress')[];
    readonly ingress?: readonly {
      readonly from: readonly Peer[];
      readonly ports: readonly { readonly port: string | number }[];
    }[];
    readonly egress?: readonly { readonly to: readonly Peer[] }[];
  };
}

interface Ingress extends ManifestObject {
  readonly kind: 'Ingress';
  readonly spec: {
    readonly rules: readonly {
      readonly http: { readonly paths: readonly { readonly backend: { readonly service: { readonly name: string } } }[] };
    }[];
  };
}

type Labels = Readonly<Record<string, string>>;

const folders = strategies(ROOT).map((strategy) => {
  const objects = [...readObjects(ROOT, strategy).values()];
  return { strategy, objects, policies: ofKind<Policy>(objects, 'NetworkPolicy'), pods: podTemplates(objects) };
});

function selects(selector: Selector, labels: Labels): boolean {
  const { matchLabels = {}, matchExpressions = [] } = selector;
  return (
    Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
    matchExpressions.every(({ key, values }) => labels[key] !== undefined && values.includes(labels[key]))
  );
}

/** Whether outside clients reach a pod. */
function admitsOutside(policies: readonly Policy[], labels: Labels): boolean {
  return policies.some(
    ({ spec }) =>
      selects(spec.podSelector, labels) &&
      spec.ingress?.some(({ from }) => from.some(({ ipBlock }) => ipBlock?.cidr === '0.0.0.0/0')),
  );
}

/** A peer in other namespaces: clients without a label, or with one that anybody there can set. */
const isForeignPeer = ({ namespaceSelector }: Peer): boolean => namespaceSelector !== undefined;

/** Whether a pod reaches another one of its namespace: both its way out and the other's way in must be open. */
function reaches(policies: readonly Policy[], from: Labels, to: Labels): boolean {
  const out = policies.some(
    ({ spec }) =>
      selects(spec.podSelector, from) &&
      spec.egress?.some((rule) => rule.to.some((peer) => isPodPeer(peer) && selects(peer.podSelector!, to))),
  );
  const into = policies.some(
    ({ spec }) =>
      selects(spec.podSelector, to) &&
      spec.ingress?.some((rule) => rule.from.some((peer) => isPodPeer(peer) && selects(peer.podSelector!, from))),
  );
  return out && into;
}

function isPodPeer(peer: Peer): boolean {
  return peer.podSelector !== undefined && peer.namespaceSelector === undefined;
}

describe.each(folders)('$strategy', ({ objects, policies, pods }) => {
  it('refuses every pod everything that no policy names', () => {
    for (const { owner, metadata } of pods) {
      const own = policies.filter((policy) => policy.metadata.namespace === owner.metadata.namespace);
      const denies = own.filter(
        ({ spec }) => spec.policyTypes.length === 2 && spec.ingress === undefined && spec.egress === undefined,
      );
      expect(denies.some(({ spec }) => selects(spec.podSelector, metadata.labels))).toBe(true);
    }
  });

  it('leaves pods of others alone', () => {
    const clients = ['mlops-server', 'iris-api', 'mcp-server', 'mlops-agent', 'mlflow-server'].map((name) => [
      `${name}-client`,
      'true',
    ]);
    const foreign = { app: 'somebody-elses', ...Object.fromEntries(clients) };
    for (const { metadata, spec } of policies) expect(selects(spec.podSelector, foreign), metadata.name).toBe(false);
  });

  it('lets every pod ask DNS', () => {
    const dns = policies.filter(({ metadata }) => metadata.name === 'iris-allow-dns');
    for (const { metadata } of pods) expect(dns.some(({ spec }) => selects(spec.podSelector, metadata.labels))).toBe(true);
  });

  it('admits outside clients to what has a node port or an Ingress, and to nothing else', () => {
    const behind = ofKind<Ingress>(objects, 'Ingress').flatMap(({ spec }) =>
      spec.rules.flatMap(({ http }) => http.paths.map(({ backend }) => backend.service.name)),
    );
    const open = ofKind<Service>(objects, 'Service').filter(
      ({ metadata, spec }) => behind.includes(metadata.name) || spec.type === 'NodePort',
    );
    for (const { metadata } of pods) {
      // A bare pod of the tutorial is one that the Service of `replicas` would select.
      const expected = metadata.labels.app === 'api' || open.some(({ spec }) => spec.selector.app === metadata.labels.app);
      expect(admitsOutside(policies, metadata.labels), metadata.labels.app).toBe(expected);
    }
  });

  it('admits pods of other namespaces only where an Ingress has its controller in one, and DNS', () => {
    const foreign = policies.flatMap(({ spec }) => spec.ingress ?? []).filter(({ from }) => from.some(isForeignPeer));
    expect(foreign.length > 0).toBe(objects.some(({ kind }) => kind === 'Ingress'));
  });

  it('names edges by port', () => {
    for (const rule of policies.flatMap(({ spec }) => spec.ingress ?? [])) expect(rule.ports.length).toBeGreaterThan(0);
  });
});

describe('the edges', () => {
  const { policies, pods } = folders.find(({ strategy }) => strategy === 'database')!;
  const labels = (app: string) => pods.find(({ metadata }) => metadata.labels.app === app)!.metadata.labels;

  it.each([
    ['mlops-client', 'mlops-server', true],
    ['mlops-server', 'postgres', true],
    ['mlops-server-migrate', 'postgres', true],
    ['prediction-retention', 'postgres', true],
    ['postgres-backup', 'postgres', true],
    ['postgres-restore', 'postgres', true],
    ['mlops-server-migrate', 'mlops-server', false],
    ['prediction-retention', 'mlops-server', false],
    ['postgres-backup', 'mlops-server', false],
    ['mlops-client', 'postgres', false],
    ['postgres', 'mlops-server', false],
    ['mlops-server', 'mlops-client', false],
  ])('%s to %s: %s', (from, to, open) => {
    expect(reaches(policies, labels(from), labels(to))).toBe(open);
  });

  it.each([
    ['mlops-client', 'mlops-agent', true],
    ['mlops-agent', 'mcp-server', true],
    ['mcp-server', 'mcp-server', true],
    ['mcp-server', 'mlops-server', true],
    ['mlops-client', 'mlops-server', true],
    ['mlops-agent', 'mlops-server', false],
    ['mlops-client', 'mcp-server', false],
    ['mcp-server', 'mlops-agent', false],
    ['mlops-server', 'mcp-server', false],
  ])('of the agent: %s to %s: %s', (from, to, open) => {
    const folder = folders.find(({ strategy }) => strategy === 'agent')!;
    const of = (app: string) => folder.pods.find(({ metadata }) => metadata.labels.app === app)!.metadata.labels;
    expect(reaches(folder.policies, of(from), of(to))).toBe(open);
  });

  it.each([
    ['iris-api', 'mlflow-server', true],
    ['iris-train', 'mlflow-server', true],
    ['mlflow-server', 'iris-api', false],
    ['iris-train', 'iris-api', false],
  ])('of MLflow: %s to %s: %s', (from, to, open) => {
    const folder = folders.find(({ strategy }) => strategy === 'mlops-mlflow')!;
    const of = (app: string) => folder.pods.find(({ metadata }) => metadata.labels.app === app)!.metadata.labels;
    expect(reaches(folder.policies, of(from), of(to))).toBe(open);
  });

  it('no pod of the agent’s reaches anything outside, a language model neither, until a policy is added', () => {
    const folder = folders.find(({ strategy }) => strategy === 'agent')!;
    const blocks = folder.policies
      .flatMap(({ spec }) => spec.egress ?? [])
      .flatMap(({ to }) => to.flatMap(({ ipBlock }) => ipBlock ?? []));
    expect(blocks).toEqual([]);
  });

  it('the CronJob reaches the server', () => {
    const cronjob = folders.find(({ strategy }) => strategy === 'cronjob')!;
    const job = cronjob.pods.find(({ owner }) => owner.kind === 'CronJob')!;
    expect(reaches(cronjob.policies, job.metadata.labels, labels('mlops-server'))).toBe(true);
  });

  it('outside is everywhere but the pods’ own range', () => {
    const blocks = policies
      .flatMap(({ spec }) => spec.ingress ?? [])
      .flatMap(({ from }) => from.flatMap(({ ipBlock }) => ipBlock ?? []));
    expect(blocks).toEqual([
      { cidr: '0.0.0.0/0', except: ['10.244.0.0/16'] },
      { cidr: '::/0', except: ['fd00:10:244::/56'] },
    ]);
  });
});

/** The rendered folders as objects: as much of Kubernetes' types as is read here. */
import { parse } from 'yaml';
import { readRendered } from './folders.ts';

type Labels = Readonly<Record<string, string>>;

/** What every object has. */
export interface ManifestObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Labels;
    readonly annotations?: Labels;
  };
}

/** A Service. */
export interface Service extends ManifestObject {
  readonly kind: 'Service';
  readonly spec: {
    readonly type?: string;
    readonly selector: Labels;
    readonly ports: readonly { readonly name?: string; readonly port: number; readonly nodePort?: number }[];
  };
}

/** A source of one value of the environment. */
interface EnvironmentVariable {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly configMapKeyRef?: { readonly name: string; readonly key: string };
    readonly secretKeyRef?: { readonly name: string; readonly key: string };
  };
}

/** A probe, by HTTP or another way. */
interface Probe {
  readonly httpGet?: { readonly path: string; readonly port: string };
  readonly periodSeconds: number;
  readonly failureThreshold: number;
}

/** A container. */
interface Container {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: string;
  readonly env?: readonly EnvironmentVariable[];
  readonly ports?: readonly { readonly name: string; readonly containerPort: number }[];
  readonly resources: { readonly requests: Labels; readonly limits: Labels };
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle?: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
  readonly securityContext: Readonly<Record<string, unknown>>;
}

/** What a pod is. */
interface PodSpec {
  readonly serviceAccountName: string;
  readonly automountServiceAccountToken: boolean;
  readonly enableServiceLinks: boolean;
  readonly terminationGracePeriodSeconds: number;
  readonly restartPolicy?: string;
  readonly hostNetwork?: boolean;
  readonly securityContext: Readonly<Record<string, unknown>>;
  readonly topologySpreadConstraints?: readonly { readonly labelSelector: { readonly matchLabels: Labels } }[];
  readonly containers: readonly Container[];
  readonly volumes?: readonly Readonly<Record<string, unknown>>[];
}

/** A pod, or the template of one. */
export interface PodTemplate {
  readonly metadata: { readonly labels: Labels };
  readonly spec: PodSpec;
}

/** A Deployment. */
export interface Deployment extends ManifestObject {
  readonly kind: 'Deployment';
  readonly spec: {
    readonly replicas?: number;
    readonly minReadySeconds: number;
    readonly progressDeadlineSeconds: number;
    readonly strategy: {
      readonly type: string;
      readonly rollingUpdate?: { readonly maxUnavailable: number; readonly maxSurge: number };
    };
    readonly selector: { readonly matchLabels: Labels };
    readonly template: PodTemplate;
  };
}

/** The objects of a strategy's rendered folder, by file. */
export function readObjects(root: string, strategy: string): Map<string, ManifestObject> {
  const files = [...readRendered(root, strategy)].filter(([name]) => name.endsWith('.yaml'));
  return new Map(files.map(([name, text]) => [name, parse(text) as ManifestObject]));
}

/** Those of one kind. */
export function ofKind<T extends ManifestObject>(objects: Iterable<ManifestObject>, kind: T['kind']): T[] {
  return [...objects].filter((object): object is T => object.kind === kind);
}

/** Every pod that an object starts: its own name, labels and specification. */
export function podTemplates(objects: Iterable<ManifestObject>): (PodTemplate & { readonly owner: ManifestObject })[] {
  return [...objects].flatMap((owner) => {
    const template = templateOf(owner);
    return template ? [{ owner, metadata: template.metadata, spec: template.spec }] : [];
  });
}

function templateOf(object: ManifestObject): PodTemplate | undefined {
  switch (object.kind) {
    case 'Pod':
      return object as ManifestObject & PodTemplate;
    case 'Deployment':
    case 'Job':
      return (object as Deployment).spec.template;
    case 'CronJob':
      return (object as ManifestObject & { spec: { jobTemplate: { spec: { template: PodTemplate } } } }).spec.jobTemplate.spec
        .template;
    default:
      return undefined;
  }
}

/** A strategy as its rendered folder has it. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { IMAGES } from '../images/catalogue.ts';
import { strategies } from '../manifests/folders.ts';
import { type Deployment, type ManifestObject, ofKind, podTemplates, readObjects, type Service } from '../manifests/objects.ts';
import { CliError } from './terminal.ts';

/** Selects everything that comes from this repository. */
export const OURS = 'app.kubernetes.io/part-of=iris';

/** The images that serve a model. */
const API_IMAGES = new Set(IMAGES.filter(({ buildArguments }) => 'MODEL_NAME' in buildArguments).flatMap(({ tags }) => tags));

/** A word in a `secret.yaml.example` that stands for a random value; the same word for the same value. */
export const PLACEHOLDER = /change-me(?:-[a-z]+)?/g;

type Labels = Readonly<Record<string, string>>;

/** A Secret with placeholders for its values. */
export interface SecretExample extends ManifestObject {
  readonly stringData: Labels;
}

/** A folder of `k8s/`. */
export interface Strategy {
  readonly name: string;
  /** Path of the folder from the repository's root. */
  readonly folder: string;
  /** Namespaces that its objects name; none where they go into the current one. */
  readonly namespaces: readonly string[];
  /** Its objects, by file. */
  readonly objects: ReadonlyMap<string, ManifestObject>;
  readonly deployments: readonly Deployment[];
  readonly services: readonly Service[];
  readonly pods: readonly ManifestObject[];
  readonly jobs: readonly ManifestObject[];
  readonly images: readonly string[];
  /** The objects of `secret.yaml.example`. */
  readonly secrets: readonly SecretExample[];
}

/**
 * Reads a strategy.
 *
 * @throws CliError for a name that there is not.
 */
export function readStrategy(root: string, name: string): Strategy {
  const known = strategies(root);
  if (!known.includes(name)) throw new CliError(`There is no strategy ${JSON.stringify(name)}: it is one of ${known.join(', ')}`);
  const folder = `k8s/${name}`;
  const objects = readObjects(root, name);
  const all = [...objects.values()];
  return {
    name,
    folder,
    objects,
    namespaces: [...new Set(all.flatMap(({ metadata }) => metadata.namespace ?? []))],
    deployments: ofKind<Deployment>(all, 'Deployment'),
    services: ofKind<Service>(all, 'Service'),
    pods: ofKind(all, 'Pod'),
    jobs: ofKind(all, 'Job'),
    images: [...new Set(podTemplates(all).flatMap(({ spec }) => spec.containers.map(({ image }) => image)))],
    secrets: readSecrets(join(root, folder, 'secret.yaml.example')),
  };
}

/** All images that the folders name. */
export function allImages(root: string): string[] {
  return [...new Set(strategies(root).flatMap((name) => readStrategy(root, name).images))].sort();
}

/** The Service whose pods serve a model; undefined where pods are reached one by one. */
export function apiService({ services, objects }: Strategy): Service | undefined {
  const apis = podTemplates(objects.values()).filter(({ spec }) => spec.containers.some(({ image }) => API_IMAGES.has(image)));
  return services.find(({ spec }) => apis.some(({ metadata }) => selects(spec.selector, metadata.labels)));
}

/** Whether a Service with this selector sends traffic to a pod with these labels. */
export function selects(selector: Labels, labels: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function readSecrets(path: string): Strategy['secrets'] {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  return parseAllDocuments(text).flatMap((document) => (document.toJS() as SecretExample | null) ?? []);
}

/** Makes the Secrets that a strategy's pods wait for, with random values; one that is there is left alone. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type ManifestObject, ofKind, podTemplates } from '../manifests/objects.ts';
import type { Cluster } from './cluster.ts';
import { OURS, PLACEHOLDER, type SecretExample, type Strategy, selects } from './strategy.ts';

const SECRET_BYTES = 32;

/** Values by key, in base64. */
type Present = Readonly<Record<string, string>>;

/** A Secret of the cluster. */
interface Values {
  readonly data?: Present;
}

/** A volume, as far as it is a Secret's. */
interface SecretVolume {
  readonly secret?: { readonly secretName: string; readonly items?: readonly { readonly key: string }[] };
}

interface Ingress extends ManifestObject {
  readonly kind: 'Ingress';
  readonly spec: { readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string }[] };
}

/** Makes what is missing. */
export async function makeSecrets(cluster: Cluster, strategy: Strategy): Promise<void> {
  for (const secret of strategy.secrets) {
    const present = (await cluster.json<Values>(['get', 'secret', secret.metadata.name]))?.data ?? {};
    const missing = Object.keys(secret.stringData).filter((key) => present[key] === undefined);
    if (missing.length > 0) await makeSecret(cluster, strategy, secret, missing);
    else tellOthers(cluster, strategy, secret, present);
  }
  for (const { secretName, host } of serverCertificates(strategy)) {
    if (!(await exists(cluster, secretName))) await makeCertificate(cluster, secretName, host, 'generic');
  }
  for (const ingress of ofKind<Ingress>(strategy.objects.values(), 'Ingress')) {
    for (const { hosts, secretName } of ingress.spec.tls) {
      if (!(await exists(cluster, secretName))) await makeCertificate(cluster, secretName, hosts[0]!);
    }
  }
}

/** Values of one's own are left alone; that they are not as the folder has them is said: another folder may ask for TLS. */
function tellOthers(cluster: Cluster, { folder }: Strategy, { metadata, stringData }: SecretExample, present: Present): void {
  const others = Object.entries(stringData).filter(([key, example]) => {
    const [before = '', ...after] = example.split(PLACEHOLDER);
    const value = Buffer.from(present[key]!, 'base64').toString();
    return example !== '' && !(value.startsWith(before) && value.endsWith(after.at(-1) ?? ''));
  });
  if (others.length === 0) return;
  const remove = cluster.typed(['delete', 'secret', metadata.name]);
  cluster.terminal.say(
    `Secret ${metadata.name} stays as it is; ${folder} would have another ${others.map(([key]) => key).join(', ')}. To have it made anew: ${remove}, then deploy again.`,
  );
}

async function makeSecret(
  cluster: Cluster,
  { folder, secrets }: Strategy,
  secret: SecretExample,
  missing: readonly string[],
): Promise<void> {
  const isNew = missing.length === Object.keys(secret.stringData).length;
  // One of an earlier version: values of one word belong together, so that none of them is kept.
  if (!isNew) cluster.terminal.say(`Secret ${secret.metadata.name} has no ${missing.join(', ')}: it is made anew.`);
  const text = stringify(secret);
  const values = new Map(wordsIn(text).map((word) => [word, randomBytes(SECRET_BYTES).toString('hex')]));
  const words = wordsIn(secrets.map((each) => stringify(each)).join()).map(
    (word) => `"s/${word}/$(openssl rand -hex ${SECRET_BYTES})/"`,
  );
  const program = words.length === 1 ? words[0] : words.map((word) => `-e ${word}`).join(' ');
  // The values go in by standard input: arguments can be read by everybody on the machine.
  const command = [isNew ? 'create' : 'apply', '-f', '-'];
  await cluster.run(command, {
    stdin: text.replaceAll(PLACEHOLDER, (word) => values.get(word)!),
    shown: `sed ${program} ${folder}/secret.yaml.example | ${cluster.typed(command)}`,
  });
}

/** The words that stand for values, each once. */
function wordsIn(text: string): string[] {
  return [...new Set(text.match(PLACEHOLDER))];
}

async function exists(cluster: Cluster, name: string): Promise<boolean> {
  return (await cluster.read(['get', 'secret', name, '--ignore-not-found', '--output', 'name'])) !== '';
}

/** Certificates that a pod itself shows, for the name of its Service. */
function serverCertificates({ objects, services }: Strategy): { readonly secretName: string; readonly host: string }[] {
  return podTemplates(objects.values()).flatMap(({ metadata, spec }) => {
    const host = services.find((service) => selects(service.spec.selector, metadata.labels))?.metadata.name;
    const secrets = (spec.volumes ?? []).flatMap((volume) => (volume as SecretVolume).secret ?? []);
    const certificates = secrets.filter(({ items }) => items?.some(({ key }) => key === 'tls.key'));
    return host === undefined ? [] : certificates.map(({ secretName }) => ({ secretName, host }));
  });
}

/**
 * A certificate signed by itself: enough to learn with; a real one comes from cert-manager or an authority.
 *
 * @param type of the Secret; a generic one has the authority too, which is the certificate itself.
 */
async function makeCertificate(
  cluster: Cluster,
  secretName: string,
  host: string,
  type: 'tls' | 'generic' = 'tls',
): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'iris-tls-'));
  const [key, certificate] = [join(directory, 'tls.key'), join(directory, 'tls.crt')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '30', '-subj', `/CN=${host}`];
  try {
    await cluster.terminal.read('openssl', [
      ...request,
      ...['-addext', `subjectAltName=DNS:${host}`, '-keyout', key, '-out', certificate],
    ]);
    const files =
      type === 'tls'
        ? ['--key', key, '--cert', certificate]
        : [`--from-file=tls.key=${key}`, `--from-file=tls.crt=${certificate}`, `--from-file=ca.crt=${certificate}`];
    await cluster.run(['create', 'secret', type, secretName, ...files]);
    await cluster.run(['label', 'secret', secretName, OURS]);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** The value of a Secret's key; undefined if it is not there. */
export async function readSecret(cluster: Cluster, name: string, key: string): Promise<string | undefined> {
  const secret = await cluster.json<Values>(['get', 'secret', name]);
  const value = secret?.data?.[key];
  return value === undefined ? undefined : Buffer.from(value, 'base64').toString();
}

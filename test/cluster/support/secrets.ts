/** Secrets as one makes them: from a folder's `secret.yaml.example`, with a value of one's own. */
import { readRepositoryFile } from '../../repository.ts';
import { kubectl } from './kubectl.ts';
import type { Suite } from './suite.ts';

/** Makes the Secret that a folder asks for; returns the value in it. */
export async function makeSecret(suite: Suite, folder: string, value: string = crypto.randomUUID()): Promise<string> {
  const example = readRepositoryFile(`k8s/${folder}/secret.yaml.example`);
  await kubectl(['--namespace', suite.namespace, 'apply', '--filename=-'], example.replaceAll('change-me', value));
  return value;
}

import { describe, expect, it } from 'vitest';
import { ROOT } from '../../test/repository.ts';
import { cleanAll, cleanStrategy } from './clean.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { readStrategy } from './strategy.ts';

/** Begins the lines that ask for what others have in a namespace, and for data of ours. */
const FOREIGN =
  'kubectl get cronjobs,jobs,hpa,ingresses,deployments,pods,services,pdb,configmaps,networkpolicies,serviceaccounts,';
const DATA = 'kubectl get pvc,secrets ';
const DEFAULTS = 'configmap/kube-root-ca.crt\nserviceaccount/default\n';
const OWN = { 'kubectl get namespaces': { items: [{ kind: 'Namespace', metadata: { name: 'mlops' } }] } };

const clean = async (strategy: string, data: boolean, replies = {}) => {
  const terminal = recordingTerminal({ [FOREIGN]: DEFAULTS, ...replies });
  await cleanStrategy(terminal, readStrategy(ROOT, strategy), undefined, data);
  return terminal;
};

describe('cleanStrategy', () => {
  it('leaves the volume, and the Secret whose password is in it', async () => {
    const lines = (await clean('database', false)).lines.join('\n');
    expect(lines).toContain('60-deployment-postgres-db.yaml');
    expect(lines).not.toMatch(/persistent-volume-claim|secret/);
  });

  it('takes both when the data is to go', async () => {
    expect((await clean('database', true)).lines.join('\n')).toMatch(
      /persistent-volume-claim-postgres-pvc.yaml.*secret.yaml.example/,
    );
  });

  it('takes a namespace that holds nothing but what Kubernetes puts there', async () => {
    const { changes, said } = await clean('environments', false);
    expect(changes().slice(1)).toEqual(
      ['dev', 'prod', 'qualif'].map((name) => `kubectl delete namespace ${name} --ignore-not-found`),
    );
    expect(said).toEqual([]);
  });

  it('leaves one that holds a Secret of ours, and says how to delete it', async () => {
    const { changes, said } = await clean('churn', false, { [DATA]: 'secret/churn-secret\n' });
    expect(changes().join('\n')).not.toContain('delete namespace');
    expect(said).toEqual([
      'Namespace churn-mlops stays: it holds our data (secret/churn-secret). To delete it with all of that: kubectl delete namespace churn-mlops',
    ]);
  });

  it('takes that too when the data is to go', async () => {
    const { changes } = await clean('churn', true, { [DATA]: 'secret/churn-secret\n' });
    expect(changes().at(-1)).toBe('kubectl delete namespace churn-mlops --ignore-not-found');
  });

  it.each([
    'deployment.apps/theirs',
    'configmap/theirs',
    'secret/theirs',
    'cronjob.batch/theirs',
    'job.batch/theirs',
    'ingress.networking.k8s.io/theirs',
    'persistentvolumeclaim/theirs',
  ])('leaves one that holds %s of others, data or not', async (theirs) => {
    const { changes, said } = await clean('churn', true, { [FOREIGN]: `${DEFAULTS}${theirs}\n` });
    expect(changes().join('\n')).not.toContain('delete namespace');
    expect(said).toEqual([expect.stringContaining(`stays: it holds what is not ours (${theirs}).`)]);
  });

  it('looks for each of these kinds, by our label', async () => {
    const { lines } = await clean('churn', false);
    expect(lines.filter((line) => line.startsWith('kubectl get'))).toEqual([
      `${FOREIGN}pvc,secrets,statefulsets,daemonsets,replicasets --selector 'app.kubernetes.io/part-of!=iris' --output name --namespace churn-mlops`,
      `${DATA}--selector app.kubernetes.io/part-of=iris --output name --namespace churn-mlops`,
    ]);
  });
});

describe('cleanAll', () => {
  it('takes all of ours by our label, volumes and Secrets only when asked', async () => {
    const terminal = recordingTerminal(OWN);
    await cleanAll(terminal, undefined, false);
    const ours = '(?!.*(pvc|secrets)).* --selector app.kubernetes.io/part-of=iris --ignore-not-found';
    expect(terminal.changes()).toEqual([
      expect.stringMatching(new RegExp(`^kubectl delete ${ours}$`)),
      expect.stringMatching(new RegExp(`^kubectl delete ${ours} --namespace mlops$`)),
      'kubectl delete namespace mlops --ignore-not-found',
    ]);
    const thorough = recordingTerminal();
    await cleanAll(thorough, undefined, true);
    expect(thorough.changes()[0]).toContain(',pvc,secrets ');
  });

  it('leaves a namespace of ours with its data, and takes the rest out of it', async () => {
    const terminal = recordingTerminal({ ...OWN, [DATA]: 'secret/iris-api-secrets\n' });
    await cleanAll(terminal, undefined, false);
    expect(terminal.changes().at(-1)).toMatch(/^kubectl delete cronjobs,.* --namespace mlops$/);
    expect(terminal.said).toEqual([
      expect.stringContaining('Namespace mlops stays: it holds our data (secret/iris-api-secrets).'),
    ]);
  });

  it('stays within a namespace that is named', async () => {
    const terminal = recordingTerminal(OWN);
    await cleanAll(terminal, 'mine', false);
    expect(terminal.lines).toEqual([expect.stringMatching(/^kubectl delete .* --namespace mine$/)]);
  });
});

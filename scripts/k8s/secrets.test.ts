import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../../test/repository.ts';
import { clusterIn } from './cluster.ts';
import { recordingTerminal } from './recording-terminal.ts';
import { makeSecrets, readSecret } from './secrets.ts';
import { readStrategy } from './strategy.ts';

const make = async (strategy: string, replies = {}, namespace?: string) => {
  const terminal = recordingTerminal(replies);
  await makeSecrets(clusterIn(terminal, namespace), readStrategy(ROOT, strategy));
  return terminal;
};

describe('makeSecrets', () => {
  it('gives each deployment a random value, by standard input only', async () => {
    const made = await Promise.all([make('config'), make('config')]);
    const keys = made.map(({ inputs }) => parse(inputs[0]!).stringData['api-key']);
    for (const key of keys) expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(keys[0]).not.toBe(keys[1]);
    expect(made[0]!.lines.join('\n')).not.toContain(keys[0]);
  });

  it('shows the commands that run, with their namespace and without the values', async () => {
    const { shown, lines, inputs } = await make('config', {}, 'mine');
    const words = ['key', 'login'].map((name) => `-e "s/change-me-${name}/$(openssl rand -hex 32)/"`);
    const filled = `sed ${words.join(' ')} k8s/config/secret.yaml.example | ${lines.at(-1)}`;
    expect(shown).toEqual([filled, filled]);
    expect(lines.at(-1)).toBe('kubectl create -f - --namespace mine');
    expect(shown[0]).not.toContain(parse(inputs[0]!).stringData['api-key']);
  });

  it('gives the page another password than the API’s key', async () => {
    const [key, login] = (await make('config')).inputs.map((text) => parse(text).stringData);
    expect(login.password).toMatch(/^[0-9a-f]{64}$/);
    expect(login.password).not.toBe(key['api-key']);
  });

  it('makes one that is missing beside one that is there', async () => {
    const { inputs } = await make('config', { 'kubectl get secret iris-secrets': { data: { 'api-key': 'aHVudGVyMg==' } } });
    expect(inputs.map((text) => parse(text).metadata.name)).toEqual(['iris-login']);
  });

  it('marks a certificate as ours, so that it goes with the rest', async () => {
    expect((await make('mlops')).changes().at(-1)).toBe('kubectl label secret iris-api-tls app.kubernetes.io/part-of=iris');
  });

  it('F3-3: the database and its URL have one password', async () => {
    const values = parse((await make('database')).inputs[0]!).stringData;
    const url = (role: string, password: string) => `postgresql://${role}:${password}@postgres-svc:5432/irisdb`;
    expect(values['owner-url']).toBe(url('iris', values.password));
    expect(values['writer-url']).toBe(url('iris_writer', values['writer-password']));
    expect(values['reader-url']).toBe(url('iris_reader', values['reader-password']));
    expect(values['cleaner-url']).toBe(url('iris_cleaner', values['cleaner-password']));
  });

  it('gives each role a value of its own, by the command that it shows', async () => {
    const { inputs, shown } = await make('database');
    const values = parse(inputs[0]!).stringData;
    const roles = ['writer', 'reader', 'cleaner', 'backup'];
    expect(new Set([values.password, ...roles.map((role) => values[`${role}-password`])]).size).toBe(5);
    expect(inputs[0]).not.toContain('change-me');
    const words = ['owner', ...roles].map((role) => `-e "s/change-me-${role}/$(openssl rand -hex 32)/"`);
    expect(shown[0]).toContain(`sed ${words.join(' ')} k8s/database/secret.yaml.example |`);
  });

  it('gives the MCP server a key for its replicas and a token for its callers, each of its own', async () => {
    for (const strategy of ['mcp', 'agent']) {
      const { inputs } = await make(strategy);
      const { 'peer-key': key, token } = parse(inputs[0]!).stringData;
      for (const value of [key, token]) expect(value).toMatch(/^[0-9a-f]{64}$/);
      expect(key).not.toBe(token);
    }
  });

  it('leaves one that is there alone', async () => {
    const terminal = await make('config', {
      'kubectl get secret iris-secrets': { data: { 'api-key': 'aHVudGVyMg==' } },
      'kubectl get secret iris-login': { data: { password: 'aHVudGVyMg==' } },
    });
    expect(terminal.changes()).toEqual([]);
  });

  it('leaves values of another folder alone, and says in which keys they are other', async () => {
    const { stringData } = parse((await make('database')).inputs[0]!);
    const data = Object.fromEntries(
      Object.entries<string>(stringData).map(([key, value]) => [key, Buffer.from(value).toString('base64')]),
    );
    const same = await make('database', { 'kubectl get secret postgres-secret': { data } });
    expect([same.changes(), same.said]).toEqual([[], []]);
    const other = await make('database-tls', { 'kubectl get secret postgres-': { data } });
    expect(other.changes().filter((line) => line.includes('postgres-secret'))).toEqual([]);
    expect(other.said).toEqual([
      expect.stringMatching(
        /^Secret postgres-secret stays.*k8s\/database-tls would have another owner-url, writer-url, reader-url, cleaner-url\. .*kubectl delete secret postgres-secret/,
      ),
    ]);
  });

  it('makes one of an earlier version anew, and says which keys it has not', async () => {
    const earlier = { 'kubectl get secret postgres-secret': { data: { password: 'YQ==', url: 'YQ==' } } };
    const { said, inputs, changes } = await make('database', earlier);
    expect(said.join()).toContain(
      'Secret postgres-secret has no writer-password, reader-password, cleaner-password, backup-password, owner-url, writer-url, reader-url, cleaner-url',
    );
    expect(changes()).toEqual(['kubectl apply -f -']);
    expect(parse(inputs[0]!).stringData['writer-url']).toMatch(/^postgresql:\/\/iris_writer:[0-9a-f]{64}@/);
  });

  it('makes a certificate for the name of the database’s Service, with its authority, and addresses that ask for it', async () => {
    const { lines, inputs } = await make('database-tls');
    expect(lines.find((line) => line.startsWith('openssl'))).toContain('subjectAltName=DNS:postgres-svc');
    expect(lines.find((line) => line.startsWith('kubectl create secret generic postgres-tls'))).toMatch(
      /--from-file=tls.key=\S+ --from-file=tls.crt=(\S+) --from-file=ca.crt=\1$/,
    );
    expect(parse(inputs[0]!).stringData['writer-url']).toMatch(
      /irisdb\?sslmode=verify-full&sslrootcert=\/etc\/postgres-tls\/ca.crt$/,
    );
  });

  it('makes nothing where nothing is needed', async () => {
    expect((await make('rolling')).lines).toEqual([]);
  });
});

describe('readSecret', () => {
  it('gives the value of a key', async () => {
    const terminal = recordingTerminal({ 'kubectl get secret iris-secrets': { data: { 'api-key': 'aHVudGVyMg==' } } });
    expect(await readSecret(clusterIn(terminal, undefined), 'iris-secrets', 'api-key')).toBe('hunter2');
  });

  it('gives nothing where there is none', async () => {
    expect(await readSecret(clusterIn(recordingTerminal(), undefined), 'iris-secrets', 'api-key')).toBeUndefined();
  });
});

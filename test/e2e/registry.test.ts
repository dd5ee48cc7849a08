import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { type ApiProcess, startApiProcess } from './support/api-process.ts';
import { startLoad } from './support/no-retry-client.ts';
import { runScript } from './support/processes.ts';

const SETOSA = { sepal_length: 5.1, sepal_width: 3.5, petal_length: 1.4, petal_width: 0.2 };

let api: ApiProcess | undefined;
let parent: string | undefined;
afterEach(async () => {
  await api?.terminate();
  if (parent) await rm(parent, { recursive: true });
});

async function start(): Promise<{ api: ApiProcess; registry: string }> {
  parent = await mkdtemp(join(tmpdir(), 'iris-registry-'));
  const registry = join(parent, 'registry');
  api = await startApiProcess({ REGISTRY_DIR: registry });
  return { api, registry };
}

async function publish(registry: string, file: string): Promise<void> {
  await copyFile(join(inject('models'), file), join(registry, file));
  await writeFile(join(registry, 'current_model.txt'), `${file}\n`);
}

const codeAt = async (path: string) => (await api!.read<{ code: string }>(path)).code;
const versionNow = async () => (await api!.read<{ version: string }>('/version')).version;

describe('L6-4: a registry that is mounted, filled and changed while the API runs', () => {
  it('startup and ready are 503 and say which is missing, until a model can be read; health always answers', async () => {
    const { registry } = await start();
    expect([await codeAt('/startup'), await codeAt('/ready')]).toEqual(['REGISTRY_NOT_MOUNTED', 'REGISTRY_NOT_MOUNTED']);
    await mkdir(registry);
    await expect.poll(() => codeAt('/startup')).toBe('CURRENT_MODEL_MISSING');
    await writeFile(join(registry, 'current_model.txt'), '\n');
    await expect.poll(() => codeAt('/startup')).toBe('CURRENT_MODEL_EMPTY');
    await writeFile(join(registry, 'current_model.txt'), '../iris-rf.json');
    await expect.poll(() => codeAt('/ready')).toBe('CURRENT_MODEL_OUTSIDE');
    await writeFile(join(registry, 'current_model.txt'), 'gone.json');
    await expect.poll(() => codeAt('/ready')).toBe('MODEL_UNREADABLE');
    const health = await api!.get('/health');
    expect([health.status, await health.json()]).toEqual([
      200,
      expect.objectContaining({ status: 'error', model_loaded: false, detail: expect.stringContaining('gone.json') }),
    ]);
    // Where it lies on this machine is in the log alone.
    expect(JSON.stringify(await api!.read('/health'))).not.toContain(parent);
    await expect.poll(() => api!.lines.join('\n')).toContain(join(registry, 'gone.json'));
    expect((await api!.post('/predict', SETOSA)).status).toBe(503);

    await publish(registry, 'iris-rf.json');
    await expect.poll(async () => (await api!.get('/ready')).status).toBe(200);
    expect(await (await api!.get('/health')).json()).toMatchObject({ status: 'healthy', current_model: 'iris-rf.json' });
    expect((await api!.post('/predict', SETOSA)).status).toBe(200);
  });

  it('a new current model is served without a restart and without a failed request', async () => {
    const { registry } = await start();
    await mkdir(registry);
    await publish(registry, 'iris-rf.json');
    await expect.poll(versionNow).toBe('0.1.0');
    const load = startLoad({ port: () => api!.port, clients: 8, path: '/predict', body: () => SETOSA });
    await publish(registry, 'iris-svm.json');
    await expect.poll(versionNow).toBe('0.2.0');
    const { answered, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(0);
  });

  it('a damaged model, or one of another dataset, leaves the old one serving and is told by health', async () => {
    const { registry } = await start();
    await mkdir(registry);
    await publish(registry, 'iris-rf.json');
    await expect.poll(versionNow).toBe('0.1.0');
    await writeFile(join(registry, 'broken.json'), '{"formatVersion":1');
    await writeFile(join(registry, 'current_model.txt'), 'broken.json');
    const detail = async () => (await api!.read<{ detail: string }>('/health')).detail;
    await expect.poll(detail).toContain('broken.json');
    await publish(registry, 'churn-logreg.json');
    await expect.poll(detail).toContain('predicts churned of churn');
    expect(await versionNow()).toBe('0.1.0');
    expect((await api!.get('/ready')).status).toBe(200);
    expect(await (await api!.post('/predict', SETOSA)).json()).toMatchObject({ prediction: 'setosa' });
  });
});

describe('versions that the gate let into service', () => {
  const TRAIN = ['--dataset', 'iris', '--evaluate', 'holdout'];
  const train = (model: string, version: string, registry: string) =>
    runScript('train', [...TRAIN, '--model', model, '--version', version, '--registry', registry]);
  const command = (registry: string, ...words: string[]) => runScript('registry', [...words, '--registry', registry]);

  it('are served, promoted and rolled back without a restart and without a failed request', async () => {
    const { registry } = await start();
    expect((await train('svm', '0.1.0', registry)).code).toBe(0);
    await expect.poll(versionNow).toBe('0.1.0');
    expect(await (await api!.get('/health')).json()).toMatchObject({ status: 'healthy', current_model: 'v0001' });
    const load = startLoad({ port: () => api!.port, clients: 8, path: '/predict', body: () => SETOSA });
    expect((await train('svm', '0.2.0', registry)).code).toBe(0);
    await expect.poll(versionNow).toBe('0.2.0');
    expect(await command(registry, 'rollback', '--reason', 'a test')).toEqual({
      code: 0,
      output: 'in service: v0001 (before: v0002)',
    });
    await expect.poll(versionNow).toBe('0.1.0');
    const { answered, failures } = await load.stop();
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(0);
    expect((await command(registry, 'verify')).output).toBe('all is well: 2 versions');
  });

  it('stay as they are when a worse one is offered: exit code 3, and the current model serves on', async () => {
    const { registry } = await start();
    expect((await train('svm', '0.1.0', registry)).code).toBe(0);
    const { code, output } = await runScript('train', [
      ...TRAIN,
      '--model',
      'svm',
      '--version',
      '0.2.0',
      '--c',
      '0.001',
      '--registry',
      registry,
    ]);
    expect(code).toBe(3);
    expect(output).toContain('NOT MET  log-loss not significantly worse');
    expect(output).toContain('the gate refused v0002, which is kept and not put into service; in service: v0001');
    await expect.poll(versionNow).toBe('0.1.0');
    expect((await command(registry, 'promote', 'v0002', '--reason', 'a test')).code).toBe(1);
    expect((await command(registry, 'list')).output).toMatch(/\* {2}v0001 .*passed.*\n +v0002 .*refused/);
    expect((await command(registry, 'show', 'v0002')).output).toContain('# svm 0.2.0 for iris: refused');
  });
});

import { describe, expect, it } from 'vitest';
import { build, docker, runOnce } from './support/docker.ts';

const REBUILD_MS = 900_000;

describe('docker build with the sources’ arguments (F2-1)', () => {
  it.each([
    ['MODEL_NAME', 'xgb', /--model must be one of auto, rf, gbt, svm, logreg, is "xgb"/],
    ['DATASET', 'wine', /--dataset must be one of iris, churn, is "wine"/],
    ['VERSION', 'latest', /--version must be a version such as 0\.1\.0, is "latest"/],
  ])('refuses a wrong %s with what it may be', async (name, value, message) => {
    const building = build('--build-arg', `${name}=${value}`);
    await expect(building).rejects.toThrow(message);
    await expect(building).rejects.toThrow('Build arguments: MODEL_NAME is --model, VERSION --version, DATASET --dataset.');
  });

  it(
    'gives the same model bytes again, with nothing from the cache',
    async () => {
      const image = 'iris-test:rebuilt';
      const svm = ['--build-arg', 'MODEL_NAME=svm', '--build-arg', 'VERSION=0.2.0'];
      await build('--no-cache', '--target', 'model', '--tag', image, ...svm);
      const checksum = async (name: string) => runOnce(name, ['sha256sum', '/app/models/model.json']);
      expect(await checksum(image)).toBe(await checksum('mlops-server:0.2.0'));
      await docker('image', 'rm', image);
    },
    REBUILD_MS,
  );
});

describe('the trainer in the image', () => {
  it('tells how it is used', async () => {
    expect(await runOnce('churn-api:v1', ['node', 'trainer.js', '--help'])).toContain('--min-accuracy');
    expect(await runOnce('churn-api:v1', ['node', 'registry.js', '--help'])).toContain('rollback');
    expect(await runOnce('churn-api:v1', ['node', 'retrain.js', '--help'])).toContain('--min-feedback');
    expect(await runOnce('churn-api:v1', ['node', 'drift.js', '--help'])).toContain('kubectl exec');
  });

  it('fills a registry through the gate, and registry.js looks after it, where only a volume can be written', async () => {
    const train = 'node trainer.js --dataset churn --model logreg --version 1.0.0 --registry /registry >/dev/null';
    const command = `${train} && ${train} && node registry.js rollback --registry /registry && node registry.js verify --registry /registry`;
    const volume = ['--tmpfs', '/registry:mode=1777', '--memory', '512m'];
    expect(await runOnce('churn-api:v1', ['bash', '-c', command], volume)).toBe(
      'in service: v0001 (before: v0002)\nall is well: 2 versions',
    );
  });

  it.each([
    ['mlops-server:0.1.0', 'iris', 'rf', '0.1.0'],
    ['mlops-server:0.3.0', 'iris', 'logreg', '0.3.0'],
    ['mlops-server:0.4.0', 'iris', 'gbt', '0.4.0'],
    ['churn-api:v1', 'churn', 'logreg', '1.0.0'],
  ])(
    'of %s trains the model that the image holds, byte for byte, where only a volume can be written',
    async (image, dataset, model, version) => {
      const words = `--dataset ${dataset} --model ${model} --version ${version} --evaluate holdout --out /out/model.json`;
      const command = `node trainer.js ${words} >/dev/null && cmp /out/model.json models/model.json && echo same`;
      const volume = ['--tmpfs', '/out:mode=1777', '--memory', '512m'];
      expect(await runOnce(image, ['bash', '-c', command], volume)).toBe('same');
    },
  );
});

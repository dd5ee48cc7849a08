import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { digestLines, readRendered, strategies, writeRendered } from './folders.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'iris-manifests-'));
  mkdirSync(join(root, 'k8s/overlays/rolling/blue'), { recursive: true });
  writeFileSync(join(root, 'k8s/overlays/rolling/kustomization.yaml'), 'resources: [blue]\n');
});
afterEach(() => rmSync(root, { recursive: true }));

describe('a rendered folder', () => {
  const files = new Map([
    ['60-pod-a.yaml', 'a'],
    ['Kustomization', 'k'],
  ]);

  it('is one for each overlay', () => {
    expect(strategies(root)).toEqual(['rolling']);
  });

  it('reads back what was written', () => {
    writeRendered(root, 'rolling', files);
    expect(readRendered(root, 'rolling')).toEqual(files);
  });

  it('loses files that are no longer rendered, and keeps those of people', () => {
    writeRendered(root, 'rolling', new Map([...files, ['60-pod-old.yaml', 'old']]));
    writeFileSync(join(root, 'k8s/rolling/README.md'), 'mine');
    writeFileSync(join(root, 'k8s/rolling/secret.yaml'), 'mine');
    writeRendered(root, 'rolling', files);
    expect(readRendered(root, 'rolling')).toEqual(files);
    expect(readdirSync(join(root, 'k8s/rolling')).sort()).toEqual(['60-pod-a.yaml', 'Kustomization', 'README.md', 'secret.yaml']);
  });
});

describe('digestLines', () => {
  beforeEach(() => writeRendered(root, 'rolling', new Map([['60-pod-a.yaml', 'a']])));

  it('has a line for each source and each rendered file, as sha256sum writes them', () => {
    expect(digestLines(root)).toMatch(
      /^[0-9a-f]{64} {2}k8s\/overlays\/rolling\/kustomization.yaml\nca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb {2}k8s\/rolling\/60-pod-a.yaml\n$/,
    );
  });

  it.each([
    ['a source that changes', 'k8s/overlays/rolling/kustomization.yaml'],
    ['a rendered file that changes', 'k8s/rolling/60-pod-a.yaml'],
    ['a source that is added', 'k8s/overlays/rolling/blue/kustomization.yaml'],
    ['a rendered file that is added', 'k8s/rolling/60-pod-b.yaml'],
  ])('tells %s', (_what, path) => {
    const before = digestLines(root);
    writeFileSync(join(root, path), 'changed');
    expect(digestLines(root)).not.toBe(before);
  });

  it('passes over what is not rendered, a local secret.yaml above all', () => {
    const before = digestLines(root);
    writeFileSync(join(root, 'k8s/rolling/secret.yaml'), 'API_KEY');
    expect(digestLines(root)).toBe(before);
  });
});

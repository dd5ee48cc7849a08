import { describe, expect, it } from 'vitest';
import { type Lock, packagesInBundle, packagesOfWorkspace } from './packages.ts';

const bundleOf = (inputs: Record<string, number>) => ({
  outputs: {
    'server.js': {
      inputs: Object.fromEntries(Object.entries(inputs).map(([path, bytesInOutput]) => [path, { bytesInOutput }])),
    },
    'server.js.map': { inputs: {} },
  },
});

describe('the packages of a bundle', () => {
  it('are those of which bytes are in it, each once', () => {
    const bundle = bundleOf({
      '../../node_modules/ajv/lib/a.js': 10,
      '../../node_modules/ajv/lib/b.js': 20,
      '../../node_modules/@fastify/error/index.js': 5,
      '../../node_modules/yargs/index.js': 0,
      '../../packages/model/src/model.ts': 30,
      'src/main.ts': 40,
    });
    expect(packagesInBundle(bundle)).toEqual(['node_modules/@fastify/error', 'node_modules/ajv']);
  });

  it('are told apart by version: one inside another package is its own', () => {
    const bundle = bundleOf({
      '../../node_modules/ajv/node_modules/fast-uri/index.js': 1,
      '../../node_modules/fast-uri/index.js': 1,
      'node_modules/@a/b/node_modules/@c/d/x/y.js': 1,
    });
    expect(packagesInBundle(bundle)).toEqual([
      'node_modules/@a/b/node_modules/@c/d',
      'node_modules/ajv/node_modules/fast-uri',
      'node_modules/fast-uri',
    ]);
  });
});

describe('the packages of a workspace', () => {
  const lock: Lock = {
    packages: {
      '': { dependencies: { left: '1' } },
      'apps/web': { dependencies: { '@iris/dataset': '*', next: '1' }, peerDependencies: { absent: '1', react: '1' } },
      'apps/web/node_modules/next': { version: '1.0.0', dependencies: { react: '1' } },
      'node_modules/@iris/dataset': { link: true, resolved: 'packages/dataset' },
      'packages/dataset': { dependencies: { ajv: '1' } },
      'node_modules/ajv': { version: '8.0.0', dependencies: { 'fast-uri': '3' } },
      'node_modules/ajv/node_modules/fast-uri': { version: '3.0.0' },
      'node_modules/fast-uri': { version: '2.0.0' },
      'node_modules/left': { version: '1.0.0' },
      'node_modules/next': { version: '2.0.0' },
      'node_modules/react': { version: '19.0.0' },
    },
  };

  it('are what it reaches through packages and other workspaces, each from the nearest folder', () => {
    expect(packagesOfWorkspace(lock, 'apps/web')).toEqual([
      'apps/web/node_modules/next',
      'node_modules/ajv',
      'node_modules/ajv/node_modules/fast-uri',
      'node_modules/react',
    ]);
  });

  it('are none where nothing is needed', () => {
    expect(packagesOfWorkspace({ packages: { 'apps/web': {} } }, 'apps/web')).toEqual([]);
  });
});

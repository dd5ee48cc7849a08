import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRepositoryFile, repositoryFiles } from './repository.ts';

interface Import {
  readonly file: string;
  readonly specifier: string;
  /** Whether it is gone once types are. */
  readonly typeOnly: boolean;
}

const IMPORT =
  /(?:^|\n)\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]|(?:^|\n)\s*import\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]/g;
/** Modules of packages that are made to be small: a few lines of arithmetic, and the reader of files in the worker of the batch page; they import nothing. */
const SMALL = ['@iris/dataset/feature-value', '@iris/prediction-log/wilson-interval', '@iris/dataset/table'];
const IS_TEST = /\.test\.tsx?$|-contract\.ts$|\/test-[a-z-]+\.ts$/;

const files = repositoryFiles('apps/*.ts', 'apps/*.tsx', 'packages/*.ts').filter((path) => !path.includes('/fixtures/'));
const sources = files.filter((path) => !IS_TEST.test(path));
const workspaceOf = (path: string): string => path.split('/').slice(0, 2).join('/');
const apps = new Set(files.filter((path) => path.startsWith('apps/')).map((path) => `@iris/${path.split('/')[1]}`));

function importsOf(paths: readonly string[]): Import[] {
  return paths.flatMap((file) =>
    [...readRepositoryFile(file).matchAll(IMPORT)].map(([text, from, bare, dynamic]) => ({
      file,
      specifier: (from ?? bare ?? dynamic)!,
      typeOnly: /^\s*(import|export) type\b/.test(text),
    })),
  );
}

function inWorkspace(workspace: string): string[] {
  return sources.filter((path) => workspaceOf(path) === workspace);
}

/** Files that an entry reaches by relative imports. */
function reachableFrom(entry: string): string[] {
  const reached = new Set([entry]);
  for (const file of reached) {
    for (const { specifier } of importsOf([file])) {
      if (/^\..*\.tsx?$/.test(specifier)) reached.add(normalize(join(dirname(file), specifier)));
    }
  }
  return [...reached];
}

/** Code without its comments: they may speak of what the code must not do. */
const codeOf = (path: string): string =>
  readRepositoryFile(path)
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/(^|\s)\/\/.*/g, '');

const describeImports = (found: readonly Import[]): string[] =>
  found.map(({ file, specifier }) => `${file} imports ${specifier}`);

describe('who may import whom', () => {
  it('reads imports of every form', () => {
    expect(importsOf(['test/architecture.test.ts']).map(({ specifier }) => specifier)).toEqual([
      'node:path',
      'vitest',
      './repository.ts',
    ]);
    expect(importsOf(files).length).toBeGreaterThan(files.length);
  });

  it('apps import packages, never an app; packages never import an app', () => {
    expect(
      describeImports(importsOf(files).filter(({ specifier }) => apps.has(specifier.split('/').slice(0, 2).join('/')))),
    ).toEqual([]);
  });

  it('no relative import leaves its workspace', () => {
    const leaving = importsOf(files).filter(
      ({ file, specifier }) =>
        specifier.startsWith('.') && workspaceOf(normalize(join(dirname(file), specifier))) !== workspaceOf(file),
    );
    expect(describeImports(leaving)).toEqual([]);
  });

  it('model imports nothing at all', () => {
    expect(
      describeImports(importsOf(inWorkspace('packages/model')).filter(({ specifier }) => !specifier.startsWith('.'))),
    ).toEqual([]);
  });

  it.each([
    ['dataset', () => inWorkspace('packages/dataset')],
    ['the port of the prediction log', () => reachableFrom('packages/prediction-log/src/index.ts')],
  ])('%s imports no sibling, no node module and no database', (_name, reached) => {
    const forbidden = importsOf(reached()).filter(({ specifier }) => /^(@iris\/|node:|pg$)/.test(specifier));
    expect(describeImports(forbidden)).toEqual([]);
  });

  it('tracking imports no sibling: it knows runs and files, not what was trained', () => {
    const imports = importsOf(inWorkspace('packages/tracking'));
    expect(describeImports(imports.filter(({ specifier }) => specifier.startsWith('@iris/')))).toEqual([]);
  });

  it('telemetry imports no sibling but settings, and its SDK is imported when there is a collector alone', () => {
    const imports = importsOf(inWorkspace('packages/telemetry'));
    expect(describeImports(imports.filter(({ specifier }) => /^@iris\/(?!settings$)/.test(specifier)))).toEqual([]);
    const isLoading = ({ specifier, typeOnly }: Import) => specifier.startsWith('@opentelemetry/') && !typeOnly;
    const loading = [
      ...new Set(
        importsOf(sources)
          .filter(isLoading)
          .map(({ file }) => file),
      ),
    ];
    expect(loading.every((file) => file.startsWith('packages/telemetry/src/'))).toBe(true);
    const importers = importsOf(sources).filter(
      ({ file, specifier, typeOnly }) =>
        !typeOnly && !loading.includes(file) && loading.includes(normalize(join(dirname(file), specifier))),
    );
    const entry = 'packages/telemetry/src/open-telemetry.ts';
    expect(describeImports(importers)).toEqual([`${entry} imports ./tracing-sdk.ts`]);
    expect(readRepositoryFile(entry)).toMatch(/await import\('\.\/tracing-sdk\.ts'\)/);
  });

  it.each(['training', 'explanation', 'drift'])('%s imports no sibling but model and dataset', (name) => {
    const forbidden = importsOf(inWorkspace(`packages/${name}`)).filter(({ specifier }) =>
      /^@iris\/(?!(model|dataset)(\/|$))/.test(specifier),
    );
    expect(describeImports(forbidden)).toEqual([]);
  });
});

describe('the registry', () => {
  const registry = inWorkspace('packages/registry');

  it('imports no sibling but dataset and model-file: it knows nothing of training and HTTP', () => {
    const forbidden = importsOf(registry).filter(({ specifier }) => /^@iris\/(?!(dataset|model-file)(\/|$))/.test(specifier));
    expect(describeImports(forbidden)).toEqual([]);
  });

  it('has a gate that is pure: figures in, a verdict out', () => {
    const gate = registry.filter((path) => path.includes('/gate/'));
    expect(gate.length).toBeGreaterThan(4);
    const others = importsOf(gate).filter(({ specifier, typeOnly }) => !/^(\.|@iris\/dataset$)/.test(specifier) && !typeOnly);
    expect(describeImports(others)).toEqual([]);
    for (const path of gate) expect(codeOf(path)).not.toMatch(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(/);
  });
});

describe('the web client', () => {
  const web = inWorkspace('apps/web');
  const isClient = (path: string): boolean => /^(\/\*[\s\S]*?\*\/\s*)?'use client';/.test(readRepositoryFile(path));
  const inBrowser = new Set(web.filter(isClient).flatMap(reachableFrom));

  it('sends no browser what its server side holds: configuration, key, connection', () => {
    expect(inBrowser.size).toBeGreaterThan(10);
    expect([...inBrowser].filter((path) => path.includes('/lib/server/'))).toEqual([]);
  });

  it('sends no browser a package of this repository but types and what is made to be small', () => {
    const packages = importsOf([...inBrowser]).filter(
      ({ specifier, typeOnly }) => specifier.startsWith('@iris/') && !typeOnly && !SMALL.includes(specifier),
    );
    expect(describeImports(packages)).toEqual([]);
  });

  it('names no flower: all that it says of the data comes from the API', () => {
    const texts = repositoryFiles('apps/web/src', 'apps/web/messages').filter((path) => !IS_TEST.test(path));
    const naming = texts.filter((path) => /setosa|versicolor|virginica|sepal|petal|churn/i.test(codeOf(path)));
    expect(naming).toEqual([]);
  });
});

describe('purity', () => {
  const pure = [
    ...['packages/model', 'packages/dataset', 'packages/training', 'packages/explanation', 'packages/drift'].flatMap(inWorkspace),
    ...reachableFrom('packages/prediction-log/src/index.ts'),
  ];

  it.each([...new Set(pure)])('%s reads no clock and draws no unseeded number', (file) => {
    expect(codeOf(file)).not.toMatch(/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bperformance\.now\(/);
  });

  // Scripts are programs as much as a main.ts is. The local PostgreSQL is a tool for development and tests: it asks who runs it
  // and whether a left-over server lives.
  const mayTouchProcess = (path: string): boolean =>
    /\/main\.ts$|\/scripts\/|^packages\/local-postgres\/|^apps\/web\/src\/lib\/server\/config\.ts$/.test(path);

  it.each(sources.filter((path) => !mayTouchProcess(path)))('%s does not touch process', (file) => {
    expect(codeOf(file)).not.toMatch(/(?<![.\w'])process\.|from 'node:process'/);
  });
});

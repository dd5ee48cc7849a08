import { describe, expect, it } from 'vitest';
import { docker, inspect, runOnce } from './support/docker.ts';

const MB = 1e6;
/** Own layers, without the base image's, of which other images share the bytes. */
const MAX_BYTES: readonly (readonly [image: string, bytes: number])[] = [
  ['mlops-server:0.1.0', 25 * MB],
  ['churn-api:v1', 25 * MB],
  ['mlops-client:latest', 80 * MB],
];

/** Bytes of the layers from the first that the Dockerfile's last stage makes. */
async function ownBytes(image: string): Promise<number> {
  const rows = await docker('history', '--human=false', '--no-trunc', '--format', '{{.Size}}\t{{.CreatedBy}}', image);
  const layers = rows.split('\n').map((row) => row.split('\t') as [size: string, createdBy: string]);
  const first = layers.findIndex(([, createdBy]) => createdBy.includes('WORKDIR /app'));
  expect(first).toBeGreaterThan(0);
  return layers.slice(0, first + 1).reduce((total, [size]) => total + Number(size), 0);
}

describe.each(MAX_BYTES)('%s', (image, largest) => {
  it(`adds no more than ${largest / MB} MB to its base`, async () => {
    const bytes = await ownBytes(image);
    expect(bytes).toBeGreaterThan(1 * MB);
    expect(bytes).toBeLessThanOrEqual(largest);
  });

  it('is labelled for those who find it in a registry', async () => {
    const { Labels } = (await inspect(image)).Config;
    expect(Labels).toMatchObject({
      'org.opencontainers.image.title': expect.stringContaining('Iris'),
      'org.opencontainers.image.description': expect.stringMatching(/\.$/),
      'org.opencontainers.image.licenses': 'MIT',
      'org.opencontainers.image.base.name': 'node:24-bookworm-slim',
    });
  });

  it('holds its own licence, and those of every package in it', async () => {
    const texts = await runOnce(image, ['cat', 'LICENSE', 'THIRD-PARTY-NOTICES.txt']);
    expect(texts).toMatch(/^MIT License/);
    const bill = JSON.parse(await runOnce(image, ['cat', 'sbom.cdx.json']));
    expect(bill).toMatchObject({ bomFormat: 'CycloneDX', specVersion: expect.stringMatching(/^1\.\d$/) });
    expect(bill.components.length).toBeGreaterThan(50);
    for (const { name, version } of bill.components) expect(texts).toContain(`\n${name} ${version} (`);
  });

  it('holds no source, no map and no tool of development', async () => {
    const files = (await runOnce(image, ['find', '/app', '-type', 'f'])).split('\n');
    expect(files.filter((path) => /\.(map|ts|tsx)$|\/node_modules\/(typescript|esbuild|vitest|sharp)\//.test(path))).toEqual([]);
  });
});

it.each([
  ['mlops-server:0.1.0', ['fastify', 'pg', '@fastify/swagger-ui', 'pure-rand']],
  ['mlops-client:latest', ['next', 'react', '@mantine/core', 'swr', 'undici']],
])('the bill of %s names what is known to be in it, and no tool', async (image, expected) => {
  const { components } = JSON.parse(await runOnce(image, ['cat', 'sbom.cdx.json']));
  const names = components.map(({ name }: { name: string }) => name);
  expect(names).toEqual(expect.arrayContaining(expected));
  expect(names.filter((name: string) => /^(typescript|esbuild|vitest|playwright-core)$/.test(name))).toEqual([]);
});

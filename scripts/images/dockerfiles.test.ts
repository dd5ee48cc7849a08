import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, readRepositoryFile, repositoryFiles } from '../../test/repository.ts';
import { CLIENT_FLAGS } from '../client/build.ts';
import { IMAGES, OTHER_IMAGES } from './catalogue.ts';

const paths = repositoryFiles('docker/*.Dockerfile');
/** Those of our own programs; the others hold none of them. */
const files = [...new Set(IMAGES.map(({ dockerfile }) => dockerfile))].map((path) => [path, readRepositoryFile(path)] as const);
const commandOf = (text: string): string[] => JSON.parse(/^CMD (\[.*\])$/m.exec(text)![1]!);

describe('the Dockerfiles', () => {
  it('are those of the images', () => {
    expect(paths.toSorted()).toEqual([...new Set([...IMAGES, ...OTHER_IMAGES].map(({ dockerfile }) => dockerfile))].sort());
  });

  it.each(OTHER_IMAGES)(
    '$dockerfile is of the version that its name says, from a tag that is pinned, as a user with a number',
    (image) => {
      const text = readRepositoryFile(image.dockerfile);
      const [name, version] = image.tags[0]!.split(':') as [string, string];
      expect(readRepositoryFile('docker/mlflow-requirements.txt')).toContain(`\n${name.split('-')[0]}==${version}\n`);
      expect(text).toContain(`image.version="${version}"`);
      expect(text).toMatch(/^FROM \S+:[\w.-]+$/m);
      expect(text).toMatch(/^USER \d{5}:\d{5}$/m);
    },
  );

  it('share the stage of the dependencies to the letter, so that Docker makes it once', () => {
    const stages = files.map(([, text]) => /^# --- [\s\S]*?^# ---$/m.exec(text)?.[0]);
    expect(stages[0]).toContain('npm ci');
    expect(new Set(stages).size).toBe(1);
  });

  it.each(files)('%s runs node itself, as a user with a number, from a tag that is pinned', (_path, text) => {
    expect(commandOf(text)[0]).toBe('node');
    expect(text).toMatch(/^USER \d{5}:\d{5}$/m);
    expect([...text.matchAll(/^FROM (\S+)/gm)].map(([, from]) => from).filter((from) => from!.includes(':'))).toSatisfy(
      (bases: string[]) => bases.length > 0 && bases.every((base) => base === 'node:24-bookworm-slim'),
    );
  });

  it('the root’s Dockerfile is the server’s', () => {
    expect(readFileSync(join(ROOT, 'Dockerfile'), 'utf8')).toBe(readRepositoryFile('docker/server.Dockerfile'));
  });
});

describe('the flags of node', () => {
  const flagsOf = (path: string) => commandOf(readRepositoryFile(path)).filter((word) => word.startsWith('--'));

  it('of the server are those that npm run api and the bench use, and a bound of the heap', () => {
    const { scripts } = JSON.parse(readRepositoryFile('package.json'));
    const measured = scripts.api.split(' ').filter((word: string) => /^--(max|heap)/.test(word));
    expect(flagsOf('docker/server.Dockerfile')).toEqual([...measured, '--max-old-space-size=64']);
  });

  it('of the MCP server are those of npm run mcp', () => {
    const { scripts } = JSON.parse(readRepositoryFile('package.json'));
    const own = scripts.mcp.split(' ').filter((word: string) => word.startsWith('--max'));
    expect(flagsOf('docker/mcp-server.Dockerfile')).toEqual(own);
  });

  it('of the client are those of npm run client', () => {
    expect(flagsOf('docker/client.Dockerfile')).toEqual(CLIENT_FLAGS);
  });
});

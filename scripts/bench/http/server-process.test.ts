import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startServer } from './server-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'iris-bench-test-'));
afterAll(() => rmSync(directory, { recursive: true }));

function program(name: string, source: string) {
  const file = join(directory, `${name}.mjs`);
  writeFileSync(file, source);
  return { name, file };
}

describe('a server under measurement', () => {
  it('is found by the port that it prints, tells its CPU time and memory, and stops', async () => {
    const listening = `import { createServer } from 'node:http';
      const server = createServer((_, response) => response.end('here'));
      server.listen(0, '127.0.0.1', () => console.log(JSON.stringify({ msg: 'listening', port: server.address().port })));`;
    const server = await startServer(program('listening', listening));
    expect(await (await fetch(server.url)).text()).toBe('here');
    server.assertAlive();
    if (process.platform === 'linux') {
      expect(await server.cpuMicroseconds()).toBeGreaterThan(0);
      expect(await server.peakMemoryMiB()).toBeGreaterThan(10);
    }
    await server.stop();
    await expect(fetch(server.url)).rejects.toThrow();
    expect(() => server.assertAlive()).toThrow('listening has ended');
  });

  it('that ends instead of listening fails the run with what it printed', async () => {
    await expect(startServer(program('broken', 'console.error("no model"); process.exit(78);'))).rejects.toThrow(
      'broken ended with 78 instead of listening\nno model',
    );
  });
});

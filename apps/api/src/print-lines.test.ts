import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { printLines } from './print-lines.ts';

const LINES = 50_000;

describe('printLines', () => {
  it('has printed all when the process ends right after, however slowly they are read', async () => {
    const program = `
      import { printLines } from ${JSON.stringify(join(import.meta.dirname, 'print-lines.ts'))};
      process.stdout.write('first\\n');
      printLines(Array.from({ length: ${LINES} }, (_, n) => 'x'.repeat(100) + n));
      process.exit(0);`;
    const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = once(child, 'exit');
    await sleep(200);
    const read: string[] = [];
    for await (const line of createInterface({ input: child.stdout })) read.push(line);
    await ended;
    expect(read).toHaveLength(LINES + 1);
    expect(read.at(-1)).toBe('x'.repeat(100) + (LINES - 1));
  });

  it('throws when nobody reads any more, so that the rows are counted', () => {
    const write = () => {
      throw Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
    };
    expect(() => printLines(['a'], write)).toThrow('EPIPE');
  });
});

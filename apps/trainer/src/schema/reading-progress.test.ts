import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { createReadingProgress } from './reading-progress.ts';

async function shown(totalBytes: number, isTTY: boolean): Promise<string> {
  const stream = Object.assign(new PassThrough(), { isTTY });
  const progress = createReadingProgress(stream, 'rows.csv', totalBytes);
  for (let part = 0; part < 20; part++) progress.add(totalBytes / 20);
  progress.stop();
  stream.end();
  return await text(stream);
}

describe('progress of reading', () => {
  it('is a line for each tenth where there is no terminal', async () => {
    const lines = (await shown(100_000_000, false)).trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    expect([lines[0], lines[9]]).toEqual(['read 10 of 100 MB of rows.csv', 'read 100 of 100 MB of rows.csv']);
  });

  it('is a bar on a terminal', async () => {
    expect(await shown(100_000_000, true)).toContain('reading rows.csv [');
  });

  it('is not shown for a file that is read in a moment', async () => {
    expect(await shown(1000, true)).toBe('');
  });
});

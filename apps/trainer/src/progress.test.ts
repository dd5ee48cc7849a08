import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress } from './progress.ts';

function createStream(isTTY: boolean) {
  const chunks: string[] = [];
  const stream = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  const terminal = { isTTY, columns: 120, cursorTo: () => true, clearLine: () => true };
  return { stream: Object.assign(stream, terminal), text: () => chunks.join('') };
}

async function complete(isTTY: boolean, totalFolds: number): Promise<string> {
  const { stream, text } = createStream(isTTY);
  const progress = createProgress(stream);
  for (let completedFolds = 1; completedFolds <= totalFolds; completedFolds++)
    await progress.update({ completedFolds, totalFolds });
  progress.stop();
  return text();
}

describe('createProgress', () => {
  it('writes a plain line for each tenth where there is no terminal', async () => {
    const lines = (await complete(false, 100)).split('\n');
    expect(lines).toHaveLength(11);
    expect(lines.slice(0, 2)).toEqual(['evaluated 10 of 100 folds', 'evaluated 20 of 100 folds']);
  });

  it('writes one line for a hold-out', async () => {
    expect(await complete(false, 1)).toBe('evaluated 1 of 1 fold\n');
  });

  it('draws a bar to its end on a terminal', async () => {
    const text = await complete(true, 100);
    expect(text).toContain('evaluating [');
    expect(text).toContain('100/100 folds');
    expect(text, 'a terminal mode that Ctrl-C would leave changed').not.toContain('\u001b[?');
  });

  it('can be stopped before it began', () => {
    const { stream, text } = createStream(true);
    createProgress(stream).stop();
    expect(text()).not.toContain('evaluating');
  });
});

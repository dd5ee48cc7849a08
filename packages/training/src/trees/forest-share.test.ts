import { afterEach, describe, expect, it } from 'vitest';
import { binColumns } from './bin.ts';
import { closeBoard, countGrown, createBoard, ForestShare, type ForestTask } from './forest-share.ts';
import { type ForestThreads, helpersFor, startThreads } from './forest-threads.ts';

const ROWS = 300;
const TREES = 12;

function taskOf(rowCount = ROWS): ForestTask {
  const columns = [7919, 104_729].map((factor) => Float64Array.from({ length: rowCount }, (_, row) => (row * factor) % 211));
  return {
    binned: binColumns(columns, rowCount),
    labels: Int32Array.from({ length: rowCount }, (_, row) => (row * row) % 3),
    classCount: 3,
    limits: { maxFeatures: 1, maxDepth: 1000, minSamplesSplit: 2, minSamplesLeaf: 1 },
    seed: 5,
    classWeights: undefined,
    treeCount: TREES,
    board: createBoard(),
  };
}

function growAll(task: ForestTask) {
  const share = new ForestShare(task);
  while (share.growNext());
  return share.result();
}

describe('shares of a forest', () => {
  it('have together the trees of one, each once, and its votes', () => {
    const whole = growAll(taskOf());
    const task = taskOf();
    const shares = [new ForestShare(task), new ForestShare(task)];
    for (let turn = 0; shares[turn % 2]!.growNext(); turn++);
    const [first, second] = shares.map((share) => share.result());
    expect(first!.trees.map(({ number }) => number)).toEqual([0, 2, 4, 6, 8, 10]);
    expect([...first!.trees, ...second!.trees].sort((a, b) => a.number - b.number)).toEqual(whole.trees);
    expect(first!.votes.map((votes, at) => votes + second!.votes[at]!)).toEqual(whole.votes);
    expect(countGrown(task.board)).toBe(TREES);
  });

  it('take no tree once nothing is left', () => {
    const task = taskOf();
    closeBoard(task);
    expect(growAll(task).trees).toEqual([]);
  });
});

describe('threads that grow a forest', () => {
  let threads: ForestThreads | undefined;
  afterEach(() => threads?.end());

  it('grow the same trees as this one', async () => {
    const task = taskOf();
    threads = startThreads(task, 2);
    const shares = await threads.finish();
    const grown = shares.flatMap(({ trees }) => trees).sort((a, b) => a.number - b.number);
    expect(grown).toEqual(growAll(taskOf()).trees);
  });

  it('say so when they end before their share is grown', async () => {
    threads = startThreads(taskOf(), 1);
    const finished = threads.finish();
    threads.end();
    await expect(finished).rejects.toThrow('a thread that grows trees has ended');
  });

  it('are none for a small forest, and fewer than its trees', () => {
    expect(helpersFor(taskOf())).toBe(0);
    expect(helpersFor({ ...taskOf(50_000), treeCount: 1 })).toBe(0);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { createServedModel } from '../../models/served-model.ts';
import { irisDocument, SETOSA } from '../../test-app.ts';
import { createExplainThread, type ExplainThread, startWorker } from './explain-thread.ts';

const iris = createServedModel(irisDocument(), undefined);
const setosa = Object.values(SETOSA);

let thread: ExplainThread;
afterEach(() => thread.end());

/** Real workers, of which the start, the models given and the end are noted. */
function setUp() {
  const steps: string[] = [];
  function start() {
    const worker = startWorker();
    steps.push('started');
    return {
      ask(task: Parameters<typeof worker.ask>[0]) {
        steps.push(task.model ? 'asked with a model' : 'asked');
        return worker.ask(task);
      },
      async end() {
        await worker.end();
        steps.push('ended');
      },
    };
  }
  thread = createExplainThread(start);
  return steps;
}

describe('createExplainThread', () => {
  it('starts at the first explanation, and is given a model once', async () => {
    const steps = setUp();
    expect(steps).toEqual([]);
    await thread.run(iris, setosa);
    await thread.run(iris, setosa);
    expect(steps).toEqual(['started', 'asked with a model', 'asked']);
    await thread.run(createServedModel(irisDocument(), undefined), setosa);
    expect(steps.at(-1)).toBe('asked with a model');
  });

  it('starts again once it has been ended', async () => {
    const steps = setUp();
    const explanation = await thread.run(iris, setosa);
    await thread.end();
    expect(await thread.run(iris, setosa)).toEqual(explanation);
    expect(steps).toEqual(['started', 'asked with a model', 'ended', 'started', 'asked with a model']);
  });

  it('tells what it ended with, and starts again', async () => {
    setUp();
    const broken = { ...iris, document: irisDocument({ reference: { samples: [], labels: [] } }) };
    await expect(thread.run(broken, setosa)).rejects.toMatchObject({ code: 'EXPLANATION_REFERENCES' });
    expect(await thread.run(iris, setosa)).toMatchObject({ referenceCount: 100 });
  });

  it('tells who waits that it was ended', async () => {
    setUp();
    const explaining = thread.run(iris, setosa);
    await Promise.all([expect(explaining).rejects.toThrow('has ended with'), thread.end()]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import { createServedModel } from '../../models/served-model.ts';
import { irisDocument, SETOSA, VIRGINICA } from '../../test-app.ts';
import { createExplanations, type Explanations } from './explanations.ts';
import { SLOW_SAMPLE, slowDocument } from './test-documents.ts';

const iris = createServedModel(irisDocument(), undefined);
const slow = createServedModel(slowDocument(), undefined);
const [setosa, virginica] = [Object.values(SETOSA), Object.values(VIRGINICA)];
const stays = new AbortController().signal;

let service: Explanations;
afterEach(() => service.close());

describe('createExplanations', () => {
  it('explains several at a time, each by its own model', async () => {
    service = createExplanations();
    const other = createServedModel(irisDocument({ reference: { samples: [setosa], labels: [0] } }), undefined);
    const [first, second, third] = await Promise.all([
      service.explain(iris, setosa, stays),
      service.explain(other, virginica, stays),
      service.explain(iris, virginica, stays),
    ]);
    expect(first.base).toEqual([1 / 3, 1 / 3, 1 / 3].map((share) => expect.closeTo(share, 1)));
    expect([first, second, third].map(({ referenceCount }) => referenceCount)).toEqual([100, 1, 100]);
    expect(second.base).toEqual([1, 0, 0]);
  });

  it('refuses what is beyond its queue, and goes on with what is in it', async () => {
    service = createExplanations({ maxWaiting: 1 });
    const accepted = [service.explain(iris, setosa, stays), service.explain(iris, virginica, stays)];
    await expect(service.explain(iris, setosa, stays)).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(await Promise.all(accepted)).toHaveLength(2);
    expect(await service.explain(iris, setosa, stays)).toMatchObject({ referenceCount: 100 });
  });

  it('ends what takes too long, and starts anew for the next', async () => {
    service = createExplanations({ timeoutMs: 100 });
    await expect(service.explain(slow, SLOW_SAMPLE, stays)).rejects.toMatchObject({ code: 'EXPLANATION_TIMEOUT' });
    await service.close();
    service = createExplanations();
    expect(await service.explain(iris, setosa, stays)).toMatchObject({ referenceCount: 100 });
  });

  it('drops what nobody waits for any more, waiting or running, and goes on', async () => {
    service = createExplanations();
    const [runs, waits] = [new AbortController(), new AbortController()];
    const dropped = [service.explain(slow, SLOW_SAMPLE, runs.signal), service.explain(slow, SLOW_SAMPLE, waits.signal)];
    const kept = service.explain(iris, setosa, stays);
    waits.abort();
    runs.abort();
    expect((await Promise.allSettled(dropped)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await kept).toMatchObject({ referenceCount: 100 });
  });

  it('refuses what is unfinished when it is closed', async () => {
    service = createExplanations();
    const unfinished = [service.explain(slow, SLOW_SAMPLE, stays), service.explain(iris, setosa, stays)];
    const results = Promise.allSettled(unfinished);
    await service.close();
    expect(await results).toEqual(Array(2).fill({ status: 'rejected', reason: expect.objectContaining({ code: 'OVERLOADED' }) }));
  });
});

/** What every place that names a model must do; the registry directory and MLflow pass it. */
import type { UnsealedDocument } from '@iris/model-file';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { irisDocument } from '../test-app.ts';
import type { FollowOptions } from './model-follower.ts';
import type { ModelProblem, ModelSource } from './model-source.ts';

/** A place to test. */
export interface PlaceUnderTest {
  /** Puts a model there and names it as the current one; gives its name. */
  publish(document: UnsealedDocument): Promise<string>;
  /** The same with what is no model file. */
  publishText(text: string): Promise<string>;
  /** Makes the place unreachable, and reachable again. */
  goAway(): Promise<void>;
  comeBack(): Promise<void>;
  open(options: FollowOptions): Promise<ModelSource>;
  dispose(): Promise<void>;
}

/** Runs the suite on a new place for each test. */
export function describeModelSource(name: string, prepare: () => Promise<PlaceUnderTest>): void {
  describe(`${name}, as a source of models`, () => {
    let place: PlaceUnderTest;
    let source: ModelSource | undefined;
    let problems: ModelProblem[];
    beforeEach(async () => {
      place = await prepare();
      problems = [];
    });
    afterEach(async () => {
      source?.close();
      await place.dispose();
    });

    async function open(): Promise<ModelSource> {
      source = await place.open({ servedName: undefined, onProblem: (problem) => problems.push(problem) });
      return source;
    }

    it('serves the model that it names', async () => {
      const published = await place.publish(irisDocument({ version: '0.1.0' }));
      const opened = await open();
      expect([opened.current()?.version, opened.currentName(), opened.problem()]).toEqual(['0.1.0', published, undefined]);
    });

    it('has none before there is one, says so once, and serves the first without a restart', async () => {
      const opened = await open();
      expect(opened.current()).toBeUndefined();
      expect(opened.problem()).toEqual(problems[0]);
      await place.publish(irisDocument({ version: '0.1.0' }));
      await expect.poll(() => opened.current()?.version).toBe('0.1.0');
      expect([opened.problem(), problems.length]).toEqual([undefined, 1]);
    });

    it('follows to the next model, and tells of it once', async () => {
      await place.publish(irisDocument({ version: '0.1.0' }));
      const opened = await open();
      const changes: (string | undefined)[][] = [];
      opened.onChange((model) => changes.push([model.version, opened.current()?.version]));
      const second = await place.publish(irisDocument({ version: '0.2.0' }));
      await expect.poll(() => changes).toEqual([['0.2.0', '0.2.0']]);
      expect(opened.currentName()).toBe(second);
    });

    it.each<[string, string | ((text: string) => string), string]>([
      ['no JSON', '{', 'MODEL_FILE_NOT_JSON'],
      ['cut short', (text) => text.slice(0, -200), 'MODEL_FILE_NOT_JSON'],
      ['changed after it was sealed', (text) => text.replace('"version":"0.2.0"', '"version":"0.3.0"'), 'MODEL_FILE_CHECKSUM'],
    ])('keeps the old model when the new one is %s, and takes the next good one', async (_case, change, code) => {
      const { serializeModel } = await import('@iris/model-file');
      await place.publish(irisDocument({ version: '0.1.0' }));
      const opened = await open();
      await place.publishText(typeof change === 'string' ? change : change(serializeModel(irisDocument({ version: '0.2.0' }))));
      await expect.poll(() => opened.problem()?.code).toBe(code);
      expect(opened.current()?.version).toBe('0.1.0');
      await place.publish(irisDocument({ version: '0.4.0' }));
      await expect.poll(() => opened.current()?.version).toBe('0.4.0');
      expect(opened.problem()).toBeUndefined();
    });

    it('refuses a model of another dataset', async () => {
      await place.publish(irisDocument());
      const opened = await open();
      const { dataset } = irisDocument();
      await place.publish(irisDocument({ dataset: { ...dataset, name: 'other' } }));
      await expect.poll(() => opened.problem()?.code).toBe('MODEL_DATASET_DIFFERENT');
      expect(opened.current()?.schema.name).toBe('iris');
    });

    it('keeps its model while the place is away, says so once, and has no problem once it is back', async () => {
      await place.publish(irisDocument({ version: '0.1.0' }));
      const opened = await open();
      let changes = 0;
      opened.onChange(() => changes++);
      await place.goAway();
      await expect.poll(() => opened.problem()).toBeDefined();
      expect([opened.current()?.version, problems.length]).toEqual(['0.1.0', 1]);
      await place.comeBack();
      await expect.poll(() => opened.problem()).toBeUndefined();
      expect(changes).toBe(0);
    });

    it('says again why it refuses a model when the place was away meanwhile', async () => {
      await place.publish(irisDocument({ version: '0.1.0' }));
      const opened = await open();
      await place.publishText('{');
      await expect.poll(() => opened.problem()?.code).toBe('MODEL_FILE_NOT_JSON');
      await place.goAway();
      await expect.poll(() => opened.problem()?.code).not.toBe('MODEL_FILE_NOT_JSON');
      await place.comeBack();
      await expect.poll(() => opened.problem()?.code).toBe('MODEL_FILE_NOT_JSON');
      expect(problems).toHaveLength(3);
    });
  });
}

/** What a forest of realistic size takes: 100 full trees on 20,000 rows of 26 classes. */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistogramForestParameters } from '@iris/model';
import { fit as fitModel } from '@iris/training';
import { makeLetters } from './tables.ts';

/** Processes that load it; the fastest counts. */
const LOADS = 3;

/** Its size and speed. */
export interface LargeForestFigures {
  readonly nodes: number;
  /** Of its parameters as JSON. */
  readonly megabytes: number;
  /** From the text to a model, in a process that has just begun. */
  readonly loadMs: number;
  /** Added to the process by the model. */
  readonly addedMb: number;
  /** A row alone, median. */
  readonly singleUs: number;
  /** A row in a batch. */
  readonly batchUs: number;
}

/** Fits it and measures it; writes to `directory`. */
export async function measureLargeForest(directory: string): Promise<LargeForestFigures> {
  const letters = makeLetters();
  const parameters = (await fitModel('rf', letters, {}, 1)).parameters as HistogramForestParameters;
  const text = JSON.stringify(parameters);
  const file = join(directory, 'large-forest.json');
  writeFileSync(file, text);
  const loads = Array.from({ length: LOADS }, () => load(file, letters.columns.length));
  const least = (value: (figures: Loaded) => number) => Math.min(...loads.map(value));
  return {
    nodes: parameters.trees.nodeCount,
    megabytes: text.length / 1e6,
    loadMs: least(({ loadMs }) => loadMs),
    addedMb: least(({ addedMb }) => addedMb),
    singleUs: least(({ singleUs }) => singleUs),
    batchUs: least(({ batchUs }) => batchUs),
  };
}

type Loaded = Omit<LargeForestFigures, 'nodes' | 'megabytes'>;

function load(file: string, columns: number): Loaded {
  const program = join(import.meta.dirname, 'large-forest-child.ts');
  const output = execFileSync(process.execPath, ['--expose-gc', program, file, String(columns)], { encoding: 'utf8' });
  return JSON.parse(output) as Loaded;
}

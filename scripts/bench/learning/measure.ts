/** Our learners beside scikit-learn's and LightGBM's, on the same splits of the same tables. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { preparePython } from '../../python-environment.ts';
import { BenchError } from '../bench-error.ts';
import { writeTable } from './exchange.ts';
import { type LargeForestFigures, measureLargeForest } from './large-forest.ts';
import type { LearnAnswer } from './learner.ts';
import { type LearnerProcess, startLearner } from './learner-process.ts';
import { holdOut } from './splits.ts';
import { type LearningTable, makeLetters, readTable, TARGETS } from './tables.ts';

/** Where the tables are, and how much is measured. */
export interface LearningOptions {
  /** Folder of CSV files. */
  readonly tables: string | undefined;
  readonly splits: number;
  /** Fits of each; the fastest counts. */
  readonly rounds: number;
}

/** Means over the splits of one table; times are those of the fastest round. */
export interface Figures {
  readonly accuracy: number;
  readonly logLoss: number;
  readonly seconds: number;
  readonly predictUs: number;
  /** Of `optimum`: the greatest difference between its probabilities and those of `logreg`. */
  readonly gap?: number;
}

/** One table: each learner's figures by its name. */
interface TableFigures {
  readonly table: string;
  /** Made, not of the world: it counts for times alone. */
  readonly isMade: boolean;
  readonly learners: Readonly<Record<string, Figures>>;
}

/** All that was measured. */
export interface LearningFigures {
  readonly tables: readonly TableFigures[];
  readonly largeForest: LargeForestFigures;
}

/** They take minutes on the 20,000 rows of the made table, and are judged by the others. */
const SLOW_ON_MANY_CLASSES: ReadonlySet<string> = new Set(['svm', 'logreg', 'optimum']);

interface Learner {
  readonly name: string;
  readonly process: LearnerProcess;
  readonly algorithm: string;
}

/**
 * Measures all tables, and a made one as large as the well-known letters.
 *
 * @param options folder of the CSV files, and how much is measured.
 * @throws BenchError when the folder lacks a table, or there is no Python.
 */
export async function measureLearning(options: LearningOptions, report: (line: string) => void): Promise<LearningFigures> {
  const { tables, splits, rounds } = options;
  requireTables(tables);
  const python = preparePython('learning-requirements.txt');
  const directory = mkdtempSync(join(tmpdir(), 'iris-bench-learning-'));
  const ours = startLearner(process.execPath, [join(import.meta.dirname, 'learner.ts')]);
  const theirs = startLearner(python, [join(import.meta.dirname, 'learner.py')]);
  const learners: Learner[] = [
    { name: 'rf', process: ours, algorithm: 'rf' },
    { name: 'RandomForest', process: theirs, algorithm: 'rf' },
    { name: 'gbt', process: ours, algorithm: 'gbt' },
    { name: 'HistGradientBoosting', process: theirs, algorithm: 'gbt' },
    { name: 'LightGBM', process: theirs, algorithm: 'lightgbm' },
    { name: 'logreg', process: ours, algorithm: 'logreg' },
    { name: 'LogisticRegression', process: theirs, algorithm: 'logreg' },
    { name: 'optimum', process: theirs, algorithm: 'optimum' },
    { name: 'svm', process: ours, algorithm: 'svm' },
    { name: 'SVC', process: theirs, algorithm: 'svm' },
  ];
  try {
    const figures: TableFigures[] = [];
    report('learning: a large forest');
    const largeForest = await measureLargeForest(directory);
    for (const table of [...Object.keys(TARGETS).map((name) => readTable(tables, name)), makeLetters()]) {
      report(`learning: ${table.name}`);
      figures.push(await measureTable(table, join(directory, String(figures.length)), learners, { splits, rounds }));
    }
    return { tables: figures, largeForest };
  } finally {
    ours.end();
    theirs.end();
    rmSync(directory, { recursive: true, force: true });
  }
}

function requireTables(directory: string | undefined): asserts directory is string {
  const names = Object.keys(TARGETS).map((name) => `${name}.csv`);
  const missing = directory === undefined ? names : names.filter((name) => !existsSync(join(directory, name)));
  if (missing.length === 0) return;
  const where = directory === undefined ? 'no folder of tables was given' : `${directory} lacks ${missing.join(', ')}`;
  throw new BenchError(
    `${where}: --tables DIR (or LEARNING_TABLES) names one with the tables of scripts/bench/learning/README.md`,
  );
}

async function measureTable(
  table: LearningTable,
  directory: string,
  learners: readonly Learner[],
  { splits, rounds }: Pick<LearningOptions, 'splits' | 'rounds'>,
): Promise<TableFigures> {
  const heldOut = Array.from({ length: splits }, (_, split) => holdOut(table.labels, table.classCount, split + 1));
  writeTable(directory, table, heldOut);
  const isMade = !(table.name in TARGETS);
  const asked = learners.filter(({ algorithm }) => !(isMade && SLOW_ON_MANY_CLASSES.has(algorithm)));
  const answers = new Map<string, LearnAnswer[]>(asked.map(({ name }) => [name, []]));
  for (let split = 0; split < splits; split++) {
    const best = new Map<string, LearnAnswer>();
    // In turns: what disturbs the machine disturbs all of them alike.
    for (let round = 0; round < rounds; round++) {
      for (const { name, process, algorithm } of asked) {
        const answer = await process.ask({ algorithm, directory, split });
        best.set(name, fastest(best.get(name), answer));
      }
    }
    for (const [name, answer] of best) answers.get(name)!.push(answer);
  }
  return {
    table: table.name,
    isMade,
    learners: Object.fromEntries(asked.map(({ name }) => [name, meanOf(answers.get(name)!)])),
  };
}

function fastest(before: LearnAnswer | undefined, now: LearnAnswer): LearnAnswer {
  if (!before) return now;
  return { ...now, seconds: Math.min(before.seconds, now.seconds), predictUs: Math.min(before.predictUs, now.predictUs) };
}

function meanOf(answers: readonly LearnAnswer[]): Figures {
  const mean = (value: (answer: LearnAnswer) => number) =>
    answers.reduce((sum, answer) => sum + value(answer), 0) / answers.length;
  const gap = answers[0]!.gap === undefined ? undefined : Math.max(...answers.map((answer) => answer.gap!));
  return {
    accuracy: mean(({ accuracy }) => accuracy),
    logLoss: mean(({ logLoss }) => logLoss),
    seconds: mean(({ seconds }) => seconds),
    predictUs: mean(({ predictUs }) => predictUs),
    ...(gap !== undefined && { gap }),
  };
}

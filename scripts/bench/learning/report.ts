/** What the learners are asked to reach beside scikit-learn and LightGBM, and the figures as Markdown. */
import { atLeast, atMost, type Bar } from '../bars.ts';
import { show, table } from '../table.ts';
import type { Figures, LearningFigures } from './measure.ts';

/** A learner of ours and one that it is compared with. */
export interface Pair {
  readonly ours: string;
  readonly theirs: string;
}

const FOREST: Pair = { ours: 'rf', theirs: 'RandomForest' };
const BOOSTING: Pair = { ours: 'gbt', theirs: 'HistGradientBoosting' };
const LIGHT: Pair = { ours: 'gbt', theirs: 'LightGBM' };

const REGRESSION: Pair = { ours: 'logreg', theirs: 'LogisticRegression' };
const MACHINE: Pair = { ours: 'svm', theirs: 'SVC' };

/** All comparisons. */
export const PAIRS: readonly Pair[] = [FOREST, BOOSTING, LIGHT, REGRESSION, MACHINE];

export const LEARNING_NOTE =
  'Learners beside scikit-learn and LightGBM: means over stratified splits of 75 % and 25 %, the same for all; log-loss clipped at 1e-15; of the ' +
  'fits of each split, in turns, the fastest counts. scikit-learn and LightGBM use two threads, ours one. Levels are codes and missing values NaN for all of these; for logistic regression and support vector machines, which have one thread on either side, scikit-learn gets ' +
  'levels one-hot and missing values filled beforehand, ours does so in the time of the fit.';

/** Judges the figures over the tables; the made one counts for times alone. */
export function judgeLearning(figures: LearningFigures): Bar[] {
  const { largeForest } = figures;
  const differences = compare(figures, FOREST, ({ accuracy }, other) => (accuracy - other.accuracy) * 100, false);
  const forestLoss = compare(figures, FOREST, lossRatio, false);
  const forestTime = compare(figures, FOREST, timeRatio, true);
  const points = ({ accuracy }: Figures, other: Figures) => (accuracy - other.accuracy) * 100;
  const gaps = figures.tables.flatMap(({ learners }) => learners.optimum?.gap ?? []);
  const boosted = compare(figures, BOOSTING, ({ accuracy }, other) => (accuracy - other.accuracy) * 100, false);
  return [
    atLeast('rf: accuracy − scikit-learn’s, points, mean', -0.1, mean(differences)),
    atLeast('rf: on the worst table', -1, Math.min(...differences)),
    atMost('rf: log-loss ÷ scikit-learn’s, geometric mean', 0.8, geometricMean(forestLoss)),
    atMost('rf: on the worst table', 1.1, Math.max(...forestLoss)),
    atMost('rf: time of a fit ÷ scikit-learn’s, geometric mean', 1, geometricMean(forestTime)),
    atMost('rf: on the worst table', 1.6, Math.max(...forestTime)),
    atLeast('gbt: accuracy − HistGradientBoosting’s, points, mean', -0.2, mean(boosted)),
    atMost(
      'gbt: log-loss ÷ HistGradientBoosting’s, geometric mean',
      0.9,
      geometricMean(compare(figures, BOOSTING, lossRatio, false)),
    ),
    atMost(
      'gbt: time of a fit ÷ HistGradientBoosting’s, geometric mean',
      1.2,
      geometricMean(compare(figures, BOOSTING, timeRatio, true)),
    ),
    atMost('gbt: time of a fit ÷ LightGBM’s, geometric mean', 3, geometricMean(compare(figures, LIGHT, timeRatio, true))),
    atLeast('logreg: accuracy − scikit-learn’s, points, mean', -0.3, mean(compare(figures, REGRESSION, points, false))),
    atMost('logreg: greatest distance of a probability from the optimum', 1e-3, Math.max(...gaps)),
    atMost(
      'logreg: time of a fit ÷ scikit-learn’s, on the worst table',
      2,
      Math.max(...compare(figures, REGRESSION, timeRatio, false)),
    ),
    atLeast('svm: accuracy − scikit-learn’s, points, mean', -0.3, mean(compare(figures, MACHINE, points, false))),
    atMost(
      'svm: time of a fit ÷ scikit-learn’s, on the worst table',
      2.5,
      Math.max(...compare(figures, MACHINE, timeRatio, false)),
    ),
    atMost(`forest of ${show(largeForest.nodes, 0)} nodes: file, MB`, 1.2, largeForest.megabytes),
    atMost('its load, ms', 30, largeForest.loadMs),
    atMost('memory that it adds, MB', 20, largeForest.addedMb),
    atMost('a row alone, median, µs', 30, largeForest.singleUs),
    atMost('a row in a batch, µs', 20, largeForest.batchUs),
  ].filter((bar) => bar !== undefined);
}

/** One comparison, a line for each table. */
export function formatPair({ tables }: LearningFigures, { ours, theirs }: Pair): string {
  return table(
    [`${ours} : ${theirs}`, 'accuracy', 'difference, points', 'log-loss', 'ratio', 'fit, s', 'ratio', 'predict, µs a row'],
    tables
      .filter(({ learners }) => ours in learners)
      .map(({ table: name, learners }) => {
        const [own, other] = [learners[ours]!, learners[theirs]!];
        return [
          name,
          `${show(own.accuracy, 3)} : ${show(other.accuracy, 3)}`,
          show((own.accuracy - other.accuracy) * 100, 2),
          `${show(own.logLoss, 3)} : ${show(other.logLoss, 3)}`,
          show(lossRatio(own, other), 2),
          `${show(own.seconds, 2)} : ${show(other.seconds, 2)}`,
          show(timeRatio(own, other), 2),
          `${show(own.predictUs, 0)} : ${show(other.predictUs, 0)}`,
        ];
      }),
  );
}

function compare(
  { tables }: LearningFigures,
  { ours, theirs }: Pair,
  by: (own: Figures, other: Figures) => number,
  withMade: boolean,
): number[] {
  return tables.filter(({ isMade }) => withMade || !isMade).map(({ learners }) => by(learners[ours]!, learners[theirs]!));
}

function lossRatio(own: Figures, other: Figures): number {
  return own.logLoss / other.logLoss;
}

function timeRatio(own: Figures, other: Figures): number {
  return own.seconds / other.seconds;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function geometricMean(values: readonly number[]): number {
  return Math.exp(mean(values.map(Math.log)));
}

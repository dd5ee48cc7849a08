/**
 * Random forest (Breiman, 2001): each tree votes, and a class's probability comes from its share of the votes.
 *
 * Version 1 gives the shares as they are. Version 2 lets one tree more vote, the prior, so that no class has nothing, and sharpens the
 * shares by a temperature that was fitted on votes of trees that had not seen the row (as Guo et al., 2017, do with scores).
 */

import { ModelError } from '../errors.ts';
import { MAX_TREES } from '../limits.ts';
import type { BatchScorer, ModelShape } from '../model.ts';
import type { ParameterReader } from '../parameter-reader.ts';
import { createLeafTable } from './leaf-table.ts';
import { addVotes, type LeafVotes, parseLeafVotes, pureLeaves } from './leaf-votes.ts';
import { parseNodeTable } from './node-table.ts';
import { parseTrees } from './parse-trees.ts';
import type { TreeEnsemble } from './tree-ensemble.ts';
import { createWalk } from './walk.ts';

const TEMPERATURES = { min: 0.01, max: 100 };
const PRIOR_TOLERANCE = 1e-6;

/** A forest that is proven sound. */
export interface Forest {
  readonly trees: TreeEnsemble;
  readonly votes: LeafVotes;
  /** Absent in version 1: the shares of the votes are the probabilities. */
  readonly calibration: Calibration | undefined;
}

interface Calibration {
  /** Class shares that vote as one tree more. */
  readonly prior: Float64Array;
  readonly temperature: number;
}

/**
 * Reads the parameters of a forest, of either version.
 *
 * @throws ModelError when the nodes are no set of trees or a number is unusable.
 */
export function parseForest(parameters: ParameterReader, { inputSize, classCount }: ModelShape): Forest {
  if (parameters.raw('trees') === undefined) {
    return { trees: parseNodeTable(parameters, inputSize, classCount), votes: pureLeaves(classCount), calibration: undefined };
  }
  const votes = parseLeafVotes(parameters, classCount);
  const trees = parseTrees(parameters, { inputSize, maxTrees: MAX_TREES, namedLeaves: votes.leafCount });
  return { trees, votes, calibration: parseCalibration(parameters, classCount) };
}

/**
 * Reads a forest and builds its scorer.
 *
 * @throws ModelError as `parseForest`.
 */
export function parseRandomForest(parameters: ParameterReader, shape: ModelShape): BatchScorer {
  return createForestScorer(parseForest(parameters, shape));
}

/** Builds the scorer of a forest: by table where it is small, else by walking. */
function createForestScorer(forest: Forest): BatchScorer {
  const { classCount } = forest.votes;
  const countVotes = createLeafTable(forest.trees, forest.votes) ?? createVoteWalk(forest.trees, forest.votes);
  const treeCount = forest.trees.roots.length;
  const finish = forest.calibration ? createCalibration(forest.calibration) : createShares(treeCount);
  return function scoreBatch(rows, offset, count, out, outOffset) {
    countVotes(rows, offset, count, out, outOffset);
    for (let row = 0; row < count; row++) finish(out, outOffset + row * classCount, classCount);
  };
}

/** Builds what writes the votes of each class by walking every tree. */
export function createVoteWalk(trees: TreeEnsemble, votes: LeafVotes): BatchScorer {
  const { classCount } = votes;
  const walk = createWalk(trees);
  return function countVotes(rows, offset, count, out, outOffset) {
    out.fill(0, outOffset, outOffset + count * classCount);
    walk(rows, offset, count, (_, leaves, first, rowCount) => {
      for (let row = 0, at = outOffset + first * classCount; row < rowCount; row++, at += classCount) {
        const leaf = leaves[row]!;
        if (leaf < classCount) out[at + leaf]! += 1;
        else addVotes(votes, leaf, 1, out, at);
      }
    });
  };
}

function parseCalibration(parameters: ParameterReader, classCount: number): Calibration {
  const prior = parameters.numbers('prior', classCount, { min: 0, max: 1 });
  const sum = prior.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > PRIOR_TOLERANCE) throw new ModelError('MODEL_COUNTS', `prior must sum to 1, sums to ${sum}`, { sum });
  return { prior, temperature: parameters.number('temperature', TEMPERATURES) };
}

/** Makes a row of votes one of probabilities, in place. */
type Finish = (votes: Float64Array, offset: number, classCount: number) => void;

function createShares(treeCount: number): Finish {
  return function toShares(votes, offset, classCount) {
    for (let index = offset; index < offset + classCount; index++) votes[index] = votes[index]! / treeCount;
  };
}

function createCalibration({ prior, temperature }: Calibration): Finish {
  return function calibrate(votes, offset, classCount) {
    let greatest = 0;
    for (let index = 0; index < classCount; index++) {
      votes[offset + index]! += prior[index]!;
      greatest = Math.max(greatest, votes[offset + index]!);
    }
    let sum = 0;
    for (let index = offset; index < offset + classCount; index++) {
      // At most 1, whatever the temperature; 0 for a class without a vote.
      const power = (votes[index]! / greatest) ** (1 / temperature);
      votes[index] = power;
      sum += power;
    }
    const factor = 1 / sum;
    for (let index = offset; index < offset + classCount; index++) votes[index]! *= factor;
  };
}

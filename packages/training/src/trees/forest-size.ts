/** How large the trees of a forest may be: a model has a bound on its nodes, and full trees on many rows are beyond it. */
import { MAX_NODES } from '@iris/model';
import { TrainingError } from '../errors.ts';

/** Trees differ a little in size from the first, which they are judged by. */
export const MAX_FOREST_NODES = 0.9 * MAX_NODES;

/**
 * Finds the rows that each side of a split must have for the forest to fit into a model: 1 where full trees do.
 *
 * @param forestNodes about how many nodes the forest has with such leaves; called a few times.
 */
export function chooseLeafSize(forestNodes: (leafSize: number) => number): number {
  let leafSize = 1;
  for (let nodes = forestNodes(leafSize); nodes > MAX_FOREST_NODES; nodes = forestNodes(leafSize)) {
    leafSize = Math.max(leafSize + 1, Math.ceil((leafSize * nodes) / MAX_FOREST_NODES));
  }
  return leafSize;
}

/**
 * Refuses a forest that would be too large, before it is grown.
 *
 * @throws TrainingError `TRAINING_OPTION` saying what to change.
 */
export function requireForestSize(nodes: number, minSamplesLeaf: number): void {
  if (nodes <= MAX_FOREST_NODES) return;
  const message =
    `the forest would have about ${Math.round(nodes / 1e5) / 10} million nodes, a model has at most ${MAX_NODES / 1e6} million: ` +
    'leave minSamplesLeaf to be chosen, make it larger, or take fewer trees or a maxDepth';
  throw new TrainingError('TRAINING_OPTION', message, { name: 'minSamplesLeaf', value: minSamplesLeaf, nodes });
}

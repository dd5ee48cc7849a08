/** Follows one sample and many references through a tree at once, to every leaf that a mixture of the sample and a reference can reach. */
import { NODE_WORDS, type TreeEnsemble } from '@iris/model/trees';

/** What goes through the trees. */
export interface SplitPathsSetting {
  /** Feature of each place of a node's first word. */
  readonly featureOfPlace: Int32Array;
  readonly featureCount: number;
  /** Both copies of the sample's bins, as `binRow` writes them; read at each walk. */
  readonly sampleBins: Int32Array;
  /** The references' bins, place by place: (2 × columns) × `referenceCount`. */
  readonly referenceBins: Int32Array;
  readonly referenceCount: number;
}

/** Takes a leaf with the references `order[first…end]` whose mixtures reach it, and how many of `lost` count. */
export type LeafVisitor = (leaf: number, first: number, end: number, lostCount: number) => void;

/** The walk, and where it stands while it visits a leaf. */
export interface SplitPaths {
  /** Splits on the longest path of any tree. */
  readonly maxDepth: number;
  /** Indices of the references, those of a visit side by side. */
  readonly order: Int32Array;
  /** Features that must come from the sample for a mixture with a reference to be there: at `reference × featureCount` its first. */
  readonly gained: Int32Array;
  /** How many they are for each reference. */
  readonly gainedCounts: Int32Array;
  /** Features that must come from the reference, the same for all references of a visit. */
  readonly lost: Int32Array;
  visitLeaves(root: number, visit: LeafVisitor): void;
}

// What is left to do at a node once one of its subtrees has been visited: the other one with the references that go there, the other one with
// all references, nothing but to take back what they gained.
const FOLLOW = 0;
const KEEP = 1;
const LEAVE = 2;
/** Words of a frame: task, node (of LEAVE: the first gain), feature, first, middle and end of the references. */
const FRAME_WORDS = 6;

/**
 * Prepares the walk.
 *
 * Where sample and reference part on a feature that is not decided yet, the walk goes both ways, the reference's first; afterwards the feature
 * is decided. While a feature can still come from the sample, all references stay together on the sample's side. With a stack of its own: a tree
 * may be as deep as its file says.
 */
export function createSplitPaths(trees: TreeEnsemble, setting: SplitPathsSetting): SplitPaths {
  const { nodes, binBits } = trees;
  const { featureOfPlace, featureCount, sampleBins, referenceBins, referenceCount } = setting;
  const binMask = 2 ** binBits - 1;
  const maxDepth = depthOf(trees);
  const order = new Int32Array(referenceCount);
  const gained = new Int32Array(referenceCount * featureCount);
  const gainedCounts = new Int32Array(referenceCount);
  /** By feature and reference: 1 where it is among `gained`. */
  const isGained = new Uint8Array(featureCount * referenceCount);
  /** References in the order in which they gained a feature. */
  const gains = new Int32Array(referenceCount * featureCount);
  const lost = new Int32Array(featureCount);
  const isLost = new Uint8Array(featureCount);
  const frames = new Int32Array((maxDepth + 1) * FRAME_WORDS);

  /** Moves references that go left at a split, or right, to the front, but for those that have gained its feature; returns where they end. */
  function moveFirst(first: number, end: number, place: number, bin: number, feature: number, left: boolean): number {
    const bins = place * referenceCount;
    const flags = feature * referenceCount;
    let front = first;
    for (let at = first; at < end; at++) {
      const reference = order[at]!;
      if (referenceBins[bins + reference]! <= bin !== left || isGained[flags + reference] === 1) continue;
      order[at] = order[front]!;
      order[front++] = reference;
    }
    return front;
  }

  /** The references of a visit have gained a feature. */
  function gain(feature: number, first: number, end: number, gainCount: number): void {
    for (let at = first; at < end; at++) {
      const reference = order[at]!;
      isGained[feature * referenceCount + reference] = 1;
      gained[reference * featureCount + gainedCounts[reference]!++] = feature;
      gains[gainCount + at - first] = reference;
    }
  }

  /** Takes the last gains back, down to `from` of `gainCount`: the order of the references may be another by now. */
  function giveBack(feature: number, from: number, gainCount: number): void {
    for (let at = from; at < gainCount; at++) {
      const reference = gains[at]!;
      isGained[feature * referenceCount + reference] = 0;
      gainedCounts[reference]! -= 1;
    }
  }

  function visitLeaves(root: number, visit: LeafVisitor): void {
    // The same sums for the same sample, to the last digit, whatever was explained before.
    for (let index = 0; index < referenceCount; index++) order[index] = index;
    let [word, first, end] = [root, 0, referenceCount];
    let [lostCount, gainCount, frame] = [0, 0, 0];
    for (;;) {
      const right = nodes[word + 1]!;
      if (right >= 0) {
        const place = nodes[word]! >>> binBits;
        const bin = nodes[word]! & binMask;
        const feature = featureOfPlace[place]!;
        const isFollowing = isLost[feature] === 1;
        // On a lost feature all follow the reference, and those that go left are taken first.
        const awayIsRight = !isFollowing && sampleBins[place]! <= bin;
        const away = awayIsRight ? right : word + NODE_WORDS;
        const stays = awayIsRight ? word + NODE_WORDS : right;
        const middle = moveFirst(first, end, place, bin, feature, !awayIsRight);
        if (middle === first || (isFollowing && middle === end)) {
          word = middle === first ? stays : away;
          continue;
        }
        frames[frame] = isFollowing ? FOLLOW : KEEP;
        frames[frame + 1] = stays;
        frames[frame + 2] = feature;
        frames[frame + 3] = first;
        frames[frame + 4] = middle;
        frames[frame + 5] = end;
        frame += FRAME_WORDS;
        if (!isFollowing) {
          isLost[feature] = 1;
          lost[lostCount++] = feature;
        }
        word = away;
        end = middle;
        continue;
      }
      visit(~right, first, end, lostCount);
      while (frame > 0 && frames[frame - FRAME_WORDS] === LEAVE) {
        frame -= FRAME_WORDS;
        const from = frames[frame + 1]!;
        giveBack(frames[frame + 2]!, from, gainCount);
        gainCount = from;
      }
      if (frame === 0) return;
      const at = frame - FRAME_WORDS;
      const feature = frames[at + 2]!;
      const middle = frames[at + 4]!;
      word = frames[at + 1]!;
      end = frames[at + 5]!;
      if (frames[at] === FOLLOW) {
        first = middle;
        frame = at;
      } else {
        first = frames[at + 3]!;
        lostCount -= 1;
        isLost[feature] = 0;
        gain(feature, first, middle, gainCount);
        frames[at] = LEAVE;
        frames[at + 1] = gainCount;
        gainCount += middle - first;
      }
    }
  }

  return { maxDepth, order, gained, gainedCounts, lost, visitLeaves };
}

/** Splits on the longest path. */
function depthOf({ nodes }: TreeEnsemble): number {
  const depths = new Int32Array(nodes.length / NODE_WORDS);
  let greatest = 0;
  // Children stand after their parents.
  for (let node = 0; node < depths.length; node++) {
    const right = nodes[node * NODE_WORDS + 1]!;
    if (right < 0) continue;
    const depth = depths[node]! + 1;
    depths[node + 1] = depth;
    depths[right / NODE_WORDS] = depth;
    greatest = Math.max(greatest, depth);
  }
  return greatest;
}

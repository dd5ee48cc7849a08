/** Follows one sample and many references through a tree at once, to every leaf that a mixture of the sample and a reference can reach. */
import { NODE_WORDS, type TreeEnsemble } from '@iris/model/trees';
import { Gains } from './gains.ts';

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

// What is left to do at a node once one of its subtrees has been visited: the other one with the references that go there, the other one with
// all references, nothing but to take back what they gained.
const FOLLOW = 0;
const KEEP = 1;
const LEAVE = 2;
/** Words of a frame: task, node (of LEAVE: the mark of the gain), feature, first, middle and end of the references. */
const FRAME_WORDS = 6;

/**
 * The walk. Where sample and reference part on a feature that is not decided yet, it goes both ways, the reference's first; then the feature is
 * decided. While a feature can still come from the sample, all references stay together on the sample's side. With a stack of its own: a tree may
 * be as deep as its file says.
 */
export class SplitPaths {
  /** Splits on the longest path of any tree. */
  readonly maxDepth: number;
  /** Indices of the references, those of a visit side by side. */
  readonly order: Int32Array;
  /** Features that must come from the sample, for each reference. */
  readonly gains: Gains;
  /** Features that must come from the reference, the same for all references of a visit. */
  readonly lost: Int32Array;
  readonly #isLost: Uint8Array;
  readonly #trees: TreeEnsemble;
  readonly #setting: SplitPathsSetting;
  readonly #frames: Int32Array;

  constructor(trees: TreeEnsemble, setting: SplitPathsSetting) {
    this.maxDepth = depthOf(trees);
    this.order = new Int32Array(setting.referenceCount);
    this.gains = new Gains(setting.featureCount, setting.referenceCount);
    this.lost = new Int32Array(setting.featureCount);
    this.#isLost = new Uint8Array(setting.featureCount);
    this.#trees = trees;
    this.#setting = setting;
    this.#frames = new Int32Array((this.maxDepth + 1) * FRAME_WORDS);
  }

  /** Visits the leaves of the tree whose root is at a word. */
  visitLeaves(root: number, visit: LeafVisitor): void {
    const { nodes, binBits } = this.#trees;
    const { featureOfPlace, sampleBins, referenceCount } = this.#setting;
    const frames = this.#frames;
    const binMask = 2 ** binBits - 1;
    // The same sums for the same sample, to the last digit, whatever was explained before.
    for (let index = 0; index < referenceCount; index++) this.order[index] = index;
    let [word, first, end] = [root, 0, referenceCount];
    let [lostCount, frame] = [0, 0];
    for (;;) {
      const right = nodes[word + 1]!;
      if (right >= 0) {
        const place = nodes[word]! >>> binBits;
        const bin = nodes[word]! & binMask;
        const feature = featureOfPlace[place]!;
        const isFollowing = this.#isLost[feature] === 1;
        // On a lost feature all follow the reference, and those that go left are taken first.
        const awayIsRight = !isFollowing && sampleBins[place]! <= bin;
        const away = awayIsRight ? right : word + NODE_WORDS;
        const stays = awayIsRight ? word + NODE_WORDS : right;
        const middle = this.#moveFirst(first, end, place, bin, feature, !awayIsRight);
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
          this.#isLost[feature] = 1;
          this.lost[lostCount++] = feature;
        }
        word = away;
        end = middle;
        continue;
      }
      visit(~right, first, end, lostCount);
      frame = this.#leave(frame);
      if (frame === 0) return;
      const at = frame - FRAME_WORDS;
      word = frames[at + 1]!;
      first = frames[at + 3]!;
      end = frames[at + 5]!;
      if (frames[at] === FOLLOW) {
        first = frames[at + 4]!;
        frame = at;
      } else {
        lostCount -= 1;
        this.#keep(at);
      }
    }
  }

  /** Takes back the gains of nodes that are done; returns where the frames of the others end. */
  #leave(end: number): number {
    let frame = end;
    while (frame > 0 && this.#frames[frame - FRAME_WORDS] === LEAVE) {
      frame -= FRAME_WORDS;
      this.gains.takeBack(this.#frames[frame + 2]!, this.#frames[frame + 1]!);
    }
    return frame;
  }

  /** Goes to the sample's side: the references that went away gain the feature. */
  #keep(frame: number): void {
    const frames = this.#frames;
    const feature = frames[frame + 2]!;
    this.#isLost[feature] = 0;
    frames[frame] = LEAVE;
    frames[frame + 1] = this.gains.add(feature, this.order, frames[frame + 3]!, frames[frame + 4]!);
  }

  /** Moves references that go left at a split, or right, to the front, but for those that have gained its feature; returns where they end. */
  #moveFirst(first: number, end: number, place: number, bin: number, feature: number, left: boolean): number {
    const { order } = this;
    const { flags } = this.gains;
    const { referenceBins, referenceCount } = this.#setting;
    const bins = place * referenceCount;
    const gained = feature * referenceCount;
    let front = first;
    for (let at = first; at < end; at++) {
      const reference = order[at]!;
      if (referenceBins[bins + reference]! <= bin !== left || flags[gained + reference] === 1) continue;
      order[at] = order[front]!;
      order[front++] = reference;
    }
    return front;
  }
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

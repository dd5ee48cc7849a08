/** Which features each reference has gained on the way to a node: those that must come from the sample for their mixture to be there. */

/** A stack of features for each reference. */
export class Gains {
  /** At `reference × featureCount` the first of the reference's features. */
  readonly features: Int32Array;
  /** How many they are. */
  readonly counts: Int32Array;
  /** By feature and reference: 1 where the reference has gained the feature. */
  readonly flags: Uint8Array;
  readonly #featureCount: number;
  readonly #referenceCount: number;
  /** References in the order in which they gained a feature. */
  readonly #log: Int32Array;
  #logEnd = 0;

  constructor(featureCount: number, referenceCount: number) {
    this.features = new Int32Array(featureCount * referenceCount);
    this.counts = new Int32Array(referenceCount);
    this.flags = new Uint8Array(featureCount * referenceCount);
    this.#featureCount = featureCount;
    this.#referenceCount = referenceCount;
    this.#log = new Int32Array(featureCount * referenceCount);
  }

  /** The references `order[first…end]` gain a feature that none of them has. Returns what takes it back. */
  add(feature: number, order: Int32Array, first: number, end: number): number {
    const mark = this.#logEnd;
    for (let at = first; at < end; at++) {
      const reference = order[at]!;
      this.flags[feature * this.#referenceCount + reference] = 1;
      this.features[reference * this.#featureCount + this.counts[reference]!++] = feature;
      this.#log[this.#logEnd++] = reference;
    }
    return mark;
  }

  /** Takes back the last gain, of a feature: the order of the references may be another by now. */
  takeBack(feature: number, mark: number): void {
    while (this.#logEnd > mark) {
      const reference = this.#log[--this.#logEnd]!;
      this.flags[feature * this.#referenceCount + reference] = 0;
      this.counts[reference]! -= 1;
    }
  }
}

/** Explains forests and boosted trees: shares of votes, and margins. */
import type { TreeModel } from '@iris/model/trees';
import type { Method, MethodSetting } from './explanation.ts';
import { writeMargins } from './margins.ts';
import { createTreeShap } from './tree-shap.ts';

/** Explains what the trees add up to; in a forest without a temperature that is the probability. */
export function byTrees(model: TreeModel, setting: MethodSetting): Method {
  const { classCount, featureCount } = setting;
  const shap = createTreeShap(model, setting);
  const toClasses = model.kind === 'gbt' ? writeMargins : createShares(model.divisor);
  const scores = new Float64Array(model.start.length);
  const base = new Float64Array(classCount);
  toClasses(shap.meanScores, base, 0);
  return {
    explained: model.kind === 'gbt' ? 'margin' : model.areProbabilities ? 'probability' : 'share',
    attribute(row) {
      const shares = shap.explain(row);
      const contributions = new Float64Array(featureCount * classCount);
      for (let feature = 0; feature < featureCount; feature++) {
        for (let score = 0; score < scores.length; score++) scores[score] = shares[score * featureCount + feature]!;
        toClasses(scores, contributions, feature * classCount);
      }
      return { base, contributions };
    },
  };
}

function createShares(divisor: number): typeof writeMargins {
  return function writeShares(votes, out, offset) {
    for (let index = 0; index < votes.length; index++) out[offset + index] = votes[index]! / divisor;
  };
}

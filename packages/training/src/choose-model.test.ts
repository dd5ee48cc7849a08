import { describe, expect, it } from 'vitest';
import { type ComparedModel, chooseModel } from './choose-model.ts';

function compared(model: ComparedModel['model'], logLoss: number, standardError: number | null = 0.01): ComparedModel {
  return { model, evaluation: { accuracy: { mean: 0.9, standardError }, logLoss: { mean: logLoss, standardError } } };
}

describe('chooseModel', () => {
  it('takes the best where no simpler one comes close', () => {
    expect(chooseModel([compared('gbt', 0.3), compared('rf', 0.32), compared('logreg', 0.4)])).toEqual({
      model: 'gbt',
      reason: 'gbt has the lowest log-loss, 0.3000',
    });
  });

  it('takes the simplest within one standard error of the best, and says so', () => {
    expect(chooseModel([compared('gbt', 0.3), compared('svm', 0.305), compared('rf', 0.308), compared('logreg', 0.309)])).toEqual(
      {
        model: 'logreg',
        reason:
          "logreg is the simplest whose log-loss cannot be told from the best: 0.3090 is within one standard error (0.0100) of gbt's 0.3000, the lowest",
      },
    );
  });

  it('takes the best where there is no standard error', () => {
    expect(chooseModel([compared('rf', 0.3, null), compared('logreg', 0.3001, null)]).model).toBe('rf');
  });

  it('says where nothing is better than the baseline', () => {
    const { model, reason } = chooseModel([compared('majority', 0.69), compared('logreg', 0.7), compared('rf', 0.75)]);
    expect(model).toBe('logreg');
    expect(reason).toContain('no model is better than always saying how frequent each class is (0.6900)');
  });
});

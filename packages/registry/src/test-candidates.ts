/** Sound candidates for this package's tests. */
import { loadIris } from '@iris/dataset/iris';
import { irisDocument } from '@iris/model-file/test-documents';
import { hashRows } from './row-hashes.ts';
import type { ModelFigures, Verdict } from './verdict.ts';
import type { Candidate } from './version-folder.ts';

/** Figures with members exchanged. */
export function testFigures(change: Partial<ModelFigures> = {}): ModelFigures {
  const recall = { setosa: 1, versicolor: 0.94, virginica: 0.92 };
  const figures = { accuracy: 0.95, logLoss: 0.1, recall, calibrationError: 0.03, latencyMs: 0.002, bytes: 20_000 };
  return { model: 'rf', version: '0.1.0', dataset: 'iris', ...figures, ...change };
}

/** A verdict that says what it is to. */
function testVerdict(verdict: Verdict['verdict'] = 'passed'): Verdict {
  return {
    formatVersion: 1,
    verdict,
    judgedAt: '2026-11-30T12:00:00.000Z',
    judgedBy: 'a test',
    evaluation: { method: 'holdout', folds: 1, seed: 42 },
    candidate: testFigures(),
    current: null,
    comparison: null,
    checks: [{ name: 'a condition', passed: verdict === 'passed', detail: 'of a test' }],
  };
}

/** A candidate that can be added. */
export function testCandidate(version = '0.1.0', verdict: Verdict['verdict'] = 'passed'): Candidate {
  return { document: irisDocument({ version }), rowHashes: hashRows(loadIris()), verdict: testVerdict(verdict) };
}

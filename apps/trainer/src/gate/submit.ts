/** Offers a candidate to a registry: judged against the model in service, kept with its verdict, and put into service if it passed. */
import type { UnsealedDocument } from '@iris/model-file';
import {
  type HistoryEntry,
  hashRows,
  judge,
  type Registry,
  type RegistryWriter,
  rollbackSince,
  type Verdict,
} from '@iris/registry';
import { type EvaluationProgress, greatestClass, summarizeFolds } from '@iris/training';
import { type TrainingSet, wholeOf } from '../training-set.ts';
import { measureFeedback } from './feedback-figures.ts';
import { figuresOf, fileFiguresOf } from './figures.ts';
import { type CandidateMeasurement, measureCurrent } from './measure-current.ts';

/** What is offered, and what it must reach. */
export interface Submission extends Omit<CandidateMeasurement, 'file' | 'dataset'> {
  readonly set: TrainingSet;
  readonly document: UnsealedDocument;
  readonly minAccuracy: number | undefined;
  readonly minRecall: number | undefined;
  /** How many of the newest versions stay. */
  readonly keep: number;
  readonly by: string;
  /** Whether nobody is by: after a rollback such a candidate is kept and not promoted, and one of the rows of the newest version is not kept again. */
  readonly isUnattended?: boolean;
  /** Called with a sentence when something takes time. */
  readonly onNews: (sentence: string) => void;
  readonly onProgress: (progress: EvaluationProgress) => Promise<void>;
}

/** What came of it. */
export interface SubmissionOutcome {
  /** Name of the version that the candidate is now; where it is known, of the one with the same rows. */
  readonly name: string;
  readonly state: 'promoted' | 'refused' | 'held back' | 'known';
  readonly verdict: Verdict;
  /** Because of which it was held back. */
  readonly rollback?: HistoryEntry;
  /** What was in service when it was judged. */
  readonly previous: string | undefined;
}

/**
 * Judges and keeps a candidate.
 *
 * The lock is taken to write alone, not for the minutes of measuring. Where another model came into service meanwhile, the candidate is judged against that one.
 *
 * @throws RegistryError as its code says; the model in service is untouched then.
 */
export async function submit(registry: Registry, submission: Submission): Promise<SubmissionOutcome> {
  const { set, document } = submission;
  const measurement: CandidateMeasurement = { ...submission, dataset: set.base, file: fileFiguresOf(document) };
  for (;;) {
    const previous = await registry.current();
    const verdict = await judgeAgainst(registry, previous, submission, measurement);
    const kept = await registry.update((writer) => keep(registry, writer, previous, verdict, submission));
    if (kept !== undefined) {
      await removeOld(registry, submission);
      return { ...kept, verdict, previous };
    }
    submission.onNews('another model came into service meanwhile: judging again');
  }
}

/** The candidate's fate is decided by now: what stands in the way of this is said, and is no failure of the training. */
async function removeOld(registry: Registry, { keep: count, onNews }: Submission): Promise<void> {
  try {
    await registry.update((writer) => writer.prune(count, `more than ${count} versions`));
  } catch (error) {
    onNews(`warning: old versions were not removed: ${(error as Error).message}`);
  }
}

async function judgeAgainst(
  registry: Registry,
  previous: string | undefined,
  submission: Submission,
  measurement: CandidateMeasurement,
): Promise<Verdict> {
  const { document, rows, folds, minAccuracy, minRecall, by, seed, set, onNews, onProgress } = submission;
  if (previous !== undefined) onNews(`measuring ${previous}, the model in service, on the same folds`);
  const current = previous === undefined ? undefined : await measureCurrent(registry, previous, measurement, onProgress);
  const feedback = set.feedback && (await measureFeedback(registry, previous, { document, rows, feedback: set.feedback }));
  const { method, folds: foldCount, confusionMatrix } = summarizeFolds(folds, rows.classCount);
  return judge({
    candidate: figuresOf(measurement.file, folds, document.dataset),
    floor: { minAccuracy, minRecall, greatestShare: greatestClass(confusionMatrix).share },
    schema: document.dataset,
    evaluation: { method, folds: foldCount, seed },
    ...(current && { current }),
    ...(feedback && { feedback }),
    judgedAt: new Date(),
    judgedBy: by,
  });
}

/** Undefined when the verdict is about another model than the one that is in service now. */
async function keep(
  registry: Registry,
  writer: RegistryWriter,
  previous: string | undefined,
  verdict: Verdict,
  { document, set, isUnattended = false }: Submission,
): Promise<Pick<SubmissionOutcome, 'name' | 'state' | 'rollback'> | undefined> {
  const rowHashes = hashRows(wholeOf(set));
  const twin = isUnattended ? await findTwin(registry, rowHashes) : undefined;
  if (twin !== undefined) return { name: twin, state: 'known' };
  if ((await writer.current()) !== previous) return undefined;
  const name = await writer.add({ document, rowHashes, verdict });
  if (verdict.verdict === 'refused') return { name, state: 'refused' };
  const rollback = isUnattended ? rollbackSince(await registry.history()) : undefined;
  if (rollback) return { name, state: 'held back', rollback };
  const reason = previous === undefined ? 'passed the gate as the first model' : `passed the gate against ${previous}`;
  await writer.promote(name, { reason });
  return { name, state: 'promoted' };
}

/** The newest version, where it was made of the same rows: by another who retrained at the same time. */
async function findTwin(registry: Registry, rowHashes: readonly string[]): Promise<string | undefined> {
  const newest = (await registry.list()).at(-1)?.name;
  const known = newest === undefined ? undefined : await registry.rowHashes(newest);
  const own = new Set(rowHashes);
  return known?.size === own.size && rowHashes.every((hash) => known.has(hash)) ? newest : undefined;
}

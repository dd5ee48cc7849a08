/** Offers a candidate to a registry: judged against the model in service, kept with its verdict, and put into service if it passed. */
import type { UnsealedDocument } from '@iris/model-file';
import { hashRows, judge, type Registry, type RegistryWriter, type Verdict } from '@iris/registry';
import { type EvaluationProgress, greatestClass, summarizeFolds } from '@iris/training';
import { figuresOf, fileFiguresOf } from './figures.ts';
import { type CandidateMeasurement, measureCurrent } from './measure-current.ts';

/** What is offered, and what it must reach. */
export interface Submission extends Omit<CandidateMeasurement, 'file'> {
  readonly document: UnsealedDocument;
  readonly minAccuracy: number | undefined;
  readonly minRecall: number | undefined;
  /** How many of the newest versions stay. */
  readonly keep: number;
  readonly by: string;
  /** Called with a sentence when something takes time. */
  readonly onNews: (sentence: string) => void;
  readonly onProgress: (progress: EvaluationProgress) => Promise<void>;
}

/** What came of it. */
export interface SubmissionOutcome {
  /** Name of the version that the candidate is now. */
  readonly name: string;
  readonly verdict: Verdict;
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
  const measurement: CandidateMeasurement = { ...submission, file: fileFiguresOf(submission.document) };
  for (;;) {
    const previous = await registry.current();
    const verdict = await judgeAgainst(registry, previous, submission, measurement);
    const name = await registry.update((writer) => keep(writer, previous, verdict, submission));
    if (name !== undefined) {
      await removeOld(registry, submission);
      return { name, verdict, previous };
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
  { document, rows, folds, minAccuracy, minRecall, by, seed, onNews, onProgress }: Submission,
  measurement: CandidateMeasurement,
): Promise<Verdict> {
  if (previous !== undefined) onNews(`measuring ${previous}, the model in service, on the same folds`);
  const current = previous === undefined ? undefined : await measureCurrent(registry, previous, measurement, onProgress);
  const { method, folds: foldCount, confusionMatrix } = summarizeFolds(folds, rows.classCount);
  return judge({
    candidate: figuresOf(measurement.file, folds, document.dataset),
    floor: { minAccuracy, minRecall, greatestShare: greatestClass(confusionMatrix).share },
    schema: document.dataset,
    evaluation: { method, folds: foldCount, seed },
    ...(current && { current }),
    judgedAt: new Date(),
    judgedBy: by,
  });
}

/** Undefined when the verdict is about another model than the one that is in service now. */
async function keep(
  writer: RegistryWriter,
  previous: string | undefined,
  verdict: Verdict,
  { document, dataset }: Submission,
): Promise<string | undefined> {
  if ((await writer.current()) !== previous) return undefined;
  const name = await writer.add({ document, rowHashes: hashRows(dataset), verdict });
  if (verdict.verdict === 'passed') {
    const reason = previous === undefined ? 'passed the gate as the first model' : `passed the gate against ${previous}`;
    await writer.promote(name, { reason });
  }
  return name;
}

/** The program of the thread of explanations. A model comes with the first sample of it; each sample is answered with its explanation. */
import { platform, setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import type { Sample } from '@iris/dataset';
import { type ExplainedModel, type Explainer, prepareExplainer } from '@iris/explanation';

/** What the thread is asked. */
export interface ExplainTask {
  /** Absent: the model of the task before. */
  readonly model: ExplainedModel | undefined;
  readonly sample: Sample;
  readonly asked: 'probability' | undefined;
}

/** As nice(1) has it by default: beside a thread of the usual priority it gets a tenth of a processor. */
const NICE = 10;

// Predictions come first. Linux takes this for the thread alone, others for the whole process.
if (platform() === 'linux') setPriority(NICE);

let explain: Explainer | undefined;

parentPort?.on('message', ({ model, sample, asked }: ExplainTask) => {
  if (model) explain = prepareExplainer(model);
  parentPort?.postMessage(explain?.(sample, asked));
});

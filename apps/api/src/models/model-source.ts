/** Where the served model comes from: the port, and what can keep a model from being there. */
import type { ServedModel } from './served-model.ts';

/** Why there is no readable current model, or why the newest one was not taken. */
export interface ModelProblem {
  /** Such as `REGISTRY_NOT_MOUNTED`. */
  readonly code: string;
  /** One sentence that says what is missing and what to do. */
  readonly detail: string;
}

/** Gives the current model; it may change at any time between two requests. */
export interface ModelSource {
  /** The model in service, if one was ever read. A bad newer one leaves it in place. */
  current(): ServedModel | undefined;
  /** Name of the current model file as the registry gives it, or the file's name. */
  currentName(): string | undefined;
  /** What is wrong now; undefined when the newest model named is the one in service. */
  problem(): ModelProblem | undefined;
  /** Calls the listener after each change of model. */
  onChange(listener: (model: ServedModel) => void): void;
  close(): void;
}

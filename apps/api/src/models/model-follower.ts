/** Follows a place that names the model to serve: looks again and again, exchanges the model, and keeps the old one when the new one is bad. */
import type { DatasetSchema } from '@iris/dataset';
import type { ModelDocument } from '@iris/model-file';
import type { ModelProblem, ModelSource } from './model-source.ts';
import { createServedModel, type ServedModel } from './served-model.ts';

/** A model that a place names. */
export interface Candidate {
  /** For people, such as `a.json`. */
  readonly name: string;
  /** Changes whenever another model may be meant. */
  readonly identity: string;
  /** Changes whenever reading the same model again may give something else. */
  contentIdentity(): Promise<string>;
  /** Reads it. @throws whatever keeps it from being read or served; `code` says which. */
  read(): Promise<ModelDocument>;
}

/** What a look at a place gives: a model, what is wrong, or, where an old copy stands in, both. */
export interface Look {
  readonly candidate?: Candidate;
  readonly problem?: ModelProblem;
  /** For the log: it says more than callers of the API may see. */
  readonly cause?: unknown;
}

/** A place that names a model. */
export interface ModelPlace {
  /** Never rejects. */
  look(): Promise<Look>;
  readonly pollMs: number;
}

export interface FollowOptions {
  readonly servedName: string | undefined;
  /** Told of each problem once; the cause says more than callers of the API may see, such as paths. */
  readonly onProblem: (problem: ModelProblem, cause?: unknown) => void;
}

/** Starts to follow; there need not be a model yet. Resolves after the first look. */
export async function followModels(place: ModelPlace, options: FollowOptions): Promise<ModelSource> {
  const follower = new ModelFollower(place, options);
  await follower.start();
  return follower;
}

/** A candidate that was not served, and why: said again where the place was away meanwhile. */
interface Refusal {
  /** Identity and content of the candidate. */
  readonly attempt: string;
  readonly problem: ModelProblem;
  readonly cause: unknown;
}

class ModelFollower implements ModelSource {
  readonly #place: ModelPlace;
  readonly #options: FollowOptions;
  readonly #listeners: ((model: ServedModel) => void)[] = [];
  #model: ServedModel | undefined;
  #name: string | undefined;
  #problem: ModelProblem | undefined;
  /** Identity of the candidate in service. */
  #served: string | undefined;
  #refused: Refusal | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(place: ModelPlace, options: FollowOptions) {
    this.#place = place;
    this.#options = options;
  }

  current(): ServedModel | undefined {
    return this.#model;
  }

  currentName(): string | undefined {
    return this.#name;
  }

  problem(): ModelProblem | undefined {
    return this.#problem;
  }

  onChange(listener: (model: ServedModel) => void): void {
    this.#listeners.push(listener);
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  /** Looks now, and again after each pause; never two looks at once. */
  async start(): Promise<void> {
    await this.#look();
    if (!this.#closed) this.#timer = setTimeout(() => void this.start(), this.#place.pollMs).unref();
  }

  async #look(): Promise<void> {
    const { candidate, problem, cause } = await this.#place.look();
    if (this.#closed) return;
    if (candidate && candidate.identity !== this.#served) await this.#load(candidate);
    // The very one of before may be back.
    else if (!problem) this.#problem = this.#refused = undefined;
    if (problem) this.#report(problem, cause);
    else if (this.#refused) this.#report(this.#refused.problem, this.#refused.cause);
  }

  async #load(candidate: Candidate): Promise<void> {
    const attempt = `${candidate.identity}:${await candidate.contentIdentity()}`;
    // What was refused is read again when it has changed, as a file that is still being copied does: parsing holds up requests.
    if (attempt === this.#refused?.attempt) return;
    try {
      const document = await candidate.read();
      const refusal = this.#model && differentDataset(this.#model, document.dataset);
      if (refusal) throw refusal;
      this.#serve(createServedModel(document, this.#options.servedName), candidate);
    } catch (error) {
      const { isAboutContent, ...problem } = describeFailure(candidate.name, error);
      this.#refused = isAboutContent ? { attempt, problem, cause: error } : undefined;
      this.#report(problem, error);
    }
  }

  #serve(model: ServedModel, { name, identity }: Candidate): void {
    this.#model = model;
    this.#name = name;
    this.#served = identity;
    this.#problem = undefined;
    this.#refused = undefined;
    for (const listener of this.#listeners) listener(model);
  }

  #report(problem: ModelProblem, cause: unknown): void {
    const isNews = problem.detail !== this.#problem?.detail;
    this.#problem = problem;
    if (isNews) this.#options.onProblem(problem, cause);
  }
}

function describeFailure(name: string, error: unknown): ModelProblem & { readonly isAboutContent: boolean } {
  const { code = 'MODEL_UNREADABLE', message, cause } = error as Error & { code?: string };
  const isAboutContent = code.startsWith('MODEL_') && code !== 'MODEL_FILE_UNREADABLE';
  // The system's own words hold paths of this machine: they are for the log.
  const reason = isAboutContent ? message : `it cannot be read (${(cause as NodeJS.ErrnoException | undefined)?.code ?? code})`;
  return { code, detail: `The model file ${name} cannot be served: ${reason}`, isAboutContent };
}

function differentDataset(model: ServedModel, next: DatasetSchema): Error | undefined {
  const { name, target } = model.schema;
  if (next.name === name && next.target === target) return undefined;
  const message = `it predicts ${next.target} of ${next.name}, this server predicts ${target} of ${name}`;
  return Object.assign(new Error(message), { code: 'MODEL_DATASET_DIFFERENT' });
}

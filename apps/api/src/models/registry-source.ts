/** A registry directory: `current_model.txt` names a version or a model file; a change of it is served without a restart. */
import { readModelFile } from '@iris/model-file';
import {
  CURRENT_MODEL_FILE,
  fileIdentity,
  modelPath,
  type Pointer,
  type PointerProblem,
  readPointer,
} from '@iris/registry/reader';
import type { ModelProblem, ModelSource } from './model-source.ts';
import { createServedModel, type ServedModel } from './served-model.ts';

/** Polling, because change notifications do not cross network file systems or a mounted volume's replacement. */
const POLL_MS = 1000;

export interface RegistryOptions {
  readonly directory: string;
  readonly servedName: string | undefined;
  /** Told of each problem once; the cause says more than callers of the API may see, such as paths. */
  readonly onProblem: (problem: ModelProblem, cause?: unknown) => void;
  readonly pollMs?: number;
}

/** Opens a registry; it need not exist yet. Resolves after the first look at it. */
export async function openRegistrySource(options: RegistryOptions): Promise<ModelSource> {
  const registry = new RegistrySource(options);
  await registry.start();
  return registry;
}

class RegistrySource implements ModelSource {
  readonly #options: RegistryOptions;
  readonly #listeners: ((model: ServedModel) => void)[] = [];
  #model: ServedModel | undefined;
  #name: string | undefined;
  #problem: ModelProblem | undefined;
  /** Identity of the pointer whose model is in service. */
  #served: string | undefined;
  /** Identity of the pointer and model file that were last refused. */
  #refused: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: RegistryOptions) {
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
    if (!this.#closed) this.#timer = setTimeout(() => void this.start(), this.#options.pollMs ?? POLL_MS).unref();
  }

  async #look(): Promise<void> {
    const pointer = await readPointer(this.#options.directory);
    if ('problem' in pointer) this.#fail(describePointer(pointer.problem));
    else if (pointer.identity !== this.#served) await this.#load(pointer);
  }

  async #load({ name, identity }: Pointer): Promise<void> {
    const path = modelPath(this.#options.directory, name);
    const attempt = `${identity}:${await fileIdentity(path)}`;
    // A refused file is read again when it has changed, as one that is still being copied does: parsing holds up requests.
    if (attempt === this.#refused) return;
    try {
      const document = await readModelFile(path);
      const refusal = this.#model && differentDataset(this.#model, document.dataset);
      if (refusal) throw refusal;
      this.#serve(createServedModel(document, this.#options.servedName), name);
      this.#served = identity;
    } catch (error) {
      const problem = describeFailure(name, error);
      this.#fail(problem, error);
      if (problem.code !== 'MODEL_FILE_UNREADABLE') this.#refused = attempt;
    }
  }

  #serve(model: ServedModel, name: string): void {
    this.#model = model;
    this.#name = name;
    this.#problem = undefined;
    this.#refused = undefined;
    for (const listener of this.#listeners) listener(model);
  }

  /** Forgets what was served, so that the problem ends when a good pointer is back, even the very file of before. */
  #fail(problem: ModelProblem, cause?: unknown): void {
    this.#served = undefined;
    this.#refused = undefined;
    this.#report(problem, cause);
  }

  #report(problem: ModelProblem, cause: unknown): void {
    const isNews = problem.detail !== this.#problem?.detail;
    this.#problem = problem;
    if (isNews) this.#options.onProblem(problem, cause);
  }
}

function describeFailure(name: string, error: unknown): ModelProblem {
  const { code = 'MODEL_UNREADABLE', message, cause } = error as Error & { code?: string };
  const isAboutContent = code.startsWith('MODEL_') && code !== 'MODEL_FILE_UNREADABLE';
  // The system's own words hold paths of this machine: they are for the log.
  const reason = isAboutContent ? message : `it cannot be read (${(cause as NodeJS.ErrnoException | undefined)?.code ?? code})`;
  return { code, detail: `The model file ${name} cannot be served: ${reason}` };
}

function differentDataset(model: ServedModel, next: ServedModel['schema']): Error | undefined {
  const { name, target } = model.schema;
  if (next.name === name && next.target === target) return undefined;
  const message = `it predicts ${next.target} of ${next.name}, this server predicts ${target} of ${name}`;
  return Object.assign(new Error(message), { code: 'MODEL_DATASET_DIFFERENT' });
}

function describePointer(code: PointerProblem): ModelProblem {
  return { code, detail: POINTER_PROBLEMS[code] };
}

const POINTER_PROBLEMS: Readonly<Record<PointerProblem, string>> = {
  REGISTRY_NOT_MOUNTED:
    'The registry is not mounted: REGISTRY_DIR is not a directory. Mount the volume that the training job writes to.',
  CURRENT_MODEL_MISSING: `${CURRENT_MODEL_FILE} is missing in the registry. Run the training job: it writes the file when its gate passes.`,
  CURRENT_MODEL_EMPTY: `${CURRENT_MODEL_FILE} is empty. It must hold the name of a version, or of a model file, in the registry.`,
  CURRENT_MODEL_OUTSIDE: `${CURRENT_MODEL_FILE} must hold the name of a version or of a file in the registry, without a path.`,
};

/** The file `MLmodel`, from which MLflow's pages and clients read what a model takes and gives. */
import type { Artifact } from './artifacts.ts';

/** A column of a model's input or output. */
interface SignatureColumn {
  readonly name: string;
  readonly type: 'double' | 'string';
}

/** What a model is, for those who do not know its file. */
export interface ModelDescription {
  /** Name and settings of the one who can load it. */
  readonly flavor: { readonly name: string; readonly settings: Readonly<Record<string, string | number>> };
  readonly inputs: readonly SignatureColumn[];
  readonly outputs: readonly SignatureColumn[];
}

/**
 * Writes the description. Every JSON document is YAML, which is what MLflow reads.
 *
 * @see https://mlflow.org/docs/latest/ml/model/signatures/
 */
export function describeModel(
  { flavor, inputs, outputs }: ModelDescription,
  { modelId, runId, artifactUri }: { readonly modelId: string; readonly runId: string; readonly artifactUri: string },
): Artifact {
  const description = {
    artifact_path: artifactUri,
    flavors: { [flavor.name]: flavor.settings },
    model_id: modelId,
    run_id: runId,
    signature: { inputs: columnsAsText(inputs), outputs: columnsAsText(outputs) },
  };
  return { path: 'MLmodel', bytes: Buffer.from(`${JSON.stringify(description, null, 2)}\n`) };
}

/** MLflow keeps columns as JSON in a text. */
function columnsAsText(columns: readonly SignatureColumn[]): string {
  return JSON.stringify(columns.map(({ name, type }) => ({ type, name, required: true })));
}

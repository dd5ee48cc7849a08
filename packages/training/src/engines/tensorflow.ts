/** Loads TensorFlow.js: the native engine where it is installed, else the one in JavaScript; both have the same interface. */
import type * as TensorFlow from '@tensorflow/tfjs';

// In a variable, so that neither compiler nor bundler insists on an optional package.
const NATIVE_PACKAGE = '@tensorflow/tfjs-node';

/** TensorFlow.js ready for use. */
export interface LoadedTensorFlow {
  readonly tf: typeof TensorFlow;
  /** Package and version, such as `@tensorflow/tfjs 4.22.0`. */
  readonly engine: string;
}

let loading: Promise<LoadedTensorFlow> | undefined;

/** Loads it once per process. The engines agree to about 1e-6 in probability, not in every bit. */
export function loadTensorFlow(): Promise<LoadedTensorFlow> {
  loading ??= loadNative().catch(loadPortable);
  return loading;
}

async function loadNative(): Promise<LoadedTensorFlow> {
  // 4.22 still calls a function that Node 23 removed.
  const { default: util } = await import('node:util');
  const legacy = util as { isNullOrUndefined?: (value: unknown) => boolean };
  legacy.isNullOrUndefined ??= (value) => value === null || value === undefined;
  const tf = (await import(NATIVE_PACKAGE)) as typeof TensorFlow;
  return { tf, engine: `${NATIVE_PACKAGE} ${tf.version.tfjs}` };
}

async function loadPortable(): Promise<LoadedTensorFlow> {
  const tf = await import('@tensorflow/tfjs');
  // Production mode also silences the advert for the native package.
  tf.enableProdMode();
  await tf.setBackend('cpu');
  return { tf, engine: `@tensorflow/tfjs ${tf.version.tfjs}` };
}

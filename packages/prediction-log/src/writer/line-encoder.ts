/**
 * A prediction as a line of JSON, written straight into the bytes of a batch: nothing of a row stays on the heap, where its dozen of
 * objects would be copied by the garbage collector until the row is sent. See the README for what a row costs.
 */
import type { Prediction, PredictionSource } from '../port.ts';
import { cleanText } from '../record-json.ts';
import { NUMBER_BYTES, UNIT_BYTES, writeBytes, writeNumber, writeText } from './json-bytes.ts';

/** What the lines of a source have in common. */
interface Template {
  readonly source: PredictionSource | undefined;
  /** By class: from the label to before the first feature. */
  readonly heads: readonly Buffer[];
  /** By feature and by class: what stands before its value. */
  readonly features: readonly Buffer[];
  readonly probabilities: readonly Buffer[];
  /** Most bytes of a line, its texts not counted. */
  readonly bytes: number;
}

const ID = Buffer.from('{"recordId":');
const REQUEST_ID = Buffer.from(',"requestId":');
const BETWEEN = '},"probabilities":{';
const END = Buffer.from('}}\n');
/** For the quotes, the time and what else stands in every line. */
const FIXED_BYTES = 100;

/** Writes lines, of one source after another. */
export class LineEncoder {
  #template: Template = { source: undefined, heads: [], features: [], probabilities: [], bytes: 0 };
  #milliseconds = Number.NaN;
  /** The part of the line with that time: many rows share a millisecond. */
  #time = Buffer.alloc(0);

  /** Most bytes that the prediction's line can take. */
  maxBytes({ source, recordId, requestId, features }: Prediction): number {
    let units = recordId.length + requestId.length;
    for (let i = 0; i < features.length; i++) {
      const value = features[i];
      if (typeof value === 'string') units += value.length;
    }
    return this.#templateOf(source).bytes + UNIT_BYTES * units;
  }

  /** Writes the line with its end from `start` on, where `maxBytes` of room must be; gives the place behind it. */
  write(target: Buffer, start: number, prediction: Prediction): number {
    const { recordId, requestId, features, probabilities } = prediction;
    const template = this.#templateOf(prediction.source);
    let at = writeText(target, writeBytes(target, start, ID), recordId);
    if (requestId !== recordId) at = writeText(target, writeBytes(target, at, REQUEST_ID), requestId);
    at = writeBytes(target, at, this.#timeOf(prediction.createdAt.getTime()));
    at = writeBytes(target, at, template.heads[prediction.classIndex]!);
    for (let i = 0; i < template.features.length; i++) {
      const value = features[i]!;
      at = writeBytes(target, at, template.features[i]!);
      at = typeof value === 'string' ? writeText(target, at, value) : writeNumber(target, at, value);
    }
    for (let i = 0; i < template.probabilities.length; i++) {
      at = writeNumber(target, writeBytes(target, at, template.probabilities[i]!), probabilities[i]!);
    }
    return writeBytes(target, at, END);
  }

  #templateOf(source: PredictionSource): Template {
    if (source !== this.#template.source) this.#template = createTemplate(source);
    return this.#template;
  }

  #timeOf(milliseconds: number): Buffer {
    if (milliseconds !== this.#milliseconds) {
      this.#milliseconds = milliseconds;
      this.#time = Buffer.from(`,"createdAt":${JSON.stringify(milliseconds)}`);
    }
    return this.#time;
  }
}

function createTemplate(source: PredictionSource): Template {
  const { model, version, instance, featureNames, classes } = source;
  const origin = `"model":${quote(model)},"version":${quote(version)},"instance":${quote(instance)},"features":{`;
  const heads = classes.map((label) => Buffer.from(`,"label":${quote(label)},${origin}`));
  const features = keysOf(featureNames);
  const probabilities = keysOf(classes, BETWEEN);
  const longestHead = Math.max(...heads.map(({ length }) => length));
  const others = [...features, ...probabilities].reduce((sum, { length }) => sum + length + NUMBER_BYTES, 0);
  return { source, heads, features, probabilities, bytes: FIXED_BYTES + longestHead + others };
}

/** Each name as the key of an object; the first with what goes before it. */
function keysOf(names: readonly string[], before = ''): Buffer[] {
  return names.map((name, i) => Buffer.from(`${i === 0 ? before : ','}${quote(name)}:`));
}

function quote(text: string): string {
  return JSON.stringify(cleanText(text));
}

/** Model files of older format versions, as the present one has them. */
import { createEncoder } from '@iris/dataset';
import type { InputParameters } from '@iris/model';
import type { ModelDocument } from './document.ts';
import { ModelFileError } from './errors.ts';

/** A document of any version that is read. */
type AnyDocument = Omit<ModelDocument, 'formatVersion'> & { readonly formatVersion: 1 | 2 };

/**
 * Gives a document of version 1 the form of version 2; the checksum stays that of the file.
 *
 * In version 1 every row was one-hot before it came to a model; in version 2 a model's parameters say so.
 *
 * @throws ModelFileError `MODEL_FILE_DISAGREES` when the parameters are not of as many columns.
 */
export function upgradeDocument(document: AnyDocument): ModelDocument {
  if (document.formatVersion === 2) return document as ModelDocument;
  const { size, levelCounts } = createEncoder(document.dataset);
  const { parameters } = document;
  const columns = levelCounts.reduce((sum, count) => sum + (count || 1), 0);
  if (parameters.inputSize !== columns) {
    const message = `the model file contradicts itself: parameters.inputSize: ${parameters.inputSize}, but encoded columns of the dataset: ${columns}`;
    throw new ModelFileError('MODEL_FILE_DISAGREES', message, { actual: parameters.inputSize, expected: columns });
  }
  const inputs = oneHotInputs(levelCounts);
  return { ...document, formatVersion: 2, parameters: { ...parameters, inputSize: size, ...(columns > size && { inputs }) } };
}

function oneHotInputs(levelCounts: readonly number[]): InputParameters {
  return { levelCounts, fills: levelCounts.map(() => null), indicators: levelCounts.map(() => false) };
}

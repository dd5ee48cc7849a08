import { describe, expect, it } from 'vitest';
import { checksum } from './checksum.ts';
import { parseModelDocument } from './parse-model-document.ts';
import { serializeModel } from './serialize-model.ts';
import { irisDocument, PARAMETERS } from './test-documents.ts';

describe('serializeModel', () => {
  it.each(['rf', 'svm', 'logreg'] as const)('writes a %s document that reads back as it was', (model) => {
    const document = irisDocument({ model, parameters: PARAMETERS[model] });
    expect(parseModelDocument(serializeModel(document))).toEqual({ ...document, checksum: checksum(document) });
  });

  it('writes the same bytes whatever order the members come in', () => {
    const document = irisDocument();
    const shuffled = Object.fromEntries(Object.entries(document).reverse()) as typeof document;
    expect(serializeModel(shuffled)).toBe(serializeModel(document));
  });

  it('writes the same bytes again from what it wrote', () => {
    const text = serializeModel(irisDocument());
    expect(serializeModel(parseModelDocument(text))).toBe(text);
  });

  it('gives each member a line, so that two files can be compared', () => {
    const lines = serializeModel(irisDocument()).trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[2]).toBe('"model":"rf",');
  });
});

describe('checksum', () => {
  it('changes with any content and not with the checksum itself', () => {
    const document = irisDocument();
    expect(checksum(document)).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(checksum({ ...document, version: '0.1.1' })).not.toBe(checksum(document));
    expect(checksum(JSON.parse(serializeModel(document)))).toBe(checksum(document));
  });
});

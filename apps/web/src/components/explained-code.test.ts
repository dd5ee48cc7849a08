import { describe, expect, it } from 'vitest';
import en from '../../messages/en/state.json' with { type: 'json' };
import { explainedCode } from './explained-code.ts';

describe('explainedCode', () => {
  it('is the code itself where there is a text for it', () => {
    for (const code of Object.keys(en.problems)) expect(explainedCode(code)).toBe(code);
  });

  it('tells of a registry without a model as of a model that is not there yet', () => {
    expect(explainedCode('REGISTRY_NOT_MOUNTED')).toBe('MODEL_NOT_LOADED');
    expect(explainedCode('CURRENT_MODEL_EMPTY')).toBe('MODEL_NOT_LOADED');
  });

  it('is OTHER for what has no text', () => {
    expect(explainedCode('BODY_TOO_LARGE')).toBe('OTHER');
  });
});

import type { DynamicToolUIPart } from 'ai';
import { describe, expect, it } from 'vitest';
import { format, toolOutput, toolState } from './tool-call.ts';

const CALL = { type: 'dynamic-tool', toolName: 'predict', toolCallId: 'a' } as const;
const called: DynamicToolUIPart = { ...CALL, state: 'input-available', input: { x: 1 } };
const gave = (output: unknown): DynamicToolUIPart => ({ ...CALL, state: 'output-available', input: { x: 1 }, output });
const failed: DynamicToolUIPart = { ...CALL, state: 'output-error', input: {}, errorText: 'It is away.' };

describe('toolState', () => {
  it('runs while its message may go on, and has been stopped once it does not', () => {
    expect([toolState(called, true, true), toolState(called, false, true)]).toEqual(['running', 'stopped']);
  });

  it('asks in the last message only, and is refused where the user said so', () => {
    const asking: DynamicToolUIPart = { ...CALL, state: 'approval-requested', input: {}, approval: { id: 'a' } };
    expect([toolState(asking, false, true), toolState(asking, false, false)]).toEqual(['asks', 'stopped']);
    const answered = (approved: boolean): DynamicToolUIPart => ({
      ...CALL,
      state: 'approval-responded',
      input: {},
      approval: { id: 'a', approved },
    });
    expect([toolState(answered(true), true, true), toolState(answered(false), true, true)]).toEqual(['running', 'refused']);
    expect(toolState({ ...CALL, state: 'output-denied', input: {}, approval: { id: 'a', approved: false } }, false, false)).toBe(
      'refused',
    );
  });

  it('has failed where the tool, or the way to it, says so', () => {
    expect(toolState(gave({ content: [], isError: true }), false, true)).toBe('failed');
    expect(toolState(failed, true, true)).toBe('failed');
    expect(toolState(gave({ content: [] }), true, true)).toBe('done');
    expect(toolState(gave(null), true, true)).toBe('done');
  });
});

describe('toolOutput', () => {
  it('is the structured content, else the texts, else whatever there is', () => {
    const content = [{ type: 'text', text: 'one' }, { type: 'image' }, { type: 'text', text: 'two' }];
    expect(toolOutput(gave({ content, structuredContent: { label: 'yes' } }))).toBe('{\n  "label": "yes"\n}');
    expect(toolOutput(gave({ content }))).toBe('one\ntwo');
    expect(toolOutput(gave({ content: [] }))).toContain('"content": []');
    expect(toolOutput(gave(7))).toBe('7');
  });

  it('is nothing before there is any, and the fault where there is none', () => {
    expect(toolOutput(called)).toBeUndefined();
    expect(toolOutput(failed)).toBe('It is away.');
  });
});

describe('format', () => {
  it('leaves a text as it is, and writes nothing for nothing', () => {
    expect([format('a "b"'), format(undefined), format(null)]).toEqual(['a "b"', '', 'null']);
  });
});

import { loadIris } from '@iris/dataset/iris';
import { describe, expect, it } from 'vitest';
import type { NumericFeature } from '../../../lib/api/types.ts';
import { numericFeatures } from './axes.ts';
import { frameOf, heightOf, MARGINS, valuesAfterKey, valuesAt } from './plot-frame.ts';

const [x, y] = numericFeatures(loadIris().schema) as [NumericFeature, NumericFeature];
const axes = { x, y };
const values = { sepal_length: 5.8, sepal_width: 3 };
const frame = frameOf(axes, values);
const WIDTH = 600;

describe('a place on the plot', () => {
  it('in its middle is the middle of both spans, on the steps', () => {
    const left = (MARGINS.marginLeft + WIDTH - MARGINS.marginRight) / 2;
    const top = (MARGINS.marginTop + heightOf(WIDTH) - MARGINS.marginBottom) / 2;
    expect(valuesAt(frame, { left, top, width: WIDTH })).toEqual({ sepal_length: 6.1, sepal_width: 3.2 });
  });

  it('beyond the frame is its edge', () => {
    const { sepal_length, sepal_width } = valuesAt(frame, { left: -100, top: 9999, width: WIDTH });
    expect(sepal_length).toBeCloseTo(frame.x.from, 1);
    expect(sepal_width).toBeCloseTo(frame.y.from, 1);
  });

  it('is never a value that is not plausible', () => {
    const narrow = { ...x, plausible: { min: 4.3, max: 7.9 } };
    const at = valuesAt(frameOf({ x: narrow, y }, values), { left: 0, top: 0, width: WIDTH });
    expect(at.sepal_length).toBe(4.3);
  });
});

describe('arrow keys', () => {
  it.each([
    ['ArrowRight', false, { sepal_length: 5.9 }],
    ['ArrowLeft', true, { sepal_length: 4.8 }],
    ['ArrowUp', false, { sepal_width: 3.1 }],
    ['ArrowDown', true, { sepal_width: 2 }],
    ['Enter', false, undefined],
  ])('%s, shift %s', (key, shift, change) => {
    expect(valuesAfterKey(axes, values, key, shift)).toEqual(change);
  });

  it('move nothing while the field holds no number', () => {
    expect(valuesAfterKey(axes, { ...values, sepal_length: '' }, 'ArrowRight', false)).toBeUndefined();
  });
});

it('a plot is neither flat nor taller than a screen', () => {
  expect([200, 600, 5000].map(heightOf)).toEqual([280, 372, 440]);
});

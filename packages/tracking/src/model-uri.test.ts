import { expect, it } from 'vitest';
import { parseModelUri } from './model-uri.ts';

it('parseModelUri takes an alias or the number of a version', () => {
  expect(parseModelUri('models:/iris@champion')).toEqual({ name: 'iris', alias: 'champion' });
  expect(parseModelUri('models:/my model/12')).toEqual({ name: 'my model', version: '12' });
});

it.each(['iris', 'models:/iris', 'models:/iris@', 'models:/iris/latest', 'models:/iris/0', 'models:/a/b/3', 'runs:/1/model'])(
  'parseModelUri refuses %s',
  (uri) => {
    expect(() => parseModelUri(uri)).toThrow(expect.objectContaining({ code: 'TRACKING_ADDRESS' }));
  },
);

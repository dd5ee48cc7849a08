import { expect, it } from 'vitest';
import { reportOf } from './report.ts';

it('is a Markdown table with the other figures below it', () => {
  const row = { scenario: 'an update', place: 'pod', kind: 'slow', requests: 10_000, failed: 0, longestGapMs: 12.6 } as const;
  expect(reportOf([{ scenario: 'a canary', figure: '25 %' }, row])).toBe(
    [
      '| scenario | clients | requests | failed | longest gap |',
      '|---|---|---:|---:|---:|',
      '| an update | pod, slow bodies | 10000 | 0 | 13 ms |',
      '',
      '- a canary: 25 %',
      '',
    ].join('\n'),
  );
});

import { describe, expect, it } from 'vitest';
import type { RowAnswer } from './answers.ts';
import { checkRows } from './check-rows.ts';
import { resultParts } from './result-csv.ts';
import { readTable } from './table.ts';
import { SCHEMA } from './test-files.ts';

const ANSWER: RowAnswer = {
  prediction: 'tree',
  probabilities: { herb: 0.25, tree: 0.75 },
  model: 'rf',
  version: '0.1.0',
  request_id: 'r1',
};

function result(text: string, answers: readonly (RowAnswer | undefined)[], logged = false): string[] {
  const table = readTable(new TextEncoder().encode(text), SCHEMA);
  const { names: header, separator, decimalSign } = table.format;
  const { rows } = checkRows(table, SCHEMA);
  const scored = { header, separator, decimalSign, rows, answers, classes: SCHEMA.classes, logged };
  return [...resultParts(scored)].join('').split('\r\n');
}

describe('the scored file', () => {
  it('has every row as it came, with label, probabilities and who answered behind it', () => {
    expect(result('note,place,height,leaves\na,forest,1,2\n', [ANSWER])).toEqual([
      'note,place,height,leaves,prediction,probability_herb,probability_tree,model,version,error',
      'a,forest,1,2,tree,0.25,0.75,rf,0.1.0,',
      '',
    ]);
  });

  it('says of each row without an answer why there is none', () => {
    const rows = result('height,leaves,place\n1,,x\n1,2,forest\n1,2,forest\n9,9,9,9\n', [
      undefined,
      { refused: 'height must be <= 1' },
      undefined,
    ]);
    expect(rows.slice(1, -1)).toEqual([
      '1,,x,,,,,,"leaves is missing; place ""x"" is none of forest, été"',
      '1,2,forest,,,,,,height must be <= 1',
      '1,2,forest,,,,,,',
      expect.stringMatching(/^9,9,9,,,,,,"the row has 4 cells where the header has 3: /),
    ]);
  });

  it('names kept predictions by their id, so that one can tell what they were in fact', () => {
    const [header, row] = result('height,leaves,place\n1,2,forest\n', [ANSWER], true);
    expect([header, row]).toEqual([
      'height,leaves,place,prediction,probability_herb,probability_tree,model,version,request_id,error',
      '1,2,forest,tree,0.25,0.75,rf,0.1.0,r1,',
    ]);
  });

  it('keeps the separator and the decimal sign of the file', () => {
    expect(result('height;leaves;place\n1,5;2;forest\n', [ANSWER])[1]).toBe('1,5;2;forest;tree;0,25;0,75;rf;0.1.0;');
  });

  it('a file that was scored before gets new columns', () => {
    const [header] = result('height,leaves,place,prediction,prediction_2,error\n1,2,forest,,,\n', [ANSWER]);
    expect(header?.split(',').slice(6)).toEqual([
      'prediction_3',
      'probability_herb',
      'probability_tree',
      'model',
      'version',
      'error_2',
    ]);
  });

  it('runs nothing in a spreadsheet, whatever the file held', () => {
    const [, row] = result('height,leaves,place,note\n1,-0.5,forest,=cmd|calc\n', [ANSWER]);
    expect(row).toMatch(/^1,-0\.5,forest,"'=cmd\|calc",tree/);
  });
});

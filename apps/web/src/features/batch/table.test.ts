import { describe, expect, it } from 'vitest';
import { RefusedFile, readTable } from './table.ts';
import { SCHEMA } from './test-files.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function refusalOf(file: Uint8Array) {
  try {
    readTable(file, SCHEMA);
  } catch (error) {
    if (error instanceof RefusedFile) return error.refusal;
    throw error;
  }
  return undefined;
}

describe('reading a file', () => {
  it('gives rows of any length of file, with their lines', () => {
    const { rows } = readTable(encode(`height,leaves,place\n${'1,2,forest\n'.repeat(200_000)}`), SCHEMA);
    expect(rows).toHaveLength(200_000);
    expect(rows.at(-1)).toMatchObject({ line: 200_001, values: [1, 2, 'forest', undefined], faults: [] });
  });

  it('finds out how it is written', () => {
    const { rows, format } = readTable(Buffer.from('height;leaves;place\r\n1,5;2;\u00e9t\u00e9\r\n', 'latin1'), SCHEMA);
    expect(rows[0]!.values).toEqual([1.5, 2, 'été', undefined]);
    expect(format).toMatchObject({ encoding: 'windows-1252', separator: ';', decimalSign: ',', marked: false });
  });
});

describe('refusing what cannot be scored', () => {
  it.each([
    ['', { kind: 'empty' }],
    ['\n\n', { kind: 'empty' }],
    ['height,leaves,place\n', { kind: 'noRows' }],
    ['PK\u0003\u0004\u0000', { kind: 'spreadsheet' }],
    ['height\u0000,leaves,place\n1,1,1', { kind: 'notText' }],
    ['"height,leaves,place\n1,2,forest', { kind: 'headerUnreadable' }],
    ['height,colour\n1,2', { kind: 'columnsMissing', columns: ['leaves', 'place'] }],
    ['1,2,forest\n1,2,forest', { kind: 'columnsMissing', columns: ['height', 'leaves', 'place'] }],
    ['height,leaves,place,height\n1,2,forest,3', { kind: 'columnsRepeated', columns: ['height'] }],
  ])('%j', (text, refusal) => {
    expect(refusalOf(encode(text))).toEqual(refusal);
  });

  it('a compressed file', () => {
    expect(refusalOf(new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0]))).toEqual({ kind: 'compressed' });
  });

  it('a column that is no feature may stand there twice', () => {
    expect(refusalOf(encode('height,leaves,place,note,note\n1,2,forest,a,b'))).toBeUndefined();
  });
});

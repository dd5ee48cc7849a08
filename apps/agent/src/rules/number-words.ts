/** Small numbers written as words, in both languages; "one" and "un" stand for too much else and are numbers only behind a decimal point. */

const WORDS: readonly (readonly string[])[] = [
  ['zero'],
  [],
  ['two', 'deux'],
  ['three', 'trois'],
  ['four', 'quatre'],
  ['five', 'cinq'],
  ['six'],
  ['seven', 'sept'],
  ['eight', 'huit'],
  ['nine', 'neuf'],
  ['ten', 'dix'],
  ['eleven', 'onze'],
  ['twelve', 'douze'],
];
const VALUES = new Map([
  ...WORDS.flatMap((words, value) => words.map((word) => [word, value] as const)),
  ['fifteen', 15],
  ['quinze', 15],
  ['twenty', 20],
  ['vingt', 20],
  ['thirty', 30],
  ['trente', 30],
  ['fifty', 50],
  ['cinquante', 50],
  ['hundred', 100],
  ['cent', 100],
]);
const WORD = new RegExp(String.raw`\b(?:${[...VALUES.keys()].join('|')}|zéro)\b`, 'gi');
const POINT = /\b(\d+|one|une?) (point|virgule|comma) (\d+|one|un)\b/gi;
const ONES = /^(?:one|une?)$/i;

/** The text with its number words as digits: "five point one" is 5.1. */
export function digitsForWords(text: string): string {
  const digits = text.replace(WORD, (word) => String(VALUES.get(word.toLowerCase()) ?? 0));
  // The mark that its language writes: a text that mixed both would be read as a list.
  return digits.replace(POINT, (_, whole: string, mark: string, part: string) => {
    return `${digitOf(whole)}${mark.toLowerCase() === 'point' ? '.' : ','}${digitOf(part)}`;
  });
}

function digitOf(word: string): string {
  return ONES.test(word) ? '1' : word;
}

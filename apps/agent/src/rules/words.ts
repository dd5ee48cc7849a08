/** Words, and when two of them mean the same: plurals, abbreviations, slips of the keyboard, and the French for what is measured. */
import { plain } from '../turn/language.ts';

/** French for the words that names of features are made of, whatever the dataset. */
const TRANSLATIONS: Readonly<Record<string, readonly string[]>> = {
  longueur: ['length'],
  long: ['length'],
  longue: ['length'],
  largeur: ['width'],
  large: ['width'],
  wide: ['width'],
  broad: ['width'],
  across: ['width'],
  hauteur: ['height'],
  haut: ['height'],
  high: ['height'],
  tall: ['height'],
  epaisseur: ['thickness'],
  profondeur: ['depth'],
  poids: ['weight'],
  taille: ['size', 'height'],
  duree: ['duration', 'time', 'minutes'],
  moyenne: ['avg', 'average', 'mean'],
  moyen: ['avg', 'average', 'mean'],
  average: ['avg', 'mean'],
  nombre: ['num', 'number', 'count'],
  number: ['num', 'count'],
  mois: ['months', 'month'],
  jours: ['days', 'day'],
  jour: ['days', 'day'],
  ans: ['years', 'year', 'age'],
  annees: ['years', 'year'],
  heures: ['hours', 'hour'],
  anciennete: ['tenure', 'seniority'],
  plainte: ['complaints', 'complaint'],
  reclamation: ['complaints', 'complaint'],
  forfait: ['plan'],
  abonnement: ['plan', 'subscription'],
  formule: ['plan'],
  offre: ['plan'],
  couleur: ['colour', 'color'],
  color: ['colour'],
  colour: ['color'],
  humidite: ['moisture', 'humidity'],
  matiere: ['matter'],
  prix: ['price'],
  surface: ['area'],
  vitesse: ['speed'],
  pression: ['pressure'],
  age: ['age'],
};

/** The words of a name or a text, plain: `avg_session_minutes`, `PetalLength`. */
export function wordsOf(text: string): string[] {
  return plain(text.replace(/(\p{Ll}{2})(\p{Lu})/gu, '$1 $2')).match(/[a-z]+/g) ?? [];
}

/** Whether a word of a text means a word of a name. */
export function meansWord(given: string, word: string): boolean {
  const singular = singularOf(given);
  if (singular === singularOf(word)) return true;
  if (translationsOf(singular).some((each) => singularOf(each) === singularOf(word))) return true;
  if (given.length >= 3 && given.length < word.length && word.startsWith(given)) return true;
  return sharesStem(singular, word) || (given.length >= 5 && word.length >= 5 && isSlip(singular, singularOf(word)));
}

/** First letters of a name's words: `pl` for `petal_length`. */
export function initialsOf(words: readonly string[]): string {
  return words.length > 1 ? words.map((word) => word[0]).join('') : '';
}

/** A word's translations; those of a word that it abbreviates, or is a slip of, too. */
function translationsOf(word: string): readonly string[] {
  const exact = TRANSLATIONS[word];
  if (exact || word.length < 4) return exact ?? [];
  const key = Object.keys(TRANSLATIONS).find((each) => each.startsWith(word) || (word.length > 4 && isSlip(word, each)));
  return key === undefined ? [] : (TRANSLATIONS[key] ?? []);
}

function singularOf(word: string): string {
  return word.length > 3 && word.endsWith('s') && !word.endsWith('ss') ? word.slice(0, -1) : word;
}

/** As languages share words with another ending: `organique`, `organic`. */
function sharesStem(one: string, other: string): boolean {
  if (one.length < 4 || other.length < 4) return false;
  let common = 0;
  while (common < one.length && one[common] === other[common]) common++;
  return common >= 4 && common >= Math.max(one.length, other.length) - 3 && common >= Math.min(one.length, other.length) - 2;
}

/** Whether one letter was left out, added, changed or exchanged with its neighbour. */
function isSlip(one: string, other: string): boolean {
  if (Math.abs(one.length - other.length) > 1) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  const [restOne, restOther] = [one.slice(start), other.slice(start)];
  return (
    restOne.slice(1) === restOther.slice(1) ||
    restOne.slice(1) === restOther ||
    restOne === restOther.slice(1) ||
    (restOne[0] === restOther[1] && restOne[1] === restOther[0] && restOne.slice(2) === restOther.slice(2))
  );
}

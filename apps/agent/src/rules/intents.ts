/** What a message asks for: patterns over its plain text, tried in order, and what speaks against them. */
import { plain } from '../turn/language.ts';
import { type Intent, PATTERNS } from './intent-patterns.ts';

const COMPILED = PATTERNS.map(([intent, patterns]) => [intent, new RegExp(patterns.join('|'))] as const);

/** Words that say that a class is told as the truth, not asked for. */
const TELLS = new RegExp(
  [
    String.raw`\b(?:in fact|actually|in reality|really|turned out|turns out|truth|ground truth|true|correct|right|real|proper|wrong|incorrect|mistake|mistaken|error|false|should)\b`,
    String.raw`\b(?:feedback|record|correct|correction|label it|mark|note that|log that|save|confirm(?:ed)?|verified)\b`,
    String.raw`\b(?:it|that|this|the (?:last|first|flower|sample|customer|answer|one)(?: one| prediction)?) was\b`,
    String.raw`\b(?:en fait|en realite|en verite|finalement|vraie?|faux|fausse|erreur|trompe|incorrecte?|inexacte?|verite|plutot|aurait du|devrait|devait|n'est pas|n'etait pas|wasn't|isn't|was not|is not)\b`,
    String.raw`\b(?:c'etait|s'agissait|s'agit|retour|enregistre[rz]?|corrige[rz]?|correction|note[rz]?|etiquet\w*|marque[rz]?|confirme[rz]?|verifiee?)\b`,
    String.raw`\b(?:no|non|nope),? (?:it|it's|its|c'est|that|that's)\b`,
  ].join('|'),
);
const IS_QUESTION = /^\W*(?:is|was|are|were|does|did|could|can|would|est[- ]ce|etait|serait)\b[^.!]*\?\s*$/;
const CONFIRMS =
  /\b(?:(?:that|it|this|the prediction|you|prediction|answer)(?:'s| is| was| were|'re| are) (?:right|correct|true|accurate|spot on)|(?:yes|yep|indeed|oui),? (?:correct|right|exact|exactement|c'est (?:ca|juste|bon|exact|correct))|correct prediction|c'(?:est|etait) (?:bien )?(?:ca|juste|correct|exact|bon|vrai)|(?:tu as|vous avez|t'as|avait|avais|aviez) (?:vu )?(?:raison|juste)|bonne (?:reponse|prediction)|(?:la prediction|elle) (?:est|etait) (?:bonne|juste|correcte|exacte)|well done,? correct)\b/;
const DENIES =
  /\b(?:(?:that|it|this|the (?:last )?prediction|you|answer)(?:'s| is| was| were|'re| are) (?:wrong|incorrect|false|not (?:right|correct|true)|mistaken)|wrong prediction|c'(?:est|etait) (?:faux|incorrect|inexact|pas (?:ca|juste|correct|exact|bon|vrai))|(?:tu t'es|vous vous etes|tu te) tromp\w*|mauvaise (?:reponse|prediction)|(?:la (?:derniere )?prediction|elle) (?:est|etait) (?:fausse|incorrecte|mauvaise))\b/;

/** What no tool does, however it is asked for. */
const COMMANDS =
  /^\W*(?:please |can you |could you |now |peux[- ]tu |pouvez[- ]vous |tu peux |stp )?(?:delete|remove|erase|drop|clear|wipe|reset|retrain|train|deploy|redeploy|switch|revert|remets|remettez|mets|mettez|bascule[rz]?|passe[rz]? (?:a|en)|promote|rollback|roll back|restart|shut ?down|efface[rz]?|supprime[rz]?|vide[rz]?|reentraine[rz]?|entraine[rz]?|deploie|deploye[rz]?|redemarre[rz]?|arrete[rz]?|reinitialise[rz]?)\b/;

/** Verbs that anything can be asked with: without a word of the subject they are about something else. */
const NEED_SUBJECT: ReadonlySet<Intent> = new Set(['compare', 'stats', 'explain']);
const SUBJECT =
  /\b(?:predict\w*|predi[st]\w*|prevision\w*|classif\w*|class\w*|versions?|model\w*|releases?|canar[yi]|champion|feedback|results?|resultats?|requests?|requetes?|answers?|reponses?|species|especes?|labels?|categor\w*|features?|variables?|caracteristiques?|measure\w*|mesures?|decision|decide\w*|samples?|echantillons?|calls?|appels?|log|journal|accura\w*|precision|stat\w*|today|yesterday|week|month|hours?|days?|hier|semaine|mois|heures?|jours?|shap\w*|traffic|trafic|v?\d+\.\d+\.\d+|v\d+)\b|aujourd'hui/;
/** "Why is it that?" is about what was just said. */
const POINTS = /\b(?:it|its|this|that|you|one|c'est|ca|cela|ce|cette|celle|celui|tu|vous|il|elle)\b/;
const SHORT_WORDS = 2;
/** A longer sentence says itself what it is about. */
const MAX_POINTING_WORDS = 12;

function isElsewhere(intent: Intent, words: string): boolean {
  if (!NEED_SUBJECT.has(intent) || SUBJECT.test(words)) return false;
  const points = intent === 'explain' && POINTS.test(words) && words.split(/\s+/).length <= MAX_POINTING_WORDS;
  return !points && (words.match(/[a-z]+/g) ?? []).length > SHORT_WORDS;
}

/** What is known of the message besides its words. */
export interface Hints {
  /** It names a class, not denied. */
  readonly namesClass: boolean;
  /** It holds values of a sample. */
  readonly hasValues: boolean;
  /** It names a part that several features are measures of. */
  readonly namesPart: boolean;
}

/** What is shown of a class is what was predicted. */
const SHOWS =
  /\b(?:show|list|display|see|only|montre[rz]?|affiche[rz]?|liste[rz]?|voir|seulement|uniquement|(?:those|ones) (?:that|which|where|with)|(?:celles?|ceux|celui) (?:qui|que|ou|avec))\b/;
/** Which one it is: asked of something that is described without values. */
const ASKS_WHICH =
  /\b(?:(?:is|was|are|were) (?:it|this|that|they|these|those)|which|est-ce|c'est|laquelle|lequel|quel(?:le)?s?)\b/;

/** The intent; undefined for what the rules do not understand. */
export function readIntent(text: string, { namesClass, hasValues, namesPart }: Hints): Intent | undefined {
  const words = plain(text);
  if (COMMANDS.test(words)) return undefined;
  if (!hasValues) {
    const feedback = readFeedback(words, namesClass);
    if (feedback) return feedback;
  }
  const found = COMPILED.find(
    ([intent, pattern]) => pattern.test(words) && (!hasValues || intent === 'explain' || intent === 'predict'),
  );
  const intent = found?.[0] ?? impliedIntent(words, namesClass, namesPart);
  return intent && !hasValues && !namesClass && isElsewhere(intent, words) ? undefined : intent;
}

function impliedIntent(words: string, namesClass: boolean, namesPart: boolean): Intent | undefined {
  if (namesClass && SHOWS.test(words)) return 'list';
  return namesPart && ASKS_WHICH.test(words) ? 'predict' : undefined;
}

function readFeedback(words: string, namesClass: boolean): Intent | undefined {
  if (namesClass)
    return TELLS.test(words) && !IS_QUESTION.test(words) && !/\b(?:why|pourquoi|how many|combien)\b/.test(words)
      ? 'feedback'
      : undefined;
  if (DENIES.test(words)) return 'deny';
  return CONFIRMS.test(words) && !/\?/.test(words) ? 'confirm' : undefined;
}

/** French or English: the languages that the agent answers in. */

export type Language = 'en' | 'fr';

const FRENCH =
  /\b(?:le|la|les|un|une|des|du|de|et|est|sont|quel|quelle|quels|quelles|que|qui|quoi|pour|pourquoi|avec|combien|bonjour|salut|merci|dernier|derniere|dernieres|derniers|depuis|hier|dans|sur|c|etait|cette|cet|ce|ces|mon|ma|mes|moi|je|tu|vous|peux|peut|pouvez|fait|aide|espece|classe|predis|predire|explique|expliquer|comparer|compare|montre|donne|liste|longueur|largeur|hauteur|modele|statistiques|plutot|faux|juste|oui|non|s il|aujourd)\b/g;
const ENGLISH =
  /\b(?:the|a|an|is|are|was|were|what|which|why|how|who|for|with|and|of|to|me|my|it|its|this|that|these|can|could|do|does|you|please|show|give|list|tell|last|latest|recent|since|yesterday|today|predict|explain|compare|model|feedback|wrong|right|actually|fact|hello|hi|help|length|width|height|yes|no|many|much|class|classify)\b/g;
/** Letters that French has and English does not. */
const FRENCH_LETTERS = /[àâçéèêëîïôùûüœ]|\b(?:qu|l|d|c|j|n|s)['’]/gi;

/** Letters without their marks, in lower case. */
export function plain(text: string): string {
  return text.toLowerCase().normalize('NFD').replace(/\p{M}/gu, '').replaceAll('œ', 'oe').replaceAll('’', "'");
}

/**
 * The language of a conversation's texts of the user, newest first: the first that tells decides. Numbers alone tell nothing, but a decimal
 * comma is not English.
 */
export function languageOf(texts: readonly string[]): Language {
  for (const text of texts) {
    const score = french(text) - english(text);
    if (score !== 0) return score > 0 ? 'fr' : 'en';
  }
  return texts.some((text) => /\d,\d/.test(text)) ? 'fr' : 'en';
}

function french(text: string): number {
  return (plain(text).match(FRENCH) ?? []).length + 2 * (text.match(FRENCH_LETTERS) ?? []).length;
}

function english(text: string): number {
  return (plain(text).match(ENGLISH) ?? []).length;
}

/** The agent's own last words, where the model has none: said by the loop, in the user's language. */
import type { Exhausted } from './budget.ts';
import type { Language } from './language.ts';

const OF_BUDGET: Readonly<Record<Language, Readonly<Record<Exhausted, string>>>> = {
  en: {
    steps:
      'I stop here: this question took more steps than a turn may have. Above is what the tools gave so far. Try a smaller question.',
    tokens:
      'I stop here: this question took more text than a turn may have. Above is what the tools gave so far. Try a smaller question.',
    'tool calls': 'I stop here: this question took more tool calls than a turn may have. Above is what the tools gave so far.',
    time: 'I stop here: this question took longer than a turn may take. Above is what the tools gave so far. Ask again, or ask less.',
    shutdown: 'I stop here: this server is being shut down. Ask again, and another one answers.',
  },
  fr: {
    steps:
      'Je m’arrête ici : cette question a demandé plus d’étapes qu’un tour n’en a. Ci-dessus, ce que les outils ont donné. Essayez une question plus petite.',
    tokens:
      'Je m’arrête ici : cette question a demandé plus de texte qu’un tour n’en a. Ci-dessus, ce que les outils ont donné. Essayez une question plus petite.',
    'tool calls':
      'Je m’arrête ici : cette question a demandé plus d’appels d’outils qu’un tour n’en a. Ci-dessus, ce que les outils ont donné.',
    time: 'Je m’arrête ici : cette question a pris plus de temps qu’un tour n’en a. Ci-dessus, ce que les outils ont donné. Redemandez, ou demandez moins.',
    shutdown: 'Je m’arrête ici : ce serveur s’éteint. Redemandez, et un autre répondra.',
  },
};

const OF_MODEL: Readonly<Record<Language, string>> = {
  en: 'The language model cannot be reached or gave no answer; nothing was predicted beyond what stands above. Try again.',
  fr: 'Le modèle de langage ne répond pas ; rien n’a été prédit au-delà de ce qui précède. Réessayez.',
};

const OF_LENGTH: Readonly<Record<Language, string>> = {
  en: '[The answer ends here: it is longer than a step may be.]',
  fr: '[La réponse s’arrête ici : elle est plus longue qu’une étape n’en a le droit.]',
};

const OF_APPROVAL: Readonly<Record<Language, string>> = {
  en: 'I cannot use this approval: it is not for what I asked, or this agent was started anew since. Nothing was written; ask again.',
  fr: 'Cet accord ne vaut pas : il ne porte pas sur ce que j’ai demandé, ou l’agent a redémarré depuis. Rien n’a été écrit ; redemandez.',
};

const OF_CLAIM: Readonly<Record<Language, string>> = {
  en: '[I withheld a sentence: it named a class that no tool call of this conversation gave. Give me the values, and I ask the model.]',
  fr: '[J’ai retenu une phrase : elle nommait une classe qu’aucun appel d’outil de cette conversation n’a donnée. Donnez-moi les valeurs, et je demande au modèle.]',
};

/** Said when a budget ends the turn. */
export function budgetEnding(what: Exhausted, language: Language): string {
  return OF_BUDGET[language][what];
}

/** Said when the language model fails. */
export function modelEnding(language: Language): string {
  return OF_MODEL[language];
}

/** Said where an approval is none of this agent's. */
export function approvalEnding(language: Language): string {
  return OF_APPROVAL[language];
}

/** Said behind an answer that a step's bound ended. */
export function cutEnding(language: Language): string {
  return OF_LENGTH[language];
}

/** Said in the place of a claim that no tool call bears out. */
export function withheldClaim(language: Language): string {
  return OF_CLAIM[language];
}

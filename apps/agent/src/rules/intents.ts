/** What a message asks for: patterns in both languages, over plain text (lower case, no accents), tried in order. */
import { plain } from '../turn/language.ts';

/** What can be asked for. */
export type Intent =
  | 'feedback'
  | 'confirm'
  | 'deny'
  | 'explain'
  | 'compare'
  | 'drift'
  | 'describe'
  | 'stats'
  | 'more'
  | 'list'
  | 'predict'
  | 'capabilities';

const PREDICTIONS = `(?:predictions?|results?|resultats?|requests?|requetes?|calls?|appels|answers?|classifications?|reponses?|ones|entries|log|logs|journal|history|historique)`;
const NEWEST = `(?:last|latest|recent|recents|recente|recentes|recently|newest|previous|past|dernier|derniers|derniere|dernieres|precedent|precedents|precedente|precedentes|passees?|recemment)`;
const ANY = String.raw`(?:[^.!?\n]|\.\d){0,60}`;
const VERSION = String.raw`(?:v\d+(?:\.\d+)*|\d+\.\d+\.\d+)`;

/** In order: the first that matches is meant. Each is a list of alternatives. */
const PATTERNS: readonly (readonly [Intent, readonly string[]])[] = [
  [
    'drift',
    [
      String.raw`\b(?:data |concept |model |covariate |feature )?drift(?:s|ed|ing)?\b`,
      String.raw`\b(?:covariate|data|dataset|distribution|population) shift`,
      String.raw`\b(?:derive|derives|derivent|a derive|ont derive|derivaient)\b`,
      String.raw`\b(?:data|inputs?|distributions?|donnees|entrees)\b${ANY}\b(?:changed?|changing|shifted|moved|different|differs?|unlike|change|changent|differentes?|bouge|evolue)\b`,
      String.raw`\b(?:look|looks|resemble|resembles|ressemblent?|match|matches|comparable)\b${ANY}\b(?:training|entrainement)\b`,
    ],
  ],
  [
    'compare',
    [
      String.raw`\bcompar`,
      String.raw`\b(?:versus|vs)\b`,
      String.raw`\b(?:better|best|worse|worst|meilleure?|pire)\b${ANY}\b(?:versions?|modeles?|models?|canary|releases?)\b`,
      String.raw`\b(?:versions?|releases?)\b${ANY}\b(?:better|best|worse|worst|wins?|winning|outperforms?|performs?|performing|perform|ahead|accurate|precise|meilleure?|mieux|pire|gagne|performante?|devant|fiable|differe|differ|differences?)\b`,
      String.raw`\b(?:differences?|ecarts?)\b${ANY}\b(?:versions?|${VERSION})\b`,
      String.raw`\b(?:canar[yi]|champion|challenger)\b`,
      String.raw`\b${VERSION}\b${ANY}\b${VERSION}\b`,
      String.raw`\b(?:new|newer|latest|nouve\w+)\b${ANY}\b(?:versions?|models?|modeles?)\b${ANY}\b(?:old|older|previous|former|ancien\w*|precedent\w*|improve\w*|progress|upgrade|par rapport|ameliore\w*)\b`,
      String.raw`\bversions?\b${ANY}\b(?:side by side|cote a cote|against|contre|par rapport)\b`,
      String.raw`\bhow (?:are|do|did|is|does)\b${ANY}\bversions?\b${ANY}\b(?:doing|do|compare|fare|perform)`,
    ],
  ],
  [
    'explain',
    [
      String.raw`\bwhy\b`,
      String.raw`\bhow come\b`,
      String.raw`\b(?:pourquoi|pkoi|pourkoi|pk|pq)\b`,
      String.raw`\bexpli(?!cit)`,
      String.raw`\bexplain`,
      String.raw`\bjustif`,
      String.raw`\bshap(?:ley)?\b`,
      String.raw`\b(?:contribut|contribue|influenc|drove|drives|driving|mattered|matters most|weighed|pese|compte le plus|reason|reasons|reasoning|raison|raisons|responsible)\w*`,
      String.raw`\bwhat (?:made|makes|led|leads)\b`,
      String.raw`\b(?:what|which|features?|measurements?|measures?)\b${ANY}\bmatters?\b(?! \d)`,
      String.raw`\b(?:qu'est[- ]ce qui|ce qui)(?: (?:te|t'|vous|le|lui|me|l'))? ?(?:fait|a fait|explique|a conduit|mene|a mene|motive)`,
      String.raw`\bsur quoi\b(?!${ANY}\bmodele)${ANY}\b(?:bas|fond|appu|repos)\w*`,
      String.raw`\b(?:what|which)\b(?!${ANY}\bmodel)${ANY}\bbased (?:up)?on\b|\bon what (?:basis|grounds?|evidence)\b`,
      String.raw`\bhow did (?:you|it|the model) (?:get|come|arrive|decide|reach)`,
      String.raw`\bcomment\b${ANY}\b(?:trouve|decide|obtenu|abouti|conclu|arrive|arriver|arrives|deduit)\b`,
      String.raw`\b(?:which|what|quel(?:le)?s?) (?:feature|features|variable|variables|caracteristique|caracteristiques|mesure|mesures|measurement|measurements)\b${ANY}\b(?:most|import|plus|decis|role|weigh)`,
      String.raw`\bimportance\b`,
    ],
  ],
  [
    'describe',
    [
      String.raw`\b(?:what|which|quel(?:le)?s?)\b${ANY}\balgorithme?s?\b`,
      String.raw`\b(?:what|which|quoi|quel(?:le)?s?|describe|decris|presente\w*|about|parle\w*|sur)\b${ANY}\b(?:model|modele|algorithm|algorithme|classifier|classifieur)\b(?!${ANY}\b(?:predict|predit|say|dit|dirait|think|pense)\b)`,
      String.raw`\b(?:which|what|quelles?|quels?|list|liste)\b(?: (?:the|all|all the|les|sont les|are the|toutes les|tous les))? (?:classes|species|especes|categories|labels|features|inputs|variables|caracteristiques|entrees|columns|colonnes|measurements|mesures|values|valeurs)\b${ANY}\b(?:can|do|does|are|exist|there|you|know|need|needed|takes?|expects?|sont|connais\w*|peux|peut|pouvez|sais|savez|existe\w*|il|faut|prend|attend\w*|besoin|possible\w*)\b`,
      String.raw`\b(?:which|what|quelle) version\b${ANY}\b(?:running|serving|served|deployed|live|service|production|servie|deployee|cours|tourne|use|using|utilise\w*)\b`,
    ],
  ],
  [
    'stats',
    [
      String.raw`\bstat(?:s|istics?|istiques?)?\b`,
      String.raw`\bhow many\b(?!${ANY}\b(?:classes|features|species|values|inputs|measurements)\b)`,
      String.raw`\bhow often\b${ANY}\b(?:predict|classif|setting|class|come|comes|appear|seen|asked|used|called)`,
      String.raw`\bcombien (?:de |d'|il y a|y a|ai|avons|en|ont)`,
      String.raw`\bcombien\b${ANY}\b${PREDICTIONS}`,
      String.raw`\b(?:number|count|total|nombre|volume|amount|tally) (?:of|de|des|d')`,
      String.raw`\bcounts?\b`,
      String.raw`\b(?:nb|percentage|percent|pourcentage|part) (?:of|de|des|d')`,
      String.raw`\bcompte[rz]?\b`,
      String.raw`\b(?:breakdown|distribution|repartition|proportion|share|frequency|frequence|summary|summari[sz]e|resume|bilan|traffic|trafic)\b`,
      String.raw`\b(?:accuracy|accurate|precision|exactitude|taux)\b${ANY}\b(?:feedback|live|production|so far|today|yesterday|week|month|judged|aujourd'hui|hier|semaine|mois|retours?)\b`,
    ],
  ],
  [
    'more',
    [
      String.raw`^\W*(?:more|next|next page|show more|older|older ones|the next ones|more please|continue|suite|la suite|page suivante|suivant|suivants|suivantes|encore|plus|plus anciennes|les suivantes|voir plus)\W*(?:please|s'il te plait|s'il vous plait|stp|svp)?\W*$`,
      String.raw`\b(?:next page|page suivante)\b`,
    ],
  ],
  [
    'list',
    [
      String.raw`\b${PREDICTIONS}\b${ANY}\b(?:by|with|from|of|par|avec|de|du)(?: (?:the|la|le|model|modele))*(?: version)? ${VERSION}\b`,
      String.raw`\b(?:all|tou(?:te)?s)(?: (?:of|the|les|mes|my|your|vos|tes|nos|our))* ${PREDICTIONS}\b`,
      String.raw`\b${NEWEST}\b(?: \w+){0,3} ${PREDICTIONS}\b`,
      String.raw`\b${PREDICTIONS} (?:les plus |the most |most )?${NEWEST}\b`,
      String.raw`\b(?:list|show|display|give|fetch|see|view|liste[rz]?|lister|montre[rz]?|affiche[rz]?|donne[rz]?|voir|consulter)\b${ANY}\b${PREDICTIONS}\b`,
      String.raw`\b(?:history|historique|journal|prediction log|audit)\b`,
      String.raw`\b(?:was|were|been|has been|got|been) (?:predicted|classified|asked)\b`,
      String.raw`\bpredicted (?:lately|recently|so far|today|yesterday)\b`,
      String.raw`\b(?:a|ete|ont) (?:ete )?(?:predit|predite|predites|predits|classe|classes)\b`,
      String.raw`\b(?:quelles|which|what) (?:sont|are|were) (?:les|the) ${PREDICTIONS}\b`,
      String.raw`\b(?:last|latest|derniere) (?:\d+|few|prediction|one)\b`,
      String.raw`\b\d+ ${NEWEST}\b|\b${NEWEST} \d+\b`,
      String.raw`\b${NEWEST}\b${ANY}\b(?:class|predict|predit)`,
      String.raw`\bwhat did\b${ANY}\bpredict\b`,
    ],
  ],
  [
    'capabilities',
    [
      String.raw`\b(?:what|which)\b${ANY}\b(?:can|could|do) (?:you|i|we)\b(?:\W+\w+)?\W*(?:do|ask|help|answer|offer|support|here|for me)\b`,
      String.raw`\b(?:help|aide|aidez|aider|a l'aide)\b`,
      String.raw`\b(?:who|what) (?:are|r) (?:you|u)\b`,
      String.raw`\bquelles? questions\b|\b(?:te|vous) (?:poser|demander)\b`,
      String.raw`\bare you (?:a|an|human|real|chatgpt|gpt|claude)\b`,
      String.raw`\b(?:what|which) (?:questions|commands|tools|things)\b`,
      String.raw`\b(?:your|tes|vos) (?:capabilities|abilities|features|skills|capacites|competences|fonctions|fonctionnalites|possibilites|outils|tools)\b`,
      String.raw`\bhow (?:do|can|should|does) (?:i|you|this|we) (?:use|work|ask|start|begin|function)`,
      String.raw`\b(?:que|qu'est-ce que|quoi|qu'est ce que|ce que)\b${ANY}\b(?:sais|savez|peux|pouvez|puis|fais|faites|proposes|proposez|peut)\b`,
      String.raw`\b(?:tu|vous) (?:sais|savez|peux|pouvez|fais|faites) (?:faire )?quoi\b`,
      String.raw`\b(?:qui|quoi) (?:es|etes)\b|\b(?:tu es|vous etes|es[- ]tu|etes[- ]vous) (?:qui|quoi|un|une)\b`,
      String.raw`\bcomment (?:ca marche|tu marches|fonctionnes|t'utiliser|utiliser|ca fonctionne|te parler|te demander)`,
      String.raw`^\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|bonjour|salut|bonsoir|coucou)(?: there| all| toi| a tous)?\W*$`,
    ],
  ],
  [
    'predict',
    [
      String.raw`\b(?:predict(?!ions?\b)|classif(?!ications?\b)|identif(?!iants?\b|iers?\b)|categori[sz]|determin|guess|recogni[sz]|predis|predir|prevoi|devin|reconna)\w*`,
      String.raw`\bclasse(?:r|z|[- ](?:moi|la|le|les|cette|ce|cet|ces|une|un))\b`,
      String.raw`\b(?:prediction|classification)\b(?! (?:log|model))${ANY}\b(?:for|pour|of|de|with|avec)\b`,
      String.raw`\b(?:make|run|do|get|want|need|like|faire|fais|faites|lance|veux|voudrais|besoin)\b${ANY}\b(?:prediction|classification)\b`,
      String.raw`\b(?:what|which|quel(?:le)?s?) (?:kind|type|sort|class|category|species|label|one|espece|classe|categorie|genre|sorte|variete)\b`,
      String.raw`\bwhat (?:is|would|could|might) (?:this|it|that)\b`,
      String.raw`\bc'est (?:quoi|quelle)\b`,
      String.raw`\b(?:une|another|new|nouvelle|autre) (?:prediction|prevision|classification)\b`,
    ],
  ],
  [
    'describe',
    [
      String.raw`\b(?:describe|decris|decrire|decrivez|presente|details?)\b`,
      String.raw`\b(?:about|sur|of|de|du) (?:the|your|this|le|ton|votre|ce|la|) ?(?:model|modele|classifier|classifieur|dataset|jeu de donnees|training|entrainement)\b`,
      String.raw`\b(?:model|modele|classifier|classifieur|algorithm|algorithme|trained|entraine|training|entrainement|accuracy|accurate|exactitude|precision|f1|metrics?|metriques?|checksum|dataset|jeu de donnees|parameters)\b`,
      String.raw`\b(?:which|what|quelles?|quels?|how many|combien de|list|liste|les|the)\b${ANY}\b(?:classes|features|inputs|variables|caracteristiques|especes|species|units|unites|entrees|labels|columns|colonnes|measurements|mesures|version)\b`,
      String.raw`\bversion\b${ANY}\b(?:running|serving|served|deployed|live|service|production|servie|deployee|actuelle|en cours|tourne|use|using|utilise)`,
    ],
  ],
];

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

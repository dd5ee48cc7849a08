/** Patterns of intents in both languages, over plain text (lower case, no accents). */

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
export const PATTERNS: readonly (readonly [Intent, readonly string[]])[] = [
  [
    'drift',
    [
      String.raw`\bdrift(?:s|ed|ing)?\b`,
      String.raw`\b(?:covariate|data|dataset|distribution|population) shift`,
      String.raw`\b(?:derives?|derivent|derivaient)\b`,
      String.raw`\b(?:data|inputs?|distributions?|donnees|entrees)\b${ANY}\b(?:changed?|changing|shifted|moved|different|differs?|unlike|changent|differentes?|bouge|evolue)\b`,
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

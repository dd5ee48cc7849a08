/** French. */
import type { ExplainedFigures, Phrases } from './phrases.ts';

const decimal = (value: number, digits: number) => value.toFixed(digits).replace('.', ',');
const plural = (count: number, word: string) => `${count} ${word}${count > 1 ? 's' : ''}`;

const BASE_OF: Readonly<Record<ExplainedFigures, (label: string, base: string) => string>> = {
  probability: (label, base) => `Sur ses échantillons de référence il donne ${label} à ${base} en moyenne`,
  share: (label, base) =>
    `Sur ses échantillons de référence, ${label} reçoit ${base} des votes de ses arbres en moyenne, dont se calcule la probabilité`,
  margin: (label, base) =>
    `Son score dit de combien ${label} devance les autres classes, en log-cotes : ce n’est pas une probabilité. Sur ses échantillons de référence, il vaut ${base} en moyenne`,
};

export const FR: Phrases = {
  decimal,
  value: (value) => (typeof value === 'number' ? String(value).replace('.', ',') : value),
  percent: (share) => `${decimal(100 * share, 1)} %`,
  and: 'et',
  capabilities: ({ features, classes }) =>
    `Je réponds par des règles fixes, pas par un modèle de langage, et tout ce que je dis vient d’appels d’outils.\n- Prédire : donnez-moi ${features}, par leur nom ou dans cet ordre ; la réponse est l’une de ${classes}.\n- Expliquer : « pourquoi ? » après une prédiction, ou « explique » avec les valeurs.\n- Regarder en arrière : « les 5 dernières prédictions », « combien de prédictions depuis hier ? », « compare les versions », « y a-t-il une dérive ? ».\n- Apprendre : « c’était en fait … » enregistre la vraie classe de la dernière prédiction.\n- « Décris le modèle » dit ce qui est servi.`,
  refusal:
    'Je ne comprends pas, ou ce n’est pas mon sujet : je suis des règles fixes, pas un modèle de langage. Je sais prédire, expliquer, lister et compter des prédictions, comparer des versions, enregistrer un retour et décrire le modèle. Demandez « que sais-tu faire ? » pour des exemples.',
  askValues: (missing, known) => `${known ? `J’ai ${known}. ` : ''}Il me faut encore ${missing}.`,
  surplus: (given, features) => `Vous avez donné ${given} nombres, et un échantillon a ceux-ci : ${features}. Lesquels est-ce ?`,
  askClass: (classes) => `Laquelle était-ce en fait : ${classes} ?`,
  askPrediction:
    'De quelle prédiction ? Demandez-en une d’abord, ou donnez-moi son identifiant, comme dans « la requête abc-123 était en fait … ».',
  predicted: (label, share, others, version) =>
    `Le modèle prédit ${label} (${share}${others ? ` ; ${others}` : ''}), version ${version}.`,
  warned: (warnings) => `À prendre avec prudence : ${warnings}.`,
  requestId: (id) => `Requête ${id} ; « pourquoi ? » l’explique, « c’était en fait … » la corrige.`,
  batch: (count, lines) => `${plural(count, 'prédiction')} :\n${lines}`,
  explained: (label, share, base, parts, figures) =>
    `Le modèle prédit ${label} (${share}). ${BASE_OF[figures](label, base)} ; voici ce qu’ajoute chaque variable :\n${parts}`,
  part: (feature, value, change, figures) => `- ${feature} = ${value} : ${change}${figures === 'margin' ? '' : ' points'}`,
  otherParts: (count) => `- et ${count} autres, qui comptent moins`,
  recorded: (label, id) => `Enregistré : la requête ${id} était en fait ${label}.`,
  noPredictions: 'Il n’y en a aucune dans le journal.',
  listed: (count, lines, more) =>
    `${count > 1 ? `Les ${count} plus récentes` : 'La plus récente'} :\n${lines}${more ? '\n« La suite » donne les suivantes.' : ''}`,
  listLine: (time, label, share, version, feedback) =>
    `- ${time} : ${label}${share ? ` (${share})` : ''}, version ${version}${feedback ? ` ; en fait ${feedback}` : ''}`,
  counted: (count, from, to, classes, versions) =>
    `${plural(count, 'prédiction')} du ${from} au ${to}${classes ? ` : ${classes}` : ''}.${versions ? `\n${versions}` : ''}`,
  version: (name, count, accuracy, judged) =>
    `- version ${name} : ${plural(count, 'prédiction')}, ${accuracy ? `${accuracy} justes sur ${judged} jugées` : 'aucune jugée'}`,
  compared: (versions, verdict) => `${verdict}\n${versions}`,
  verdict: (best, compared) =>
    best !== undefined
      ? `La version ${best} est meilleure : son intervalle est au-dessus des autres.`
      : compared > 1
        ? 'On ne peut départager les versions : les intervalles de celles qui sont jugées se recouvrent, ou les retours sont trop peu nombreux.'
        : 'Il n’y a rien à comparer : moins de deux versions ont répondu dans ce temps.',
  drift: (columns, count, from, to) =>
    columns
      ? `Dérive : ${columns}. Là, les ${plural(count, 'prédiction')} du ${from} au ${to} diffèrent des données d’entraînement ; entre parenthèses, de combien : 0,1 est peu.`
      : `Pas de dérive : les ${plural(count, 'prédiction')} du ${from} au ${to} ressemblent aux données d’entraînement.`,
  driftUnknown: (count, needed) => `Trop peu de prédictions pour parler de dérive : ${count}, et il en faut ${needed}.`,
  expected: (estimate, actual, judged) =>
    `D’après les probabilités, ${estimate} devraient être justes${actual ? ` ; sur ${judged} jugées, ${actual} l’étaient` : ''}.`,
  described: ({ name, algorithm, version, description, features, classes, accuracy }) =>
    `Le modèle est ${name} (${algorithm}), version ${version}. ${description}\nIl prend ${features}.\nIl distingue ${classes}.${accuracy ? `\nSur des échantillons qu’il n’avait pas vus, ${accuracy} étaient justes.` : ''}`,
  failed: (code, detail) => `Cela n’a pas marché (${code}) : ${detail}`,
  refused: 'Vous avez refusé ; rien n’a été écrit.',
  unreadable: 'La réponse de l’outil a une forme que je ne connais pas.',
};

/** English. */
import type { ExplainedFigures, Phrases } from './phrases.ts';

const BASE_OF: Readonly<Record<ExplainedFigures, (label: string, base: string) => string>> = {
  probability: (label, base) => `Over its reference samples it gives ${label} ${base} on average`,
  share: (label, base) =>
    `Over its reference samples ${label} gets ${base} of its trees’ votes on average, of which the probability is made`,
  margin: (label, base) =>
    `Its score says how far ${label} is ahead of the other classes, in log-odds: no probability. Over its reference samples it is ${base} on average`,
};

export const EN: Phrases = {
  decimal: (value, digits) => value.toFixed(digits),
  value: String,
  percent: (share) => `${(100 * share).toFixed(1)} %`,
  and: 'and',
  capabilities: ({ features, classes }) =>
    `I answer by fixed rules, not by a language model, and everything I tell comes from calls of tools.\n- Predict: give me ${features}, by name or in this order; the answer is one of ${classes}.\n- Explain: “why?” after a prediction, or “explain” with the values.\n- Look back: “the last 5 predictions”, “how many predictions since yesterday?”, “compare the versions”, “is there drift?”.\n- Learn: “it was in fact …” records the true class of the last prediction.\n- “Describe the model” tells what is served.`,
  refusal:
    'I do not understand that, or it is not my subject: I go by fixed rules, not by a language model. I can predict, explain, list and count predictions, compare versions, record feedback and describe the model. Ask “what can you do?” for examples.',
  askValues: (missing, known) => `${known ? `I have ${known}. ` : ''}I still need ${missing}.`,
  surplus: (given, features) => `You gave ${given} numbers, and a sample has these: ${features}. Which are they?`,
  askClass: (classes) => `Which one was it in fact: ${classes}?`,
  askPrediction: 'Of which prediction? Ask for one first, or give me its request id, as in “request abc-123 was in fact …”.',
  predicted: (label, share, others, version) =>
    `The model predicts ${label} (${share}${others ? `; ${others}` : ''}), version ${version}.`,
  warned: (warnings) => `Take it with care: ${warnings}.`,
  requestId: (id) => `Request ${id}; “why?” explains it, “it was in fact …” corrects it.`,
  batch: (count, lines) => `${count} predictions:\n${lines}`,
  explained: (label, share, base, parts, figures) =>
    `The model predicts ${label} (${share}). ${BASE_OF[figures](label, base)}; this is what each feature adds:\n${parts}`,
  part: (feature, value, change, figures) => `- ${feature} = ${value}: ${change}${figures === 'margin' ? '' : ' points'}`,
  otherParts: (count) => `- and ${count} more that count less`,
  recorded: (label, id) => `Recorded: request ${id} was in fact ${label}.`,
  noPredictions: 'There are none in the log.',
  listed: (count, lines, more) => `The ${count} newest:\n${lines}${more ? '\n“More” gives the next ones.' : ''}`,
  listLine: (time, label, share, version, feedback) =>
    `- ${time}: ${label}${share ? ` (${share})` : ''}, version ${version}${feedback ? `; in fact ${feedback}` : ''}`,
  counted: (count, from, to, classes, versions) =>
    `${count} predictions from ${from} to ${to}${classes ? `: ${classes}` : ''}.${versions ? `\n${versions}` : ''}`,
  version: (name, count, accuracy, judged) =>
    `- version ${name}: ${count} predictions, ${accuracy ? `${accuracy} right of ${judged} judged` : 'none judged'}`,
  compared: (versions, verdict) => `${verdict}\n${versions}`,
  verdict: (best, compared) =>
    best !== undefined
      ? `Version ${best} is better: its interval lies above the others’.`
      : compared > 1
        ? 'The versions cannot be told apart: the intervals of those judged overlap, or there is too little feedback.'
        : 'There is nothing to compare: fewer than two versions answered in this time.',
  drift: (columns, count, from, to) =>
    columns
      ? `Drift: ${columns}. The ${count} predictions from ${from} to ${to} differ from the training data there; in brackets is by how much, 0.1 counts as little.`
      : `No drift: the ${count} predictions from ${from} to ${to} look like the training data.`,
  driftUnknown: (count, needed) => `Too few predictions to tell of drift: ${count}, and ${needed} are needed.`,
  expected: (estimate, actual, judged) =>
    `By the probabilities, ${estimate} should be right${actual ? `; of ${judged} judged, ${actual} were` : ''}.`,
  described: ({ name, algorithm, version, description, features, classes, accuracy }) =>
    `The model is ${name} (${algorithm}), version ${version}. ${description}\nIt takes ${features}.\nIt tells apart ${classes}.${accuracy ? `\nOn samples it had not seen, ${accuracy} were right.` : ''}`,
  failed: (code, detail) => `That did not work (${code}): ${detail}`,
  refused: 'You refused; nothing was written.',
  unreadable: 'The tool’s answer has a form that I do not know.',
};

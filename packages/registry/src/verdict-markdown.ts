/** A verdict for people: the content of `verdict.md`. */
import { figureText, sizeText, timeText } from './figures-text.ts';
import type { FeedbackFigures, FeedbackScores, ModelFigures, Verdict } from './verdict.ts';

/** The verdict as a Markdown page: what was decided, each condition with its figures, both models side by side. */
export function formatVerdict(verdict: Verdict): string {
  const { candidate, current, checks, evaluation } = verdict;
  return [
    `# ${candidate.model} ${candidate.version} for ${candidate.dataset}: ${verdict.verdict}`,
    '',
    `${verdict.judgedAt}, by ${verdict.judgedBy}. Measured by ${evaluation.method}, ${evaluation.folds} fold${evaluation.folds === 1 ? '' : 's'}, seed ${evaluation.seed}.`,
    current
      ? `Against ${current.name}, ${BASES[current.basis]}.`
      : 'Against no model: by the floor alone, and the schema where one is in service.',
    '',
    '| condition | | figures |',
    '|---|---|---|',
    ...checks.map(({ name, passed, detail }) => `| ${cell(name)} | ${passed ? 'met' : '**not met**'} | ${cell(detail)} |`),
    '',
    `| | candidate | ${current ? `${current.name} (${current.model} ${current.version})` : 'current'} |`,
    '|---|---|---|',
    ...rows(candidate, current).map((row) => `| ${row.map(cell).join(' | ')} |`),
    '',
    ...testLines(verdict),
    ...feedbackLines(verdict),
  ].join('\n');
}

const BASES = {
  refitted: 'fitted again on those rows of each training part that it has seen',
  'as it stands': 'whose file was taken as it stands, on rows that it has not seen',
} as const;

function rows(candidate: ModelFigures, current: Verdict['current']): string[][] {
  const row = (name: string, value: (figures: ModelFigures) => string) => [name, value(candidate), current ? value(current) : ''];
  return [
    row('accuracy', ({ accuracy }) => figureText(accuracy)),
    row('log-loss', ({ logLoss }) => figureText(logLoss)),
    ...(current ? [['log-loss on the rows of both', figureText(current.candidateLogLoss), figureText(current.logLoss)]] : []),
    ...Object.keys(candidate.recall).map((name) => row(`recall of ${name}`, ({ recall }) => figureText(recall[name]!))),
    row('calibration error', ({ calibrationError }) => figureText(calibrationError)),
    row('time of a prediction', ({ latencyMs }) => timeText(latencyMs)),
    row('size of the file', ({ bytes }) => sizeText(bytes)),
  ];
}

function testLines({ comparison }: Verdict): string[] {
  if (!comparison) return [];
  const { test, difference, standardError, degreesOfFreedom, p, alpha } = comparison;
  const figures = `mean difference of the log-loss (candidate − current) ${difference.toFixed(6)} ± ${standardError.toFixed(6)}`;
  return [`${test}, one-sided: ${figures}, ${degreesOfFreedom} degrees of freedom, p ${p.toPrecision(3)}, α ${alpha}.`, ''];
}

function feedbackLines({ feedback, current }: Verdict): string[] {
  if (!feedback) return [];
  const { found, taken, sources, leftOut, compared, candidate } = feedback;
  const scores = (name: string, figures: FeedbackScores | null) =>
    figures ? [`| ${name} | ${figureText(figures.accuracy)} | ${figureText(figures.logLoss)} |`] : [];
  return [
    '## Feedback',
    '',
    `It learned from ${taken} of ${found} rows with feedback too, from ${sources} source${sources === 1 ? '' : 's'}. No condition asks for their figures: what is asked for is measured on the trusted rows.`,
    '',
    ...leftOutTable(leftOut),
    ...(compared > 0
      ? [
          `| on the ${compared} that are new to the model in service | accuracy | log-loss |`,
          '|---|---|---|',
          ...scores('candidate', candidate),
          ...scores(current?.name ?? 'current', feedback.current),
          '',
        ]
      : []),
  ];
}

function leftOutTable(leftOut: FeedbackFigures['leftOut']): string[] {
  const lines = Object.entries(leftOut).map(([reason, rows]) => `| ${cell(reason)} | ${rows} |`);
  return lines.length > 0 ? ['| left out | rows |', '|---|---|', ...lines, ''] : [];
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

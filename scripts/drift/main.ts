/** `npm run drift:simulate`: what the verdict of drift is worth, in numbers; see `--help`. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareAccuracies } from './estimate.ts';
import { churnPopulation, irisPopulation } from './populations.ts';
import { simulate } from './simulate.ts';
import { formatAccuracies, formatSimulation } from './tables.ts';

const DOCUMENT = join(import.meta.dirname, '../../docs/drift.md');
const WINDOWS = 1000;
const QUICK_WINDOWS = 20;
const HELP = `Usage: npm run drift:simulate [-- --quick] [-- --write]

Simulates windows of live data of iris and churn, with and without drift, and counts alarms; compares the accuracy that is expected without
labels with the real one. The same tables each time. ${WINDOWS} windows for each number take some ten minutes of one core.

  --quick  ${QUICK_WINDOWS} windows for each number
  --write  puts the tables into docs/drift.md
  --help   this text
`;

const OPTIONS = {
  quick: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false, short: 'h' },
} as const;

const { values } = parseArgs({ options: OPTIONS });
if (values.help) process.stdout.write(HELP);
else await run();

async function run(): Promise<void> {
  const windows = values.quick ? QUICK_WINDOWS : WINDOWS;
  const accuracies = formatAccuracies(await compareAccuracies(report));
  const simulations: string[] = [];
  for (const population of [irisPopulation(), churnPopulation()]) {
    simulations.push(formatSimulation(population, await simulate(population, windows, report)));
  }
  const parts = { simulation: simulations.join('\n'), accuracy: `${accuracies}\n` };
  for (const part of Object.values(parts)) process.stdout.write(`\n${part}`);
  if (!values.write) return;
  let text = await readFile(DOCUMENT, 'utf8');
  for (const [name, part] of Object.entries(parts)) text = replacePart(text, name, part);
  await writeFile(DOCUMENT, text);
}

function replacePart(text: string, name: string, part: string): string {
  const [begin, end] = [`<!-- ${name}:begin -->\n`, `<!-- ${name}:end -->`];
  const [from, to] = [text.indexOf(begin), text.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`docs/drift.md has no place for the part "${name}"`);
  return `${text.slice(0, from + begin.length)}\n${part}\n${text.slice(to)}`;
}

function report(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** `npm run bench`: this API beside bare servers, its inference beside the libraries that trained the models, the web client. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { judgeColdStarts, judgeServers } from './bars.ts';
import { BenchError } from './bench-error.ts';
import { measureHttp } from './http/measure.ts';
import { benchInference } from './inference.ts';
import { measureLearning } from './learning/measure.ts';
import { measureLogSize } from './log-size/measure.ts';
import { describeMachine } from './machine.ts';
import { measureMcp } from './mcp/measure.ts';
import { type BenchOptions, PARTS, readOptions, USAGE } from './options.ts';
import { formatResults, type Results } from './report.ts';
import { measureWeb } from './web/measure.ts';

const OUTPUT = join(import.meta.dirname, '../../bench');

let interrupted = false;
// A second signal ends the process at once.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (interrupted = true));

try {
  const options = readOptions(process.argv.slice(2), process.env);
  if (options === 'help') process.stdout.write(USAGE);
  else await run(options);
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = 1;
}

async function run(options: BenchOptions): Promise<void> {
  const machine = describeMachine();
  if (machine.loadBefore > machine.cores / 2) report(`this machine is busy (load ${machine.loadBefore}): expect noise`);
  const needsServers = options.parts.some((part) => part === 'http' || part === 'cold-start');
  const { servers, coldStarts } = needsServers ? await measureHttp(options, report) : {};
  const inference = options.parts.includes('inference') ? await measureInference() : undefined;
  const web = options.parts.includes('web') ? await measureWeb(report) : undefined;
  const mcp = options.parts.includes('mcp') ? await measureMcp(options.effort, report) : undefined;
  const logSize = options.parts.includes('log-size') ? await measureLogSize(options.log, report) : undefined;
  const learning = options.parts.includes('learning') ? await measureLearning(options.learning, report) : undefined;
  const bars = [...(servers ? judgeServers(servers) : []), ...(coldStarts ? judgeColdStarts(coldStarts) : [])];
  const results: Results = {
    machine,
    bars,
    ...(servers && { servers }),
    ...(coldStarts && { coldStarts }),
    ...(inference && { inference }),
    ...(web && { web }),
    ...(mcp && { mcp }),
    ...(logSize && { logSize }),
    ...(learning && { learning }),
  };
  const markdown = formatResults(results);
  process.stdout.write(`\n${markdown}`);
  if (options.parts.length === PARTS.length) await save(results, markdown);
}

function measureInference() {
  report('inference: about 20 seconds');
  return benchInference();
}

async function save(results: Results, markdown: string): Promise<void> {
  await mkdir(OUTPUT, { recursive: true });
  await writeFile(join(OUTPUT, 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  await writeFile(join(OUTPUT, 'results.md'), markdown);
}

/** Progress goes to standard error, so that the tables can be redirected. */
function report(line: string): void {
  // Between two steps, so that the servers and PostgreSQL are stopped and their files removed.
  if (interrupted) throw new BenchError('interrupted');
  process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${line}` : `${line}\n`);
}

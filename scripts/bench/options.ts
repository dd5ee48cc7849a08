/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util';

/** A problem that one line explains. */
export class BenchError extends Error {}

/** All that can be measured. */
export const PARTS = ['http', 'cold-start', 'inference', 'web', 'mcp'] as const;

/** What can be measured alone. */
type BenchPart = (typeof PARTS)[number];

/** How long and how often. */
export interface Effort {
  readonly rounds: number;
  /** Length of each load in a round. */
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly coldStarts: number;
}

/** What to measure. */
export interface BenchOptions {
  readonly parts: readonly BenchPart[];
  readonly effort: Effort;
}

const FULL: Effort = { rounds: 7, seconds: 2, warmUpSeconds: 3, coldStarts: 15 };
const QUICK: Effort = { rounds: 3, seconds: 1, warmUpSeconds: 1, coldStarts: 8 };

export const USAGE = `Usage: npm run bench [-- --quick] [--only ${PARTS.join('|')}]

Measures this API beside bare node:http and bare Fastify, its inference beside the libraries that trained the models, and
the web client: what a browser fetches, memory, time of a page; the MCP server beside FastMCP, where there is Python 3.
Everything runs on this machine's loopback; servers take turns, so that what disturbs the machine disturbs all of them alike.
Writes bench/results.json and bench/results.md. Takes about six minutes, with --quick less than three.

  --quick  fewer and shorter rounds
  --only   one part alone; nothing is written then

Requests per second are measured with wrk when it is installed (apt install wrk), CPU per request with autocannon.
`;

/**
 * Parses the arguments.
 *
 * @throws BenchError with one line for an argument that is not known.
 */
export function readOptions(argv: readonly string[]): BenchOptions | 'help' {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { quick: { type: 'boolean' }, only: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return 'help';
    return { parts: partsOf(values.only), effort: values.quick ? QUICK : FULL };
  } catch (error) {
    throw new BenchError(`npm run bench: ${(error as Error).message.split('\n')[0]}`);
  }
}

function partsOf(only: string | undefined): readonly BenchPart[] {
  if (only === undefined) return PARTS;
  const part = PARTS.find((name) => name === only);
  if (!part) throw new Error(`--only must be one of ${PARTS.join(', ')}, not ${JSON.stringify(only)}`);
  return [part];
}

/** The command line of `npm run bench`. */
import { parseArgs } from 'node:util';
import { BenchError } from './bench-error.ts';
import type { LearningOptions } from './learning/measure.ts';
import type { LogSizeOptions } from './log-size/measure.ts';

/** What is measured unless one part is asked for. */
export const PARTS = ['http', 'cold-start', 'inference', 'web', 'mcp'] as const;
/** Takes a quarter of an hour and 5 GB of disk: only where it is asked for. */
const LOG_SIZE = 'log-size';
/** Takes a quarter of an hour, 700 MB for the comparators, and tables that are not in the repository. */
const LEARNING = 'learning';
const ALL_PARTS = [...PARTS, LOG_SIZE, LEARNING] as const;
const LOG_ROWS = 10_000_000;

/** What can be measured alone. */
type BenchPart = (typeof ALL_PARTS)[number];

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
  readonly log: LogSizeOptions;
  readonly learning: LearningOptions;
}

const FULL: Effort = { rounds: 7, seconds: 2, warmUpSeconds: 3, coldStarts: 15 };
const QUICK: Effort = { rounds: 3, seconds: 1, warmUpSeconds: 1, coldStarts: 8 };

export const USAGE = `Usage: npm run bench [-- --quick] [--only ${ALL_PARTS.join('|')}]

Measures this API beside bare node:http and bare Fastify, its inference beside the libraries that trained the models, and
the web client: what a browser fetches, memory, time of a page; the MCP server beside FastMCP, where there is Python 3.
Everything runs on this machine's loopback; servers take turns, so that what disturbs the machine disturbs all of them alike.
Writes bench/results.json and bench/results.md. Takes about six minutes, with --quick less than three.

  --quick  fewer and shorter rounds
  --only   one part alone; nothing is written then
           log-size, which is left out otherwise: pages, statistics, drift and retention of a prediction log of many rows; fills a
           PostgreSQL of its own, a quarter of an hour and 6 GB for ${LOG_ROWS.toLocaleString('en')}
  --rows N            of that log
  --database URL      one that such a run has filled; a day of it is deleted
           learning, likewise: the learners beside scikit-learn and LightGBM (Python 3), on public tables (scripts/bench/learning/README.md)
  --tables DIR        their folder; by default that in LEARNING_TABLES

Requests per second are measured with wrk when it is installed (apt install wrk), CPU per request with autocannon.
`;

/**
 * Parses the arguments.
 *
 * @throws BenchError with one line for an argument that is not known.
 */
export function readOptions(
  argv: readonly string[],
  environment: { readonly LEARNING_TABLES?: string | undefined } = {},
): BenchOptions | 'help' {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        quick: { type: 'boolean' },
        only: { type: 'string' },
        rows: { type: 'string' },
        database: { type: 'string' },
        tables: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    if (values.help) return 'help';
    const log = { rows: rowsOf(values.rows), ...(values.database !== undefined && { databaseUrl: values.database }) };
    const learning = {
      tables: values.tables ?? environment.LEARNING_TABLES,
      ...(values.quick ? { splits: 2, rounds: 1 } : { splits: 5, rounds: 3 }),
    };
    return { parts: partsOf(values.only), effort: values.quick ? QUICK : FULL, log, learning };
  } catch (error) {
    throw new BenchError(`npm run bench: ${(error as Error).message.split('\n')[0]}`);
  }
}

function partsOf(only: string | undefined): readonly BenchPart[] {
  if (only === undefined) return PARTS;
  const part = ALL_PARTS.find((name) => name === only);
  if (!part) throw new Error(`--only must be one of ${ALL_PARTS.join(', ')}, not ${JSON.stringify(only)}`);
  return [part];
}

function rowsOf(word = String(LOG_ROWS)): number {
  const rows = /^\d{5,9}$/.test(word) ? Number(word) : 0;
  if (rows >= 100_000) return rows;
  throw new Error(`--rows must be a whole number from 100000 to 999999999, not ${JSON.stringify(word)}`);
}

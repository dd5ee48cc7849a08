/** Each service in the limits of its pod, attacked in each way for a while, with honest clients beside it. The table is in docs/limits.md. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { KINDS } from './support/attack/kinds.ts';
import { besiege, type Outcome, type Siege } from './support/attack/siege.ts';
import type { Service } from './support/attack/targets.ts';

/** Length of each attack. */
// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
const SECONDS = Number(process.env.IRIS_ATTACK_SECONDS || 30);
/** Bar of the 99th percentile. In a short run it is of a few requests, of which the first meet code that is not warm, on a machine that may do other things. */
const P99_MS = SECONDS >= 30 ? 1000 : 5000;
/** The services that are attacked, by name; all by default. */
// biome-ignore lint/suspicious/noUndeclaredEnvVars: turbo does not run these tests
const ATTACKED = process.env.IRIS_ATTACKED?.split(',');
const LONGEST_MS = Object.keys(KINDS).length * (SECONDS + 20) * 1000;
/** Two at a time: each has half a processor, and the attackers and honest clients need one. The web client’s pages need the API’s processor too. */
const GROUPS = ([['api', 'mcp'], ['agent'], ['web']] satisfies Service[][])
  .map((group) => group.filter((service) => ATTACKED?.includes(service) ?? true))
  .filter((group) => group.length > 0);
const REPORTS = join(import.meta.dirname, '../../reports');

const all: Outcome[] = [];
afterAll(() => {
  mkdirSync(REPORTS, { recursive: true });
  writeFileSync(join(REPORTS, 'attackers.md'), tableOf(all));
});

function tableOf(outcomes: readonly Outcome[]): string {
  const head = [
    '| service | kind of abuse | honest requests | answered | p50, ms | p99, ms | peak memory, MiB |',
    '|---|---|---|---|---|---|---|',
  ];
  return `${[...head, ...outcomes.map(lineOf)].join('\n')}\n`;
}

function lineOf({ service, kind, asked, answered, p50Ms, p99Ms, peakMib }: Outcome): string {
  const figures = [
    asked,
    `${((100 * answered) / asked).toFixed(2)} %`,
    ...[p50Ms, p99Ms, peakMib].map((figure) => figure.toFixed(0)),
  ];
  return `| ${[service, kind, ...figures].join(' | ')} |`;
}

describe.each(GROUPS.map((services) => ({ services })))('$services, attacked', ({ services }) => {
  const outcomes: Outcome[] = [];
  let sieges: Siege[] = [];
  beforeAll(async () => {
    sieges = await Promise.all(services.map(besiege));
    await Promise.all(
      sieges.map(async (siege) => {
        for (const kind of Object.keys(KINDS)) {
          const outcome = await siege.attack(kind, SECONDS);
          console.info(lineOf(outcome));
          outcomes.push(outcome);
        }
      }),
    );
    all.push(...outcomes.sort((one, other) => one.service.localeCompare(other.service)));
  }, LONGEST_MS);
  afterAll(async () => {
    await Promise.all(sieges.map((siege) => siege.end()));
  });

  it.each(services.flatMap((service) => Object.keys(KINDS).map((kind) => [service, kind] as const)))(
    '%s answers honest clients through %s',
    (service, kind) => {
      const outcome = outcomes.find((each) => each.service === service && each.kind === kind)!;
      expect(outcome.survived).toBe(true);
      expect(outcome.asked).toBeGreaterThan(SECONDS);
      expect(outcome.answered / outcome.asked, outcome.failures.join('\n')).toBeGreaterThanOrEqual(0.999);
      expect(outcome.p99Ms).toBeLessThanOrEqual(P99_MS);
    },
  );
});

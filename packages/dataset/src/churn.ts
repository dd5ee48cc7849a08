/** Synthetic customer churn: a seeded generator with a known probability behind every label. No real customer is in it. */
import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { type Dataset, datasetOf } from './dataset.ts';
import { observedRange } from './observed-range.ts';
import type { DatasetSchema, NumericFeature } from './schema.ts';

/** How to generate: both have defaults, so that `generateChurn()` is *the* churn dataset. */
export interface ChurnOptions {
  readonly seed?: number;
  /** Rows, default 2,000. */
  readonly sampleCount?: number;
}

/** A dataset whose true class probabilities are known. */
export interface SyntheticDataset extends Dataset {
  /** True probability of `yes` behind each sample's label. */
  readonly churnProbabilities: Float64Array;
  /** Mean entropy of the true probabilities in nats: no model's expected log-loss on these samples is lower. */
  readonly bestLogLoss: number;
}

const CLASSES = ['no', 'yes'];
const PLANS = ['basic', 'standard', 'premium'];
const REGIONS = ['EU', 'NA', 'APAC'];
const PLAUSIBLE_MAX = { tenure_months: 600, num_complaints: 100, avg_session_minutes: 1440 };
const UNITS = { tenure_months: 'months', num_complaints: '1', avg_session_minutes: 'min' };

interface Customer {
  readonly tenureMonths: number;
  readonly complaints: number;
  readonly sessionMinutes: number;
  readonly plan: number;
  readonly region: number;
}

/** Generates the churn dataset: the same options give the same rows. */
export function generateChurn({ seed = 6, sampleCount = 2000 }: ChurnOptions = {}): SyntheticDataset {
  const random = xoroshiro128plus(seed);
  const customers = Array.from({ length: sampleCount }, () => drawCustomer(random));
  const churnProbabilities = Float64Array.from(customers, churnProbability);
  const samples = customers.map((customer) => [
    customer.tenureMonths,
    customer.complaints,
    customer.sessionMinutes,
    PLANS[customer.plan]!,
    REGIONS[customer.region]!,
  ]);
  const labels = Array.from(churnProbabilities, (probability) => (uniformFloat64(random) < probability ? 1 : 0));
  return {
    ...datasetOf(churnSchema(customers), samples, labels),
    churnProbabilities,
    bestLogLoss: meanEntropy(churnProbabilities),
  };
}

type Random = ReturnType<typeof xoroshiro128plus>;

function drawCustomer(random: Random): Customer {
  return {
    tenureMonths: uniformInt(random, 1, 72),
    // The smaller of two draws: most customers complain rarely, some often.
    complaints: Math.min(uniformInt(random, 0, 8), uniformInt(random, 0, 8)),
    sessionMinutes: Math.round((5 + 115 * uniformFloat64(random)) * 10) / 10,
    plan: uniformInt(random, 0, PLANS.length - 1),
    region: uniformInt(random, 0, REGIONS.length - 1),
  };
}

// A logistic model with one interaction, so that a forest or a kernel can see something that a linear model cannot.
function churnProbability({ tenureMonths, complaints, sessionMinutes, plan, region }: Customer): number {
  const newcomerWhoComplains = tenureMonths < 12 && complaints >= 3 ? 1.5 : 0;
  const logit =
    0.6 -
    0.05 * tenureMonths +
    0.7 * complaints -
    0.025 * sessionMinutes +
    [0.5, 0, -0.8][plan]! +
    [0, 0.2, -0.2][region]! +
    newcomerWhoComplains;
  return 1 / (1 + Math.exp(-logit));
}

function meanEntropy(probabilities: Float64Array): number {
  const total = probabilities.reduce((sum, p) => sum - p * Math.log(p) - (1 - p) * Math.log(1 - p), 0);
  return total / probabilities.length;
}

function churnSchema(customers: readonly Customer[]): DatasetSchema {
  return {
    name: 'churn',
    description: 'Synthetic customers of a subscription service: who leaves, from tenure, complaints, use, plan and region.',
    target: 'churned',
    classes: CLASSES,
    features: [
      numeric(
        'tenure_months',
        customers.map((customer) => customer.tenureMonths),
      ),
      numeric(
        'num_complaints',
        customers.map((customer) => customer.complaints),
      ),
      numeric(
        'avg_session_minutes',
        customers.map((customer) => customer.sessionMinutes),
      ),
      { kind: 'categorical', name: 'plan_type', levels: PLANS },
      { kind: 'categorical', name: 'region', levels: REGIONS },
    ],
  };
}

function numeric(name: keyof typeof UNITS, values: readonly number[]): NumericFeature {
  return {
    kind: 'numeric',
    name,
    unit: UNITS[name],
    observed: observedRange(values),
    plausible: { min: 0, max: PLAUSIBLE_MAX[name] },
  };
}

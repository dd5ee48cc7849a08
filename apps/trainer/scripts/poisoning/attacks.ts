/** What clients may send as feedback: honest, and with harm in mind. */
import type { DatasetSchema, Sample } from '@iris/dataset';

/** Rows with their labels, as clients see them. */
export interface Rows {
  readonly schema: DatasetSchema;
  readonly samples: readonly Sample[];
  readonly labels: readonly number[];
}

/** What a scenario draws from. */
export interface World {
  /** The trusted rows, which an attacker may know. */
  readonly base: Rows;
  /** Rows as they come in live, with their true labels. */
  readonly live: Rows;
  /** Numbers from 0 to 1. */
  readonly random: () => number;
}

/** A prediction that was asked for, and what somebody says it is in fact. */
export interface Told {
  /** The same for all that is told of one prediction. */
  readonly requestId: string;
  readonly sample: Sample;
  /** Class index. */
  readonly label: number;
  readonly source: string;
  /** When the prediction was asked for. */
  readonly createdAt: Date;
}

/** Feedback of a scenario, in the order in which it arrives. */
export interface Scenario {
  readonly name: string;
  /** From how many places the wrong labels come. */
  readonly attackers: number;
  readonly feedback: (world: World) => Told[];
  /** Whether the shares of sources and of all feedback are lifted. */
  readonly withoutShares?: true;
}

/** Rows that a client sends: far more than there are trusted ones. */
const FLOOD = 3000;
const HONEST_SOURCES = 20;
const HONEST_ROWS = 10;
/** Of the width of a feature's range. */
const NUDGE = 0.02;
const NOISE = 0.05;

/** All scenarios, in the order of the table. */
export const SCENARIOS: readonly Scenario[] = [
  { name: 'honest: 20 clients, true labels', attackers: 0, feedback: honest },
  { name: 'one client: wrong labels', attackers: 1, feedback: (world) => flood(world, ['mallory'], wrongLabel(world)) },
  { name: 'one client: one class called another', attackers: 1, feedback: (world) => flood(world, ['mallory'], oneClass) },
  { name: 'one client: near-duplicates of one row', attackers: 1, feedback: (world) => nearDuplicates(world) },
  { name: 'one client: as far out as is taken', attackers: 1, feedback: (world) => extremes(world, 0.24) },
  { name: 'one client: far out of range', attackers: 1, feedback: (world) => extremes(world, 3) },
  { name: 'one client: half wrong, half trusted rows nudged', attackers: 1, feedback: (world) => disguised(world) },
  {
    name: 'one client against 20 honest ones',
    attackers: 1,
    feedback: (world) => [...honest(world), ...flood(world, ['mallory'], oneClass)],
  },
  { name: 'one client contradicts 20 honest ones', attackers: 1, feedback: (world) => contradict(honest(world)) },
  { name: 'one client replaces what 20 honest ones told', attackers: 1, feedback: (world) => replace(world) },
  { name: '5 clients: one class called another', attackers: 5, feedback: (world) => flood(world, sources(5), oneClass) },
  { name: '20 clients: one class called another', attackers: 20, feedback: (world) => flood(world, sources(20), oneClass) },
  { name: '20 clients: wrong labels', attackers: 20, feedback: (world) => flood(world, sources(20), wrongLabel(world)) },
  {
    name: 'one client, without the shares: one class called another',
    attackers: 1,
    feedback: (world) => flood(world, ['mallory'], oneClass),
    withoutShares: true,
  },
];

function sources(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `mallory-${index}`);
}

/** Gives the label that a true one is reported as; undefined where the row is not sent. */
type Lie = (label: number) => number | undefined;

/** Of the last class, all are called the first: a churner is called loyal. */
function oneClass(label: number): number | undefined {
  return label > 0 ? label - 1 : undefined;
}

function wrongLabel({ base, random }: World): Lie {
  const { length } = base.schema.classes;
  return (label) => (label + 1 + Math.floor(random() * (length - 1))) % length;
}

function honest(world: World): Told[] {
  return Array.from({ length: HONEST_SOURCES * HONEST_ROWS }, (_, index) => {
    const row = index % world.live.samples.length;
    const sample = blur(world, world.live.samples[row]!, NUDGE);
    return tell(sample, world.live.labels[row]!, `honest-${index % HONEST_SOURCES}`, index);
  });
}

/** Asks the same again, and says something else of it. */
function contradict(others: readonly Told[]): Told[] {
  return [...others, ...others.map((told) => ({ ...told, ...otherWord(told), requestId: `again ${told.requestId}` }))];
}

/** Replaces all that others told, and what nobody told yet it tells first. */
function replace(world: World): Told[] {
  const others = honest(world);
  const half = others.length / 2;
  const lies = others.map((told) => ({ ...told, ...otherWord(told) }));
  return [...others.slice(0, half), ...lies, ...others.slice(half)];
}

function otherWord({ label }: Told): Pick<Told, 'label' | 'source'> {
  return { label: label === 0 ? 1 : label - 1, source: 'mallory' };
}

function flood(world: World, from: readonly string[], lie: Lie): Told[] {
  const { live } = world;
  return Array.from({ length: FLOOD }, (_, index) => {
    const row = index % live.samples.length;
    const label = lie(live.labels[row]!);
    const source = from[Math.floor(world.random() * from.length)]!;
    return label === undefined ? [] : [tell(blur(world, live.samples[row]!, NOISE), label, source, index)];
  }).flat();
}

/** A small region whose rows are all called another class. */
function nearDuplicates(world: World): Told[] {
  const row = world.live.labels.indexOf(world.base.schema.classes.length - 1);
  const [sample, label] = [world.live.samples[row]!, world.live.labels[row]! - 1];
  return Array.from({ length: FLOOD }, (_, index) => tell(blur(world, sample, NUDGE), label, 'mallory', index));
}

/** At both ends of every range, wrong labels: a few such rows turn a linear model further than many others. */
function extremes(world: World, beyond: number): Told[] {
  const { schema } = world.base;
  const lie = wrongLabel(world);
  return Array.from({ length: FLOOD }, (_, index) => {
    const row = index % world.live.samples.length;
    const sample = world.live.samples[row]!.map((value, at) => {
      const feature = schema.features[at]!;
      if (feature.kind !== 'numeric') return value;
      const { min, max } = feature.observed;
      const reach = (beyond - 0.01 * world.random()) * (max - min);
      return Number(value) > (min + max) / 2 ? max + reach : min - reach;
    });
    return tell(sample, lie(world.live.labels[row]!)!, 'mallory', index);
  });
}

/** Nudged copies of the trusted rows tell a candidate the answers that it is judged by, and so could hide the harm of the others. */
function disguised(world: World): Told[] {
  const lies = flood(world, ['mallory'], oneClass);
  const { samples, labels } = world.base;
  return Array.from({ length: FLOOD }, (_, index) => {
    const row = Math.floor(world.random() * samples.length);
    if (index % 2 === 0) return lies[index % lies.length]!;
    return tell(blur(world, samples[row]!, 0.001), labels[row]!, 'mallory', index);
  });
}

/** The numbers of a sample moved by up to a share of their ranges. */
function blur({ base, random }: World, sample: Sample, share: number): Sample {
  return sample.map((value, at) => {
    const feature = base.schema.features[at]!;
    if (feature.kind !== 'numeric') return value;
    return Number(value) + (2 * random() - 1) * share * (feature.observed.max - feature.observed.min);
  });
}

function tell(sample: Sample, label: number, source: string, index: number): Told {
  return { requestId: `${source} ${index}`, sample, label, source, createdAt: new Date(Date.UTC(2026, 0, 1) + 1000 * index) };
}

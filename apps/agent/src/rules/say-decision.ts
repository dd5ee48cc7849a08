/** Puts into words what the rules decide without a tool. */
import type { Domain, Feature } from './domain.ts';
import type { Phrases } from './phrases/phrases.ts';
import type { Decision, Question } from './plan.ts';

/** Nobody reads more of them. */
const SHOWN_LEVELS = 12;

/** The answer; only calls have none. */
export function sayDecision(decision: Exclude<Decision, { readonly kind: 'call' }>, domain: Domain, phrases: Phrases): string {
  if (decision.kind === 'refuse') return phrases.refusal;
  if (decision.kind === 'ask') return sayQuestion(decision.about, domain, phrases);
  return phrases.capabilities({ features: list(domain.features.map(describe), phrases), classes: domain.classes.join(', ') });
}

function sayQuestion(about: Question, domain: Domain, phrases: Phrases): string {
  if (about.what === 'true class') return phrases.askClass(domain.classes.join(', '));
  if (about.what === 'which prediction') return phrases.askPrediction;
  if (about.surplus > 0) return phrases.surplus(about.surplus, list(domain.features.map(describe), phrases));
  const labelOf = (name: string) => domain.features.find((feature) => feature.name === name)?.label ?? name;
  const known = Object.entries(about.known).map(([name, value]) => `${labelOf(name)} = ${phrases.value(value)}`);
  return phrases.askValues(list(about.missing.map(describe), phrases), known.length > 0 ? known.join(', ') : undefined);
}

function describe(feature: Feature): string {
  if (feature.kind === 'categorical') return `${feature.label}${describeLevels(feature.levels)}`;
  return feature.unit === undefined ? feature.label : `${feature.label} (${feature.unit})`;
}

function describeLevels(levels: readonly string[]): string {
  if (levels.length === 0) return '';
  return ` (${levels.slice(0, SHOWN_LEVELS).join('/')}${levels.length > SHOWN_LEVELS ? '/…' : ''})`;
}

function list(items: readonly string[], { and }: Phrases): string {
  return items.length > 1 ? `${items.slice(0, -1).join(', ')} ${and} ${items.at(-1)}` : items.join('');
}

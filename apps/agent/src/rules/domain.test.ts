import { describe, expect, it } from 'vitest';
import { readDomain } from './domain.ts';
import { EN } from './phrases/en.ts';
import { sayDecision } from './say-decision.ts';

const inputSchema = {
  type: 'object',
  properties: {
    total_charges: { type: 'number', title: 'Total Charges', description: 'In usd; observed 1 to 9.' },
    plan: { type: ['string', 'null'], enum: ['basic', 'gold', null] },
    joined: { type: 'string', format: 'date' },
    request_id: { type: 'string' },
  },
};

describe('what there is to predict', () => {
  const domain = readDomain([{ name: 'predict', inputSchema }]);

  it('is called by its title, and given by the name of the argument', () => {
    expect(domain.features[0]).toEqual({
      kind: 'numeric',
      name: 'total_charges',
      label: 'Total Charges',
      words: ['total', 'charges'],
      unit: 'usd',
    });
  });

  it('has levels, and no level for a missing value', () => {
    expect(domain.features[1]).toMatchObject({ name: 'plan', label: 'plan', levels: ['basic', 'gold'] });
  });

  it('may be a text without known levels, such as a date, and is then no number', () => {
    expect(domain.features[2]).toMatchObject({ name: 'joined', kind: 'categorical', levels: [] });
  });

  it('is asked for by its title', () => {
    const about = {
      what: 'values',
      tool: 'predict',
      missing: [domain.features[1]!, domain.features[2]!],
      known: { total_charges: 5 },
      surplus: 0,
    } as const;
    expect(sayDecision({ kind: 'ask', about }, domain, EN)).toContain('Total Charges = 5');
  });
});

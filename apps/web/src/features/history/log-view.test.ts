import { describe, expect, it } from 'vitest';
import { filterView, newerView, olderView, pagePath, readView, viewAddress } from './log-view.ts';

const read = (query: string) => readView(new URLSearchParams(query));
const usual = read('');

describe('the view of the log', () => {
  it('is the newest page of the last week, of all versions and classes, unless the address says otherwise', () => {
    expect(usual).toEqual({ version: '', prediction: '', span: 'week', trail: [] });
    expect(viewAddress(usual)).toBe('/history');
    expect(pagePath(usual)).toBe('/api/predictions?limit=25');
  });

  it.each(['version=0.2.0', 'prediction=a%26b%3D%C3%A9', 'span=all', 'version=1&prediction=b&span=hour&cursor=90&cursor=65'])(
    '%s is read back from the address that it makes',
    (query) => {
      const view = read(query);
      expect(viewAddress(view)).toBe(`/history?${query}`);
      expect(read(viewAddress(view).split('?')[1]!)).toEqual(view);
    },
  );

  it('takes a span that it does not know for the usual one', () => {
    expect(read('span=century').span).toBe('week');
    expect(read('span=').span).toBe('week');
  });

  it('asks for the page of the last cursor, with the filters', () => {
    expect(pagePath(read('version=v&prediction=c&cursor=9&cursor=5'))).toBe(
      '/api/predictions?limit=25&cursor=5&version=v&prediction=c',
    );
  });
});

describe('the way through the pages', () => {
  it('leads back through the same pages to the newest', () => {
    const second = olderView(usual, '100');
    const third = olderView(second, '75');
    expect(third.trail).toEqual(['100', '75']);
    expect(newerView(third)).toEqual(second);
    expect(newerView(second)).toEqual(usual);
    expect(newerView(usual)).toEqual(usual);
  });

  it('begins anew with other filters', () => {
    expect(filterView(olderView(usual, '100'), { version: '2' })).toEqual({ ...usual, version: '2' });
  });

  it('does not let the address grow without end', () => {
    let view = usual;
    for (let page = 0; page < 1000; page++) view = olderView(view, `${page}`);
    expect(view.trail.length).toBe(40);
    expect(view.trail.at(-1)).toBe('999');
    expect(read(viewAddress(view).split('?')[1]!)).toEqual(view);
  });
});

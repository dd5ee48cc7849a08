import { describe, expect, it } from 'vitest';
import { judgeColdStarts, judgeMcp, judgeServers, judgeWeb } from './bars.ts';
import type { ServerFigures } from './http/rounds.ts';
import { formatResults } from './report.ts';

function figures(name: string, change: Partial<ServerFigures> = {}): ServerFigures {
  const ratio = { perSecond: 0.96, p99: 1.2, cpu: 1.04 };
  return {
    name,
    perSecond: 25_000,
    p50Us: 1900,
    p99Us: 4000,
    cpuUs: 26,
    peakMemoryMiB: 100,
    droppedRows: undefined,
    ratio,
    ...change,
  };
}

const plain = figures('Iris API, rf');
const logging = figures('Iris API, rf, logging', { cpuUs: 28, droppedRows: 0 });

describe('the bars', () => {
  it('are met by figures within them', () => {
    const bars = judgeServers([plain, logging]);
    expect(bars.map(({ met }) => met)).toEqual([true, true, true, true, true, true]);
    expect(bars[1]!.actual).toBeCloseTo(1 / 1.04);
    expect(bars[2]!.actual).toBeCloseTo(28 / 26);
  });

  it('are missed by figures beyond them', () => {
    const slow = figures('Iris API, rf', { ratio: { perSecond: 0.94, p99: 1.31, cpu: 1.06 } });
    const costly = figures('Iris API, rf, logging', { cpuUs: 29, peakMemoryMiB: 110.1, droppedRows: 1 });
    expect(judgeServers([slow, costly]).map(({ met }) => met)).toEqual([false, false, false, false, false, false]);
    const starts = [
      { name: 'Iris API, rf', ms: 200, ratio: 1.41 },
      { name: 'Iris API, rf, logging', ms: 190, ratio: 1.4 },
    ];
    expect(judgeColdStarts(starts).map(({ met }) => met)).toEqual([false, true]);
  });

  it('ask what the account of connections and clients costs', () => {
    const behind = (cpu: number) => figures('bare Fastify behind our HTTP server', { ratio: { perSecond: 1, p99: 1, cpu } });
    const [met, missed] = [1.03, 1.031].map(
      (cpu) => judgeServers([plain, logging, behind(cpu)]).find(({ bound }) => bound === '≤ 1.03')?.met,
    );
    expect([met, missed]).toEqual([true, false]);
  });

  it('are left out where this system cannot measure them', () => {
    const unknown = { cpuUs: undefined, peakMemoryMiB: undefined, ratio: { perSecond: undefined, p99: 1, cpu: undefined } };
    const bars = judgeServers([figures('Iris API, rf', unknown), figures('Iris API, rf, logging', unknown)]);
    expect(bars.map(({ what }) => what)).toEqual(['p99 ÷ bare Fastify']);
  });
});

describe('the MCP server’s bars', () => {
  const within = { callsPerSecond: 1000, fastMcpCallsPerSecond: 400, ratio: 2.5, peakMemoryMiB: 160, heapGrowthMb: 10 };

  it('are met within them, missed beyond them, and left out without Python', () => {
    expect(judgeMcp(within).map(({ met }) => met)).toEqual([true, true, true]);
    const beyond = { ...within, ratio: 2.4, peakMemoryMiB: 161, heapGrowthMb: 10.1 };
    expect(judgeMcp(beyond).map(({ met }) => met)).toEqual([false, false, false]);
    expect(judgeMcp({ ...within, fastMcpCallsPerSecond: undefined, ratio: undefined })).toHaveLength(2);
  });
});

describe('the web client’s bars', () => {
  it('are met up to the bound, and missed beyond it', () => {
    const met = (firstLoadKb: number, residentMiB: number, pageMs: number) =>
      judgeWeb({ firstLoadKb, residentMiB, pageMs }).map((bar) => bar.met);
    expect(met(200, 200, 50)).toEqual([true, true, true]);
    expect(met(200.1, 200.1, 50.1)).toEqual([false, false, false]);
    expect(judgeWeb({ firstLoadKb: 1, residentMiB: undefined, pageMs: 1 })).toHaveLength(2);
  });
});

describe('the report', () => {
  const machine = { cpu: 'CPU', cores: 2, memoryGiB: 8, platform: 'linux', node: 'v24.0.0', date: '2026-01-02', loadBefore: 0.1 };

  it('has a row for each server, n/a for what is not known, and every bar', () => {
    const servers = [figures('node:http', { perSecond: undefined, cpuUs: undefined }), plain, logging];
    const markdown = formatResults({ machine, servers, bars: judgeServers(servers) });
    expect(markdown).toContain('| node:http | n/a | 0.96 | 1.90 | 4.00 | 1.20 | n/a | 1.04 | 100 |');
    expect(markdown).toContain('| Iris API, rf | 25,000 | 0.96 | 1.90 | 4.00 | 1.20 | 26.0 | 1.04 | 100 |');
    expect(markdown).toContain('| peak memory with logging, MiB | ≤ 110 | 100 | met |');
    expect(markdown).not.toContain('undefined');
  });

  it('has only what was measured', () => {
    const markdown = formatResults({ machine, bars: [], coldStarts: [{ name: 'bare Fastify', ms: 156.4, ratio: 1 }] });
    expect(markdown).toContain('| bare Fastify | 156 | 1.00 |');
    expect(markdown).not.toContain('requests/s');
    expect(markdown).not.toContain('web client');
  });

  it('tells the web client’s figures beside their bars', () => {
    const markdown = formatResults({ machine, bars: [], web: { firstLoadKb: 188.6, residentMiB: 212, pageMs: 9.4 } });
    expect(markdown).toContain('| first-load JavaScript of the predict page, kB gzipped | ≤ 200 | 189 | met |');
    expect(markdown).toContain('| resident memory after 1,000 page loads, MiB | ≤ 200 | 212 | **missed** |');
    expect(markdown).toContain('| a page from the server, median, ms | ≤ 50 | 9.40 | met |');
  });
});

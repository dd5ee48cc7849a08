import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

describe('createMetrics', () => {
  it('counts and times the calls of each tool, by outcome', async () => {
    let now = 0;
    const { observeCall, registry } = createMetrics(() => now);
    const end = observeCall('predict');
    now = 40;
    end('ok');
    const text = await registry.metrics();
    expect(text).toContain('mcp_tool_calls_total{tool="predict",outcome="ok"} 1');
    expect(text).toContain('mcp_tool_call_duration_seconds_bucket{le="0.05",tool="predict"} 1');
    expect(text).toContain('mcp_tool_call_duration_seconds_bucket{le="0.025",tool="predict"} 0');
  });

  it('has a bounded number of outcomes, whatever codes an API answers', async () => {
    const { observeCall, registry } = createMetrics(() => 0);
    for (let index = 0; index < 200; index++) observeCall('predict')(`CODE_${index}`);
    const text = await registry.metrics();
    expect(text.match(/^mcp_tool_calls_total/gm)).toHaveLength(51);
    expect(text).toContain('outcome="other"} 150');
  });
});

/** The decision regions behind the plot, for components. */
'use client';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { predictBatch } from '../../../lib/api/client.ts';
import type { DatasetSchema, Instance } from '../../../lib/api/types.ts';
import { makeGrid } from './grid.ts';
import { createLiveRegions } from './live-regions.ts';
import type { PlotFrame } from './plot-frame.ts';
import { NO_REGIONS, type Regions } from './regions.ts';

export interface RegionsOf {
  readonly schema: DatasetSchema;
  /** Its values are held for every feature that is not on an axis. */
  readonly held: Instance;
  readonly frame: PlotFrame;
  /** Of the model in service. */
  readonly checksum: string | undefined;
}

export interface ShownRegions {
  readonly regions: Regions;
  readonly failed: boolean;
}

/** The regions of this frame; those of the values before while the held values change, none while the frame does. */
export function useLiveRegions({ schema, held, frame, checksum }: RegionsOf): ShownRegions {
  const [live] = useState(() =>
    createLiveRegions({
      predictRows: (rows, signal) =>
        predictBatch(
          rows.map((features) => ({ features })),
          { logged: false, signal },
        ),
      now: () => performance.now(),
    }),
  );
  const state = useSyncExternalStore(live.subscribe, live.state, live.state);
  const { axes, x, y } = frame;
  const rest = schema.features.filter(({ name }) => name !== axes.x.name && name !== axes.y.name).map(({ name }) => held[name]);
  const key = JSON.stringify([frame, checksum, rest]);
  useEffect(() => live.moveTo({ key, makeGrid: () => makeGrid(schema, held, axes, { x, y }) }));
  useEffect(() => () => live.moveTo(undefined), [live]);
  const isOfFrame = state.grid?.axes.x.name === axes.x.name && state.grid.axes.y.name === axes.y.name;
  return { regions: isOfFrame ? state.regions : NO_REGIONS, failed: state.failed };
}

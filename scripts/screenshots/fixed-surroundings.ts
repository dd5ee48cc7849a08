/** Imported before the API and the trainer: they run under these names, and from `STAGE_TIME` on if it is set, wherever and whenever the pictures are made. */
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

os.hostname = () => 'iris-api-0';
os.userInfo = (() => ({ username: 'ada', uid: 1000, gid: 1000, shell: null, homedir: os.homedir() })) as typeof os.userInfo;
syncBuiltinESMExports();

const { STAGE_TIME } = process.env;
if (STAGE_TIME !== undefined) {
  const RealDate = Date;
  const behindMs = RealDate.now() - RealDate.parse(STAGE_TIME);
  globalThis.Date = class extends RealDate {
    constructor(...given: readonly unknown[]) {
      super(...((given.length > 0 ? given : [RealDate.now() - behindMs]) as [number]));
    }

    static override now(): number {
      return RealDate.now() - behindMs;
    }
  } as DateConstructor;
}

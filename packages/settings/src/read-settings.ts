/** Reads settings from an environment, once, reporting every fault together. */
import { type CleanedEnv, customCleanEnv } from 'envalid';

/** `EX_CONFIG` of sysexits(3), with which a program ends whose configuration cannot work: starting it again is of no use. */
export const EXIT_CONFIG = 78;

/** One setting that is missing or wrong. */
export interface SettingFault {
  /** Name of the environment variable. */
  readonly key: string;
  readonly detail: string;
}

/** The environment cannot be used; `faults` holds every reason. */
export class SettingsError extends Error {
  readonly code = 'SETTINGS_INVALID';
  readonly faults: readonly SettingFault[];

  constructor(faults: readonly SettingFault[]) {
    super(faults.map(({ key, detail }) => `${key}: ${detail}`).join('\n'));
    this.name = 'SettingsError';
    this.faults = faults;
  }
}

/**
 * Parses the environment against validators and returns a frozen object with exactly their keys.
 *
 * An empty string counts as absent, because manifests and Compose files cannot unset a variable.
 *
 * @param check further rules over several settings at once; its faults are reported with the others. A setting that is itself at
 *   fault is absent from what it is given.
 * @throws SettingsError with all faults.
 */
export function readSettings<S extends object>(
  specs: S,
  environment: Readonly<Record<string, string | undefined>>,
  check: (settings: Readonly<Partial<CleanedEnv<S>>>) => readonly SettingFault[] = () => [],
): Readonly<CleanedEnv<S>> {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const faults: SettingFault[] = [];
  const settings = customCleanEnv(given, specs, (cleaned) => cleaned, {
    reporter: ({ errors }) => {
      for (const [key, error] of Object.entries<Error | undefined>(errors)) {
        if (error) faults.push({ key, detail: error.message });
      }
    },
  });
  faults.push(...check(settings));
  if (faults.length > 0) throw new SettingsError(faults);
  return settings;
}

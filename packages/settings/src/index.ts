export { bool, str } from 'envalid';
export { anyAddress } from './any-address.ts';
export { httpUrlFaults } from './http-url.ts';
export { EXIT_CONFIG, readSettings, type SettingFault, SettingsError } from './read-settings.ts';
export { Secret } from './secret.ts';
export { secret, wholeNumber, word } from './validators.ts';

export { bool, str } from 'envalid';
export { readSettings, type SettingFault, SettingsError } from './read-settings.ts';
export { Secret } from './secret.ts';
export { secret, wholeNumber, word } from './validators.ts';

/** The client's texts: one file for each language and namespace, typed by the English ones. */
import type batch from '../../messages/en/batch.json';
import type chat from '../../messages/en/chat.json';
import type common from '../../messages/en/common.json';
import type drift from '../../messages/en/drift.json';
import type history from '../../messages/en/history.json';
import type log from '../../messages/en/log.json';
import type login from '../../messages/en/login.json';
import type model from '../../messages/en/model.json';
import type models from '../../messages/en/models.json';
import type predict from '../../messages/en/predict.json';
import type shell from '../../messages/en/shell.json';
import type state from '../../messages/en/state.json';
import type traffic from '../../messages/en/traffic.json';
import type { FORMATS } from './formats.ts';
import type { Locale } from './locales.ts';

/** Texts by namespace. */
export interface Messages {
  readonly batch: typeof batch;
  readonly chat: typeof chat;
  readonly common: typeof common;
  readonly drift: typeof drift;
  readonly history: typeof history;
  readonly log: typeof log;
  readonly login: typeof login;
  readonly model: typeof model;
  readonly models: typeof models;
  readonly predict: typeof predict;
  readonly shell: typeof shell;
  readonly state: typeof state;
  readonly traffic: typeof traffic;
}

/** A file of texts. */
export type Namespace = keyof Messages;

const NAMESPACES: readonly Namespace[] = [
  'batch',
  'chat',
  'common',
  'drift',
  'history',
  'log',
  'login',
  'model',
  'models',
  'predict',
  'shell',
  'state',
  'traffic',
];

/** All texts of a language. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  const files = NAMESPACES.map(async (name) => [name, (await import(`../../messages/${locale}/${name}.json`)).default] as const);
  return Object.fromEntries(await Promise.all(files)) as unknown as Messages;
}

declare module 'next-intl' {
  interface AppConfig {
    Formats: typeof FORMATS;
    Locale: Locale;
    Messages: Messages;
  }
}

/** The look of the client: one accent, cool greys, quiet corners. Contrasts hold WCAG AA in both schemes; the browser tests ask axe. */
import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { classColorVariables } from './class-marks.ts';

/** Greys of the dark scheme, text first: a little blue, so that the accent does not glare. */
const SLATE: MantineColorsTuple = [
  '#e4e6ee',
  '#b9bdcc',
  '#9aa0b4',
  '#6c7288',
  '#3d4256',
  '#2e3243',
  '#22252f',
  '#1a1c25',
  '#14161d',
  '#0e0f15',
];

/** Mantine's theme. */
export const theme = createTheme({
  primaryColor: 'violet',
  primaryShade: { light: 8, dark: 8 },
  colors: { dark: SLATE },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace",
  headings: { fontWeight: '650' },
});

/** Variables beyond the theme: what Mantine's own greys are too pale for, and the client's own colours. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#545b6b',
    '--mantine-color-error': 'var(--iris-bad)',
    '--mantine-color-placeholder': '#6b7280',
    '--mantine-color-body': '#ffffff',
    '--iris-page': '#f6f6fa',
    '--iris-card': '#ffffff',
    '--iris-line': '#e3e4ec',
    '--iris-accent-text': 'var(--mantine-color-violet-8)',
    '--iris-accent-soft': '#f0ebfe',
    '--iris-band': '#c3b3f3',
    '--iris-good': '#0b7a4b',
    '--iris-warn': '#9a5b00',
    '--iris-bad': '#b42318',
    '--iris-warn-soft': '#fff6e5',
    '--iris-bad-soft': '#fdeeec',
    ...classColorVariables('light'),
  },
  dark: {
    '--mantine-color-dimmed': '#a3a9bb',
    '--mantine-color-error': 'var(--iris-bad)',
    '--mantine-color-placeholder': '#9aa0b4',
    '--mantine-color-body': '#1a1c25',
    '--iris-page': '#111218',
    '--iris-card': '#1a1c25',
    '--iris-line': '#2e3243',
    '--iris-accent-text': 'var(--mantine-color-violet-3)',
    '--iris-accent-soft': '#2b2445',
    '--iris-band': '#5a4a94',
    '--iris-good': '#4ccb93',
    '--iris-warn': '#f2b155',
    '--iris-bad': '#ff8a80',
    '--iris-warn-soft': '#2e2616',
    '--iris-bad-soft': '#331d1f',
    ...classColorVariables('dark'),
  },
});

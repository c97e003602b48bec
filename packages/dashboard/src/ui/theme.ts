import {
  createTheme,
  v8CssVariablesResolver,
  type CSSVariablesResolver,
  type MantineThemeOverride,
} from '@mantine/core'

export interface ThemeWords {
  readonly close: string
  readonly clear: string
  readonly showPassword: string
}

/** Colours, corners, and the words that components say to screen readers. */
export function createDashboardTheme({ close, clear, showPassword }: ThemeWords): MantineThemeOverride {
  return createTheme({
    primaryColor: 'teal',
    // White words on a button need a dark enough green (WCAG AA).
    primaryShade: 9,
    defaultRadius: 'md',
    cursorType: 'pointer',
    respectReducedMotion: true,
    headings: { fontWeight: '650' },
    components: {
      Modal: {
        defaultProps: { closeButtonProps: { 'aria-label': close }, centered: true, radius: 'lg' },
        styles: { title: { fontWeight: 600 } },
      },
      Drawer: { defaultProps: { closeButtonProps: { 'aria-label': close } } },
      Notification: { defaultProps: { closeButtonProps: { 'aria-label': close } } },
      Pill: { defaultProps: { removeButtonProps: { 'aria-label': clear, tabIndex: 0 } } },
      Select: { defaultProps: { clearButtonProps: { 'aria-label': clear } } },
      PasswordInput: { defaultProps: { visibilityToggleButtonProps: { 'aria-label': showPassword, tabIndex: 0 } } },
      Tooltip: { defaultProps: { openDelay: 300, withArrow: true, events: { hover: true, focus: true, touch: true } } },
      Paper: { defaultProps: { radius: 'lg' } },
      Table: { defaultProps: { verticalSpacing: 'sm' } },
      Badge: { styles: { root: { textTransform: 'none' } } },
      Tabs: { styles: { tabLabel: { flex: 'none' }, tab: { justifyContent: 'center' } } },
      ScrollArea: { defaultProps: { scrollbarSize: 8 } },
    },
  })
}

/** Tints are transparent, so that they are calm on any ground; secondary text keeps a contrast of 4.5 (WCAG AA). */
export const dashboardVariables: CSSVariablesResolver = (theme) => {
  const { variables, light, dark } = v8CssVariablesResolver(theme)
  return {
    variables,
    light: { ...light, '--mantine-color-dimmed': '#626a73' },
    dark: { ...dark, '--mantine-color-dimmed': '#a3a3a3' },
  }
}

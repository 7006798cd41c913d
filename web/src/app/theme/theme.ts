import { createTheme } from '@mantine/core'
import type { OptionsFilter } from '@mantine/core'
import { isFound } from '@deskbell/contract'

/** The colours are variables in palette.css, for both schemes; this theme gives Mantine's components the same look. */
export const theme = createTheme({
  fontFamily:
    "'Inter Variable', system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '3px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'md',
  shadows: {
    xs: '0 1px 2px rgb(15 18 30 / 6%)',
    sm: '0 1px 3px rgb(15 18 30 / 8%)',
    md: '0 4px 16px rgb(15 18 30 / 10%)',
    lg: '0 8px 28px rgb(15 18 30 / 14%)',
    xl: '0 16px 48px rgb(15 18 30 / 18%)',
  },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.4' },
      h2: { fontSize: '16px', lineHeight: '1.4' },
      h3: { fontSize: '14px', lineHeight: '1.4' },
      h4: { fontSize: '14px', lineHeight: '1.4' },
      h5: { fontSize: '13px', lineHeight: '1.4' },
      h6: { fontSize: '12px', lineHeight: '1.4' },
    },
  },
  colors: {
    indigo: [
      '#f0f1fe',
      '#e0e2fc',
      '#c3c7f8',
      '#a1a7f3',
      '#828aed',
      '#656ee6',
      '#4650d8',
      '#3a43bd',
      '#31389c',
      '#282e7d',
    ],
    gray: [
      '#f8f8fa',
      '#f1f1f4',
      '#e7e7ec',
      '#dadae1',
      '#bcbcc8',
      '#9191a1',
      '#6b6b7b',
      '#4d4d5c',
      '#33333f',
      '#1c1c25',
    ],
    dark: [
      '#e6e6ec',
      '#b9b9c6',
      '#9a9aaa',
      '#6d6d7d',
      '#3c3c48',
      '#2e2e38',
      '#24242c',
      '#1a1a20',
      '#141419',
      '#0f0f13',
    ],
  },
  primaryColor: 'indigo',
  primaryShade: { light: 6, dark: 6 },
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 32 } },
    Tooltip: {
      defaultProps: { openDelay: 400, transitionProps: { duration: 120 }, withArrow: false },
    },
    Menu: {
      defaultProps: {
        shadow: 'md',
        transitionProps: { duration: 120 },
        offset: 4,
        // The first item takes the focus, because Mantine's placeholder is not an item of the menu.
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 120 }, offset: 4 } },
    Combobox: { defaultProps: { shadow: 'md', transitionProps: { duration: 120 } } },
    // Around the page nothing scrolls, and a lock makes the browser compute every style anew.
    ModalRoot: { defaultProps: { lockScroll: false } },
    Drawer: { defaultProps: { lockScroll: false } },
    Modal: {
      defaultProps: {
        lockScroll: false,
        centered: true,
        transitionProps: { duration: 150 },
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { 'aria-label': 'Close' },
        // A header outside main has the role banner, and the page has one already.
        attributes: { header: { role: 'presentation' } },
      },
    },
    // What people write is laid out in the direction of its first letter.
    TextInput: { defaultProps: { size: 'sm', dir: 'auto' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm', dir: 'auto' } },
    Select: { defaultProps: { size: 'sm', dir: 'auto', filter: foundOptions } },
    ComboboxSearch: { defaultProps: { dir: 'auto' } },
    Checkbox: { defaultProps: { size: 'xs' } },
  },
})

function foundOptions({ options, search, limit }: Parameters<OptionsFilter>[0]) {
  return options
    .filter((option) => 'group' in option || isFound(option.label, search))
    .slice(0, limit)
}

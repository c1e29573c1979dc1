import { createTheme, type MantineColorsTuple } from '@mantine/core'

/** The accent: fired clay. Shade 7 on white and white on shade 7 both pass 4.5:1. */
const clay: MantineColorsTuple = [
  '#fdf3ec',
  '#f9e2d3',
  '#f3c6a8',
  '#eca77a',
  '#e28a53',
  '#d57038',
  '#bf5a27',
  '#a8481f',
  '#8a3a19',
  '#6d2e15',
]

/** Warm greys. From shade 6 on they are legible as text on the page. */
const gray: MantineColorsTuple = [
  '#faf8f5',
  '#f4f1ec',
  '#eae5de',
  '#ddd6cd',
  '#c6bdb2',
  '#8f857a',
  '#665e55',
  '#514a43',
  '#393430',
  '#24211e',
]

const dark: MantineColorsTuple = [
  '#e6e1da',
  '#cbc4bb',
  '#b3aba1',
  '#8d857c',
  '#4d4741',
  '#3b3631',
  '#2d2925',
  '#211e1b',
  '#191714',
  '#12100e',
]

const green: MantineColorsTuple = [
  '#eef6f0',
  '#d8eadd',
  '#b3d6bd',
  '#8bc19a',
  '#66ab7a',
  '#479360',
  '#357b4d',
  '#29663e',
  '#1f5131',
  '#173f26',
]

/** Warm yellows. Shade 7 is legible on the lightest ones. */
const yellow: MantineColorsTuple = [
  '#fdf6e3',
  '#faeac4',
  '#f4d68a',
  '#eec152',
  '#e0a526',
  '#c4860c',
  '#a06a00',
  '#7a4b00',
  '#613b00',
  '#472b00',
]

/** The header of a dialog is none of the page: only one banner is wanted. */
const dialogAttributes = { header: { role: 'presentation' } }

/** White on shade 7, and shade 7 on white, both pass 4.5:1. */
const red: MantineColorsTuple = [
  '#fff1ef',
  '#ffdcd8',
  '#ffb8b0',
  '#ff9d92',
  '#f06a5d',
  '#dd4a3d',
  '#c5362a',
  '#b02a20',
  '#a3241d',
  '#7c1a15',
]

const fonts = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif'

export const theme = createTheme({
  primaryColor: 'clay',
  primaryShade: { light: 7, dark: 7 },
  colors: { clay, gray, dark, green, yellow, red },
  fontFamily: fonts,
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontFamily: fonts,
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.15rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  radius: { xs: '4px', sm: '6px', md: '10px', lg: '14px', xl: '22px' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  autoContrast: false,
  components: {
    Button: { defaultProps: { fw: 550 } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', attributes: dialogAttributes },
      styles: { title: { fontWeight: 650 } },
    },
    Drawer: {
      defaultProps: { position: 'right', attributes: dialogAttributes },
      styles: { title: { fontSize: '1.15rem', fontWeight: 650 } },
    },
    Loader: { defaultProps: { type: 'dots' } },
    Tooltip: {
      defaultProps: { withArrow: true, openDelay: 300, events: { hover: true, focus: true, touch: false } },
    },
  },
})

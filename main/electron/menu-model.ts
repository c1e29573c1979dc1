import { exportedLists, exportPart } from '../../preload/contract/screens.ts'
import { type ShellLanguage, say, type TextKey } from './texts.ts'

export type MenuAction =
  | 'import'
  | 'export'
  | 'settings'
  | 'documentation'
  | 'copy_diagnostics'
  | 'open_logs'
  | 'about'

/** What Electron does by itself. */
export type MenuRole =
  | 'undo'
  | 'redo'
  | 'cut'
  | 'copy'
  | 'paste'
  | 'selectAll'
  | 'reload'
  | 'zoomIn'
  | 'zoomOut'
  | 'resetZoom'
  | 'togglefullscreen'
  | 'minimize'
  | 'zoom'
  | 'front'
  | 'close'
  | 'quit'
  | 'services'
  | 'hide'
  | 'hideOthers'
  | 'unhide'

export type MenuEntry =
  | { kind: 'line' }
  | { kind: 'role'; label: string; role: MenuRole }
  | { kind: 'action'; label: string; action: MenuAction; accelerator?: string; enabled: boolean }

export interface MenuColumn {
  label: string
  /** macOS and accessibility know these columns by what they are. */
  role?: 'appMenu' | 'windowMenu' | 'help'
  entries: MenuEntry[]
}

const line: MenuEntry = { kind: 'line' }

/** The app's menus. On macOS the first one is the app's own and holds settings and quit. */
export function menuModel(options: {
  language: ShellLanguage
  platform: NodeJS.Platform
  /** There is a shop whose catalog can be imported or exported. */
  hasShop: boolean
}): MenuColumn[] {
  const { language, platform, hasShop } = options
  const text = (key: TextKey) => say(language, key)
  const role = (key: TextKey, does: MenuRole): MenuEntry => ({ kind: 'role', label: text(key), role: does })
  const action = (
    key: TextKey,
    does: MenuAction,
    more: { accelerator?: string; needsShop?: boolean } = {},
  ) => ({
    kind: 'action' as const,
    label: text(key),
    action: does,
    ...(more.accelerator === undefined ? {} : { accelerator: more.accelerator }),
    enabled: more.needsShop !== true || hasShop,
  })
  const mac = platform === 'darwin'
  const settings = action('menu.settings', 'settings', { accelerator: 'CmdOrCtrl+,', needsShop: true })
  const about = action('menu.about', 'about')
  const quit = role('menu.quit', 'quit')
  const ownMenu: MenuColumn = {
    label: 'Mostrador',
    role: 'appMenu',
    entries: [
      about,
      line,
      settings,
      line,
      role('menu.services', 'services'),
      line,
      role('menu.hide', 'hide'),
      role('menu.hide_others', 'hideOthers'),
      role('menu.show_all', 'unhide'),
      line,
      quit,
    ],
  }
  return [
    ...(mac ? [ownMenu] : []),
    {
      label: text('menu.file'),
      entries: [
        action('menu.import', 'import', { accelerator: 'CmdOrCtrl+I', needsShop: true }),
        action('menu.export', 'export', { accelerator: 'CmdOrCtrl+E', needsShop: true }),
        line,
        ...(mac ? [] : [settings, line]),
        role('menu.close', 'close'),
        ...(mac ? [] : [quit]),
      ],
    },
    {
      label: text('menu.edit'),
      entries: [
        role('menu.undo', 'undo'),
        role('menu.redo', 'redo'),
        line,
        role('menu.cut', 'cut'),
        role('menu.copy', 'copy'),
        role('menu.paste', 'paste'),
        role('menu.select_all', 'selectAll'),
      ],
    },
    {
      label: text('menu.view'),
      entries: [
        role('menu.reload', 'reload'),
        line,
        role('menu.zoom_reset', 'resetZoom'),
        role('menu.zoom_in', 'zoomIn'),
        role('menu.zoom_out', 'zoomOut'),
        line,
        role('menu.full_screen', 'togglefullscreen'),
      ],
    },
    {
      label: text('menu.window'),
      role: 'windowMenu',
      entries: [
        role('menu.minimize', 'minimize'),
        ...(mac ? [role('menu.zoom', 'zoom'), line, role('menu.front', 'front')] : []),
      ],
    },
    {
      label: text('menu.help'),
      role: 'help',
      entries: [
        action('menu.documentation', 'documentation', { accelerator: 'F1' }),
        line,
        action('menu.copy_diagnostics', 'copy_diagnostics'),
        action('menu.open_logs', 'open_logs'),
        ...(mac ? [] : [line, about]),
      ],
    },
  ]
}

/** The shop that a menu means: the one on the screen, else the first one. */
export function shopShown(address: string, slugs: readonly string[]): string | null {
  const [, shown] = /#\/([a-z0-9-]+)(?:\/|$)/.exec(address) ?? []
  return slugs.find((slug) => slug === shown) ?? slugs[0] ?? null
}

/**
 * Where an entry leads in the desk; null for those that do something else. To export is offered beside the list that is
 * on the screen, else beside the products; what is taken out is chosen there.
 */
export function placeOfAction(action: MenuAction, shop: string | null, address: string): string | null {
  if (shop === null) return null
  const [, screen] = /#\/[a-z0-9-]+\/([a-z]+)/.exec(address) ?? []
  if (action === 'import') return `/${shop}/products/import`
  if (action === 'export')
    return `/${shop}/${exportedLists.find((list) => list === screen) ?? 'products'}/${exportPart}`
  return action === 'settings' ? `/${shop}/settings` : null
}

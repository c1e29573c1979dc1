import { Menu } from 'electron'
import type { MenuAction, MenuColumn, MenuEntry } from './menu-model.ts'

/** Puts the app's menus in place; on Windows and Linux they belong to each window made from now on, and to those there are. */
export function showMenus(columns: readonly MenuColumn[], act: (action: MenuAction) => void): void {
  const item = (entry: MenuEntry): Electron.MenuItemConstructorOptions => {
    if (entry.kind === 'line') return { type: 'separator' }
    if (entry.kind === 'role') return { label: entry.label, role: entry.role }
    const { label, action, accelerator, enabled } = entry
    return {
      id: action,
      label,
      enabled,
      ...(accelerator === undefined ? {} : { accelerator }),
      click: () => act(action),
    }
  }
  const template = columns.map(({ label, role, entries }) => ({
    label,
    ...(role === undefined ? {} : { role }),
    submenu: entries.map(item),
  }))
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}

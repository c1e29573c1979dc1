import { describe, expect, it } from 'vitest'
import { placeNamed } from '../../renderer/src/app/routes.ts'
import { type MenuEntry, menuModel, placeOfAction, shopShown } from './menu-model.ts'

const platforms = ['win32', 'linux', 'darwin'] as const
const named = (entries: readonly MenuEntry[]) =>
  entries.flatMap((entry) => (entry.kind === 'line' ? [] : [entry.label]))

describe('the menus', () => {
  it('are whole in both languages on every system', () => {
    for (const platform of platforms) {
      const [es, en] = (['es', 'en'] as const).map((language) =>
        menuModel({ language, platform, hasShop: true }),
      )
      expect(es?.map(({ entries }) => entries.length)).toEqual(en?.map(({ entries }) => entries.length))
      for (const column of [...(es ?? []), ...(en ?? [])])
        for (const label of [column.label, ...named(column.entries)]) expect(label).not.toBe('')
    }
  })

  it('follow what each system is used to', () => {
    const mac = menuModel({ language: 'en', platform: 'darwin', hasShop: true })
    expect(mac.map(({ label }) => label)).toEqual(['Mostrador', 'File', 'Edit', 'View', 'Window', 'Help'])
    expect(named(mac[0]?.entries ?? [])).toContain('Settings…')
    expect(named(mac[1]?.entries ?? [])).not.toContain('Quit Mostrador')
    const windows = menuModel({ language: 'es', platform: 'win32', hasShop: true })
    expect(windows.map(({ label }) => label)).toEqual(['Archivo', 'Edición', 'Ver', 'Ventana', 'Ayuda'])
    expect(named(windows[0]?.entries ?? [])).toEqual([
      'Importar catálogo…',
      'Exportar…',
      'Ajustes…',
      'Cerrar la ventana',
      'Salir de Mostrador',
    ])
  })

  it('use each key once', () => {
    for (const platform of platforms) {
      const keys = menuModel({ language: 'es', platform, hasShop: true })
        .flatMap(({ entries }) => entries)
        .flatMap((entry) => (entry.kind === 'action' && entry.accelerator ? [entry.accelerator] : []))
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  it('offer nothing of a shop where there is none', () => {
    const entries = menuModel({ language: 'es', platform: 'linux', hasShop: false }).flatMap(
      (column) => column.entries,
    )
    const off = entries.filter((entry) => entry.kind === 'action' && !entry.enabled)
    expect(off).toMatchObject([{ action: 'import' }, { action: 'export' }, { action: 'settings' }])
    expect(placeOfAction('import', null, '')).toBeNull()
  })

  it('mean the shop on the screen', () => {
    expect(shopShown('app://desk/index.html#/otra/orders', ['la-espiga', 'otra'])).toBe('otra')
    expect(shopShown('app://desk/index.html#/welcome', ['la-espiga'])).toBe('la-espiga')
    expect(shopShown('', [])).toBeNull()
    expect(placeOfAction('import', 'otra', '')).toBe('/otra/products/import')
    expect(placeOfAction('about', 'otra', '')).toBeNull()
  })
  it('export what is on the screen, else products', () => {
    const at = (path: string) => placeOfAction('export', 'otra', `app://desk/index.html#${path}`)
    expect(at('/otra/orders/0197-ab')).toBe('/otra/orders/export')
    expect(at('/otra/customers')).toBe('/otra/customers/export')
    expect(at('/otra/settings')).toBe('/otra/products/export')
    expect(at('/welcome')).toBe('/otra/products/export')
    for (const path of ['/otra/orders', '/otra']) expect(placeNamed(at(path) ?? '')).toBe(at(path))
  })
})

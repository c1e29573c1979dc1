import { describe, expect, it } from 'vitest'
import type { ShopSummary } from './shops-watch.ts'
import { menuName, type TrayItem, trayModel } from './tray-model.ts'

const shop: ShopSummary = {
  slug: 'la-espiga',
  name: 'La Espiga',
  paused: false,
  channels: [
    { kind: 'telegram', name: 'espiga_bot', state: 'ready' },
    { kind: 'whatsapp', name: '', state: 'connecting' },
  ],
  waiting: 0,
}
const labels = (items: readonly TrayItem[]) => items.map((item) => (item.kind === 'line' ? '-' : item.label))

describe('the tray', () => {
  it('shows channels, and what can be done', () => {
    const { icon, items, tooltip } = trayModel([shop], 'es')
    expect(icon).toBe('tray')
    expect(labels(items)).toEqual([
      'Abrir Mostrador',
      '-',
      'Telegram espiga_bot: conectado',
      'WhatsApp: conectando…',
      '-',
      'Pausar el asistente',
      'Salir de Mostrador',
    ])
    expect(tooltip).toBe('Mostrador\nTelegram espiga_bot: conectado\nWhatsApp: conectando…')
  })

  it('names shops where there are several, and who waits in which', () => {
    const other = { ...shop, slug: 'otra', name: 'Flores & Co', channels: [], waiting: 3 }
    const { icon, items } = trayModel([{ ...shop, waiting: 1 }, other], 'en')
    expect(icon).toBe('tray-attention')
    expect(items).toContainEqual({
      kind: 'item',
      label: 'Flores && Co: 3 conversations wait for you',
      action: { do: 'go', path: '/otra/conversations' },
    })
    expect(labels(items)).toContain('La Espiga: 1 conversation waits for you')
    expect(labels(items)).toContain('La Espiga · Telegram espiga_bot: connected')
  })

  it('offers to go on where everything is paused, and not where one shop is', () => {
    const paused = { ...shop, paused: true }
    expect(trayModel([paused], 'es')).toMatchObject({ icon: 'tray-paused' })
    expect(labels(trayModel([paused], 'es').items)).toContain('Reanudar el asistente')
    expect(labels(trayModel([paused, shop], 'es').items)).toContain('Pausar el asistente')
  })

  it('asks for attention where a channel is refused', () => {
    const refused = { ...shop, channels: [{ kind: 'telegram', name: 'b', state: 'refused' }] } as const
    expect(trayModel([{ ...refused, channels: [...refused.channels] }], 'es').icon).toBe('tray-attention')
  })

  it('can be left before there is a shop', () => {
    expect(labels(trayModel([], 'en').items)).toEqual([
      'Open Mostrador',
      '-',
      'No channels connected',
      '-',
      'Quit Mostrador',
    ])
  })

  it('keeps names short and harmless', () => {
    expect(menuName('a\u202eb\u0007c & d')).toBe('a b c && d')
    expect(menuName('x'.repeat(100))).toHaveLength(40)
    const many = { ...shop, channels: Array(30).fill(shop.channels[0]) }
    expect(trayModel([many], 'es').tooltip.length).toBeLessThan(128)
  })
})

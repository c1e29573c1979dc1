import type { ShopSummary } from './shops-watch.ts'
import { type ShellLanguage, say, sayCount } from './texts.ts'

export type TrayAction = { do: 'open' | 'pause' | 'resume' | 'quit' } | { do: 'go'; path: string }

export type TrayItem = { kind: 'line' } | { kind: 'item'; label: string; action: TrayAction | null }

export interface TrayModel {
  icon: 'tray' | 'tray-paused' | 'tray-attention'
  tooltip: string
  items: TrayItem[]
}

/** Longer names are cut; a menu is as wide as its longest line. */
const longestName = 40
/** Windows cuts a tooltip here. */
const longestTooltip = 127

/** What the tray shows. Shops are named where there are several. */
export function trayModel(shops: readonly ShopSummary[], language: ShellLanguage): TrayModel {
  const paused = shops.length > 0 && shops.every((shop) => shop.paused)
  const waiting = shops.reduce((sum, shop) => sum + shop.waiting, 0)
  const channels = shops.flatMap((shop) => shop.channels)
  const troubled = channels.some(({ state }) => state === 'refused' || state === 'pairing')
  const states = shops.flatMap((shop) => channelLines(shop, shops.length > 1, language))
  const none: TrayItem = { kind: 'item', label: say(language, 'tray.no_channels'), action: null }
  return {
    icon: waiting > 0 || troubled ? 'tray-attention' : paused ? 'tray-paused' : 'tray',
    tooltip: tooltip(paused, waiting, states, language),
    items: [
      { kind: 'item', label: say(language, 'tray.open'), action: { do: 'open' } },
      ...shops
        .filter((shop) => shop.waiting > 0)
        .map((shop) => waitingLine(shop, shops.length > 1, language)),
      { kind: 'line' },
      ...(channels.length === 0 ? [none] : states),
      { kind: 'line' },
      ...(shops.length === 0 ? [] : [pauseLine(paused, language)]),
      { kind: 'item', label: say(language, 'tray.quit'), action: { do: 'quit' } },
    ],
  }
}

function pauseLine(paused: boolean, language: ShellLanguage): TrayItem {
  return {
    kind: 'item',
    label: say(language, paused ? 'tray.resume' : 'tray.pause'),
    action: { do: paused ? 'resume' : 'pause' },
  }
}

function waitingLine(shop: ShopSummary, named: boolean, language: ShellLanguage): TrayItem {
  const label = sayCount(language, 'tray.waiting', shop.waiting)
  return {
    kind: 'item',
    label: named ? `${menuName(shop.name)}: ${label}` : label,
    action: { do: 'go', path: `/${shop.slug}/conversations` },
  }
}

function channelLines(shop: ShopSummary, named: boolean, language: ShellLanguage): TrayItem[] {
  return shop.channels.map(({ kind, name, state }) => {
    const kindName = kind === 'whatsapp' || kind === 'telegram' ? say(language, `channel.${kind}`) : name
    const shown = name === '' || kind === 'testchat' ? kindName : `${kindName} ${menuName(name)}`
    const label = `${shown}: ${say(language, `state.${state}`)}`
    return {
      kind: 'item',
      label: named ? `${menuName(shop.name)} · ${label}` : label,
      action: { do: 'go', path: `/${shop.slug}/channels` },
    }
  })
}

function tooltip(
  paused: boolean,
  waiting: number,
  states: readonly TrayItem[],
  language: ShellLanguage,
): string {
  const lines = [
    'Mostrador',
    ...(paused ? [say(language, 'tray.paused')] : []),
    ...(waiting > 0 ? [sayCount(language, 'tray.waiting', waiting)] : []),
    ...states.flatMap((item) => (item.kind === 'item' ? [item.label.replaceAll('&&', '&')] : [])),
  ]
  let text = ''
  for (const line of lines) {
    const next = text === '' ? line : `${text}\n${line}`
    if (next.length > longestTooltip) break
    text = next
  }
  return text
}

/** A name as a menu shows it: on Windows and Linux one `&` underlines the next letter. */
export function menuName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
  const clean = name.replace(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, ' ').trim()
  return (clean.length > longestName ? `${clean.slice(0, longestName - 1)}…` : clean).replaceAll('&', '&&')
}

/**
 * One scripted conversation: a text file of its own. `shop:` and `about:` first; then turns. Lines with `>` are what the
 * customer writes (several in a row are a burst, answered in one turn); the lines under them are what must hold then:
 *
 * - `tools: a, b` / `no-tools: a` – called, or not, in this turn
 * - `cart: SKU×2, OTHER×1` (the whole cart), `no-cart` (empty), `cart-pieces: 3`, `total: 2580` (minor units)
 * - `says: regex` / `never: regex` – in the reply, case aside
 * - `language: es`, `mode: bot|person`
 */
export interface ScriptTurn {
  says: string[]
  expectations: { name: string; value: string }[]
}

export interface Script {
  shop: string
  about: string
  turns: ScriptTurn[]
}

export function parseScript(text: string): Script {
  const script: Script = { shop: '', about: '', turns: [] }
  let open = false
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    if (line.startsWith('>')) {
      const said = line.slice(1).trim()
      if (open) script.turns.at(-1)?.says.push(said)
      else script.turns.push({ says: [said], expectations: [] })
      open = true
      continue
    }
    const [, name = '', value = ''] = /^([a-z-]+):?\s*(.*)$/.exec(line) ?? []
    open = false
    if (script.turns.length === 0) {
      if (name === 'shop') script.shop = value
      else if (name === 'about') script.about = value
      else throw new Error(`unknown line before the first turn: ${line}`)
    } else script.turns.at(-1)?.expectations.push({ name, value })
  }
  if (script.shop === '' || script.turns.length === 0) throw new Error('a script needs a shop and a turn')
  return script
}

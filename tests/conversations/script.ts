/**
 * One scripted conversation: a text file of its own. `shop:` and `about:` first; then turns. Lines with `>` are what the
 * customer writes (several in a row are a burst, answered in one turn); the lines under them are what must hold then:
 *
 * - `tools: a, b` / `no-tools: a` – called, or not, in this turn
 * - `cart: SKU×2, OTHER×1` (the whole cart), `no-cart` (empty), `cart-pieces: 3`, `total: 2580` (minor units)
 * - `says: regex` / `never: regex` – in the reply, case aside
 * - `language: es`, `mode: bot|person`
 * - `order: SKU×2, …` (lines of the conversation's newest order), `no-order`, `order-count: 2`, `order-state: pending`,
 *   `order-total: 2580`, `order-delivery: 395` (minor units)
 * - `told: regex` / `not-told` – in what the app wrote by itself before this turn
 *
 * Lines with `!` are what the owner does, or what happens, before the customer writes on (see `owner.ts`): `! price SKU
 * 1990`, `! stock SKU 0`, `! sold SKU 1` (over the counter), `! remove SKU`, `! discount CODE percent 10 [min 3000]
 * [until 2020-01-31]` (or `amount 500`), `! settings {json}`, `! process`, `! ship`, `! cancel`, `! pay` (the newest
 * order), `! hand-back`, `! take`, `! restart`, `! hours-pass 72`, `! card-answer TEXT`, `! card-dismiss` (the newest open card),
 * `! card-keep knowledge` or `! card-keep product 2500 NAME` (the newest answered one). `! as NAME` lets another customer
 * write from there on. A script with such a line has a shop of its own.
 */
export interface ScriptTurn {
  /** `!` lines that come before it. */
  before: string[]
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
  let before: string[] = []
  for (const line of text.split('\n')) {
    if (line.trim() === '' || line.startsWith('#')) continue
    if (line.startsWith('!')) {
      before.push(line.slice(1).trim())
      open = false
      continue
    }
    if (line.startsWith('>')) {
      const said = line.slice(1).trim()
      if (open) script.turns.at(-1)?.says.push(said)
      else script.turns.push({ before, says: [said], expectations: [] })
      before = []
      open = true
      continue
    }
    const [, name = '', value = ''] = /^([a-z-]+):?\s*(.*)$/.exec(line) ?? []
    open = false
    if (script.turns.length === 0 && before.length === 0) {
      if (name === 'shop') script.shop = value
      else if (name === 'about') script.about = value
      else throw new Error(`unknown line before the first turn: ${line}`)
    } else script.turns.at(-1)?.expectations.push({ name, value })
  }
  if (script.shop === '' || script.turns.length === 0) throw new Error('a script needs a shop and a turn')
  return script
}

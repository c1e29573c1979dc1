import type { QuickReply } from '../../../../preload/contract/index.ts'

/** What was typed behind a "/" at the very start of a message; null when quick replies are not asked for. */
export function slashQuery(text: string): string | null {
  const match = /^\/([^\n]{0,60})$/u.exec(text)
  return match === null ? null : (match[1] ?? '')
}

function plain(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
}

/** Those whose title begins with what is looked for come first, then those that have it anywhere. */
export function matching(replies: readonly QuickReply[], query: string): QuickReply[] {
  const wanted = plain(query.trim())
  if (wanted === '') return [...replies]
  const rank = (reply: QuickReply): number => {
    const title = plain(reply.title)
    if (title.startsWith(wanted)) return 0
    if (title.includes(wanted)) return 1
    return plain(reply.text).includes(wanted) ? 2 : 3
  }
  return replies
    .map((reply) => ({ reply, rank: rank(reply) }))
    .filter((each) => each.rank < 3)
    .sort((one, other) => one.rank - other.rank)
    .map(({ reply }) => reply)
}

/** The customer's first name, as one speaks to somebody; empty where there is none but a number. */
export function firstName(name: string): string {
  const first = name.trim().split(/\s+/u)[0] ?? ''
  return /\p{L}/u.test(first) ? first : ''
}

/** Fills `{nombre}`, `{name}`, `{tienda}` and `{shop}` in. Without a name no gap is left: `Hola {nombre}, sí` is `Hola, sí`. */
export function filled(text: string, values: { customer: string; shop: string }): string {
  const name = firstName(values.customer)
  return text
    .replace(/\{(?:tienda|shop)\}/giu, () => values.shop)
    .replace(/([ \t]*)\{(?:nombre|name)\}/giu, (_whole, gap: string) => (name === '' ? '' : `${gap}${name}`))
    .replace(/^[ \t]*[,;][ \t]*/u, name === '' ? '' : '$&')
}

/** Puts a text in place of what is selected, with a space where words would run together. */
export function insertedAt(
  text: string,
  insertion: string,
  start: number,
  end: number,
): { text: string; caret: number } {
  const before = text.slice(0, start)
  const after = text.slice(end)
  const gapBefore = before === '' || /\s$/u.test(before) ? '' : ' '
  const gapAfter = after === '' || /^[\s.,;:!?]/u.test(after) ? '' : ' '
  const head = `${before}${gapBefore}${insertion}`
  return { text: `${head}${gapAfter}${after}`, caret: head.length }
}

/** Moves one up or down; null when it stands at that end. */
export function moved(ids: readonly string[], id: string, by: -1 | 1): string[] | null {
  const from = ids.indexOf(id)
  const to = from + by
  if (from === -1 || to < 0 || to >= ids.length) return null
  const next = ids.filter((each) => each !== id)
  next.splice(to, 0, id)
  return next
}

/** What every messenger takes at once: Telegram refuses more characters. */
export const messageLength = 4_096

/** Splits a text into parts that a channel takes, at paragraphs, lines, sentences or words, in that order of preference. */
export function splitText(text: string, limit: number): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (rest.length > limit) {
    const at = breakPoint(rest, limit)
    parts.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  if (rest !== '') parts.push(rest)
  return parts
}

function breakPoint(text: string, limit: number): number {
  const head = text.slice(0, limit)
  for (const mark of ['\n\n', '\n', '. ', ' ']) {
    const at = head.lastIndexOf(mark)
    if (at > limit / 3) return at + mark.length
  }
  // No break in sight: never cut a surrogate pair in two.
  const last = head.charCodeAt(limit - 1)
  return last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit
}

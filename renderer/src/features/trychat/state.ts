/** The next free name of the series "Ana", "Ana 2", "Ana 3": each name is a customer and a conversation of its own. */
export function nextName(name: string): string {
  const match = /^(.*\S)\s+(\d+)$/.exec(name.trim())
  if (match === null) return `${name.trim()} 2`
  return `${match[1] ?? ''} ${Number(match[2]) + 1}`
}

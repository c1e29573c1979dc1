/** Markdown as plain chat text: messengers show its signs as they are. Links stay, tables become lines. */
export function withoutMarkdown(text: string): string {
  const lines = text.split('\n').filter((line) => !/^\s*(?:```|~~~)/.test(line))
  return withoutTables(lines)
    .map(plainLine)
    .filter((line): line is string => line !== null)
    .join('\n')
}

const tableLine = /^\s*\|.*\|\s*$/
const tableRule = /^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$/

/** Rows become "• first: second, third". The head of a table says what rows say themselves. */
function withoutTables(lines: readonly string[]): string[] {
  return lines.flatMap((line, index) => {
    if (tableRule.test(line) && line.includes('|')) return []
    if (!tableLine.test(line)) return [line]
    if (tableRule.test(lines[index + 1] ?? '') && (lines[index + 1] ?? '').includes('|')) return []
    const cells = line
      .trim()
      .slice(1, -1)
      .split('|')
      .map((cell) => cell.trim())
      .filter((cell) => cell !== '')
    const [first, ...others] = cells
    if (first === undefined) return []
    return [others.length === 0 ? `• ${first}` : `• ${first}: ${others.join(', ')}`]
  })
}

/** Null for a line that is only decoration. */
function plainLine(line: string): string | null {
  if (/^\s*(?:-{3,}|\*{3,}|_{3,}|={3,})\s*$/.test(line)) return null
  return line
    .replace(/^\s{0,3}#{1,6}\s+(.*?)\s*#*\s*$/, '$1')
    .replace(/^\s*>+\s?/, '')
    .replace(/^(\s*)[-*+–—·▪◦‣]\s+/, '• ')
    .replace(/^\s+•/, '•')
    .replace(/^•\s*\[[ xX]\]\s+/, '• ')
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/?[a-z][a-z0-9]*(?:\s[^<>\n]{0,120})?\/?>/gi, '')
    .replace(/&nbsp;/g, ' ')
    .replace(/!\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replace(/\[([^\]\n]+)\]\((\S+?)(?:\s+"[^"\n]*")?\)/g, (_whole, label: string, url: string) =>
      label === url || url.includes(label) ? url : `${label}: ${url}`,
    )
    .replace(/\*\*\*(\S(?:[^*\n]*\S)?)\*\*\*/g, '$1')
    .replace(/\*\*(\S(?:[^*\n]*\S)?)\*\*/g, '$1')
    .replace(/(^|[^\w])__(\S(?:[^_\n]*\S)?)__(?!\w)/g, '$1$2')
    .replace(/(^|[\s(¡¿"'“«])\*(\S(?:[^*\n]*\S)?)\*(?=$|[\s.,;:!?)"'”»])/g, '$1$2')
    .replace(/(^|[\s(¡¿"'“«])_(\S(?:[^_\n]*\S)?)_(?=$|[\s.,;:!?)"'”»])/g, '$1$2')
    .replace(/~~(\S(?:[^~\n]*\S)?)~~/g, '$1')
    .replace(/`+([^`\n]*)`+/g, '$1')
    .replace(/\*\*/g, '')
}

import type { Kind } from './placeholders.ts'

/** A piece of a text that stays on this computer. */
export interface Span {
  from: number
  to: number
  kind: Kind
}

/** All matches of a pattern as spans; of a group where it has one of that name. */
export function spansOf(
  text: string,
  pattern: RegExp,
  kind: Kind,
  isOne: (match: string, at: number, end: number) => boolean = () => true,
): Span[] {
  const spans: Span[] = []
  for (const match of text.matchAll(pattern)) {
    const whole = match[0]
    const value = match.groups?.value ?? whole
    const from = match.index + whole.lastIndexOf(value)
    if (value !== '' && isOne(value, from, from + value.length))
      spans.push({ from, to: from + value.length, kind })
  }
  return spans
}

/** Spans that touch become one, of the longest one's kind: nothing that was found stays outside. */
export function joined(spans: readonly Span[]): Span[] {
  const result: (Span & { longest: number })[] = []
  for (const span of [...spans].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = result.at(-1)
    const length = span.to - span.from
    if (last === undefined || span.from >= last.to) result.push({ ...span, longest: length })
    else {
      if (length > last.longest) {
        last.kind = span.kind
        last.longest = length
      }
      last.to = Math.max(last.to, span.to)
    }
  }
  return result.map(({ longest, ...span }) => span)
}

/** Spans that have nothing to do with any of the others. */
export function outside(spans: readonly Span[], others: readonly { from: number; to: number }[]): Span[] {
  return spans.filter((span) => others.every((other) => span.to <= other.from || span.from >= other.to))
}

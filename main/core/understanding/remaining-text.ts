/**
 * A text from which readers take what they understood. What was taken leaves a mark behind, so that its neighbours do
 * not grow together, and the rest can still be read for other wishes.
 */
export const taken = '\u241f'

/** What is left around things that were taken: "mi … es …", "y … por favor". */
const framing =
  /^[\s.,;:]*(?:(?:a|al|en|de|con|por|para|y|e|mi|mis|el|la|lo|es|son|que|me|te|se|su|sus|puedo|podria|podr[ií]a|puede|ser|ser[ií]a|pues|mejor|vivo|estoy|me gustar[ií]a|quer[ií]a|prefiero|favor|porfa|gracias|to|in|at|my|is|the|and|it|please|with|by|on|i|can|could|would|like|i['’]?d|i['’]?ll|thanks|number|n[uú]mero|vale que|datos|estos son|here|are|details)[\s.,;:!]*)*$/iu

export class RemainingText {
  text: string

  constructor(text: string) {
    this.text = text
  }

  /** Takes the first match out and gives it; null when there is none. */
  take(pattern: RegExp): RegExpExecArray | null {
    const match = new RegExp(pattern.source, pattern.flags.replace('g', '')).exec(this.text)
    if (match === null) return null
    this.cut(match.index, match.index + match[0].length)
    return match
  }

  cut(from: number, to: number): void {
    this.text = `${this.text.slice(0, from)} ${taken} ${this.text.slice(to)}`
  }

  /** Pieces between commas, line ends and what was taken, with where they stand. */
  chunks(): { text: string; from: number; to: number }[] {
    const chunks: { text: string; from: number; to: number }[] = []
    for (const match of this.text.matchAll(/[^,;\n\u241f]+/g)) {
      const lead = /^[\s.:!-]*/.exec(match[0])?.[0].length ?? 0
      const text = match[0].slice(lead).trim()
      if (/[\p{L}\p{N}]/u.test(text))
        chunks.push({ text, from: match.index + lead, to: match.index + lead + text.length })
    }
    return chunks
  }

  /** What nobody took, as a sentence again; '' when no word of it is left. */
  rest(): string {
    const lines = this.text
      .split('\n')
      .map((line) =>
        line
          .split(taken)
          .filter((piece) => !framing.test(piece.trim()))
          .join(', ')
          .replace(/\s*,(?:\s*[,.:;])*\s*/g, ', ')
          .replace(/^[\s,.:;-]+|[\s,:;-]+$/g, '')
          .trim(),
      )
      .filter((line) => /[\p{L}\p{N}?👍👌]/u.test(line))
    return lines.join('\n')
  }
}

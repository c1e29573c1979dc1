import type { Fact } from './facts.ts'
import type { Ledger } from './gate-ledger.ts'
import { canonical, contentStems, plain, sentencesOf } from './gate-text.ts'

/** How the shop's own texts come into the ledger: line by line, under the question that they answer. */

/** The text of a zone begins with its name; its places follow line by line. */
export function noteAreas(ledger: Ledger, facts: readonly Fact[]): void {
  const zones = new Set(ledger.fees.map(({ zone }) => zone))
  for (const fact of facts) {
    if (fact.kind !== 'shop_text' || fact.topic !== 'delivery') continue
    const [zone = '', ...lines] = fact.text.split('\n').map((line) => canonical(line).trim())
    if (zone === '' || !zones.has(zone)) continue
    for (const area of lines)
      if (/^[a-z][a-z .'-]{2,}$/.test(area) && !/\b(?:dia|day|hora|hour|same|mismo)s?\b/.test(area))
        ledger.areas.set(area, zone)
    // "La Roma" is of "Roma y Condesa".
    for (const part of zone.split(/\s(?:y|and|e)\s|,\s/)) if (part.length > 3) ledger.areas.set(part, zone)
  }
}

export function noteText(ledger: Ledger, topic: string, text: string): void {
  if (topic === 'card') {
    noteAnswer(ledger, text)
    return
  }
  const [head = '', ...rest] = plain(text).split('\n')
  // The question of an entry says what its answer is about.
  const subject = /\?\s*$/.test(head) ? contentStems(canonical(head)) : new Set<string>()
  const body = subject.size > 0 ? rest : [head, ...rest]
  for (const line of body.flatMap((item) => item.split(/(?<=[.!?;])\s+(?=\P{Ll})/u))) {
    const folded = canonical(line)
    if (folded.trim() !== '')
      ledger.lines.push({
        topic,
        text: folded,
        head: subject.size > 0 ? canonical(head) : '',
        stems: new Set([...contentStems(folded), ...subject]),
      })
  }
}

/** The owner's answer to a card, sentence by sentence. Its first line is a customer's question: only what it is about counts. */
function noteAnswer(ledger: Ledger, text: string): void {
  const [head = '', ...rest] = text.split('\n')
  const subject = contentStems(canonical(head))
  for (const sentence of sentencesOf(rest.join('\n')))
    ledger.lines.push({
      topic: 'card',
      text: sentence.text,
      head: '',
      stems: new Set([...contentStems(sentence.text), ...subject]),
    })
}

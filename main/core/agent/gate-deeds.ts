/** What a sentence says that the shop did, does now or will do, in the first person: found by the form of its verbs. */
export interface Deed {
  /** The verb, folded. */
  verb: string
  tense: 'done' | 'state' | 'now' | 'will'
  text: string
  start: number
  end: number
}

const clitics = '(?:(?:te|le|les|os|se|me|nos|lo|la|los|las)\\s)'
const soon = '(?:ya |ahora |ahora mismo |tambien |solo |justo |todo )*'
const lately =
  '(?:just |already |now |also |then |gone ahead and |went ahead and |successfully |happily |gladly |only |actually )*'
const people =
  '(?:duen[oa]s?|encargad[oa]s?|jef[ea]s?|responsables?|equipo|companer[oa]s?|taller|tienda|gerente)'
const persons = '(?:owners?|manager|team|boss|workshop|colleagues?|staff|supervisor)'

const forms: { form: RegExp; tense: Deed['tense'] }[] = [
  // He añadido, hemos avisado; el dueño ha dicho que sí.
  {
    form: new RegExp(
      String.raw`\b(?:he|hemos)\s${soon}([a-z]{2,}(?:[ai]d|t|ch|st|rt)[oa]s?)\b|\b${people}\s(?:\w+\s)?(?:ya\s)?(?:ha|han)\s([a-z]{2,}(?:[ai]d|t|ch|st|rt)o)\b`,
      'g',
    ),
    tense: 'done',
  },
  { form: /\bacab(?:o|amos)\sde\s([a-z]{2,}?[aei]r)(?:[tsnm]e|les?|l[oa]s?)*\b/g, tense: 'done' },
  {
    form: new RegExp(
      String.raw`\b(?:quedo|quedaron|queda|quedan|ha quedado|han quedado|dejo|dejamos|esta|estan|va|van|lo tienes|la tienes|los tienes|las tienes|lo tiene|la tiene)\s${soon}([a-z]{2,}(?:[ai]d|ch|st)[oa]s?)\b`,
      'g',
    ),
    tense: 'state',
  },
  // Te lo aparto, le obsequiamos, lo dejo.
  {
    form: new RegExp(String.raw`\b(?:${clitics}){1,2}${soon}([a-z]{2,}(?:o|go|amos|emos|imos))\b`, 'g'),
    tense: 'now',
  },
  {
    form: new RegExp(
      String.raw`\b(?:${clitics}){1,2}([a-z]{2,}(?:are|ere|ire|dre|aremos|eremos|iremos|dremos|aran?|eran?|iran?))\b`,
      'g',
    ),
    tense: 'will',
  },
  {
    form: /\b(?:(?:te|le|les|os|se|lo|la|los|las)\s){0,2}(?:voy|vamos|vas|va)\s(?:a\s)([a-z]{2,}?[aei]r)(?:[tsnm]e|les?|l[oa]s?)*\b/g,
    tense: 'will',
  },
  {
    form: new RegExp(
      String.raw`\b(?:i've|we've|i have|we have)\s${lately}([a-z]{2,}ed|put|sent|told|taken|given|made|spoken|let|kept|held|set|thrown|written|rung|found|got|left)\b`,
      'g',
    ),
    tense: 'done',
  },
  {
    form: new RegExp(
      String.raw`\b(?:i|we)\s${lately}([a-z]{2,}ed|put|sent|took|told|spoke|let|made|gave|held|kept|set|threw|wrote|rang)\b`,
      'g',
    ),
    tense: 'done',
  },
  {
    form: new RegExp(
      String.raw`\b${persons}\s(?:has|have|just|already|said|agreed|confirmed)\s?([a-z]*)`,
      'g',
    ),
    tense: 'done',
  },
  {
    form: /\b(?:it's|they're|that's|it is|they are|is|are|consider it|has been|have been)\s(?:now |all |already |been )*(in your (?:basket|cart|bag|order)|reserved|held|set aside|put by|put aside|booked|added|placed|refunded)\b/g,
    tense: 'state',
  },
  {
    form: new RegExp(
      String.raw`\b(?:i'll|we'll|i will|we will|i'm going to|we're going to|let me)\s${lately}([a-z]{2,})\b`,
      'g',
    ),
    tense: 'will',
  },
  {
    form: new RegExp(String.raw`\b(?:i'm|we're|i am|we are)\s${lately}([a-z]{2,}ing)\b`, 'g'),
    tense: 'now',
  },
]

/** "Agregué", "avisé": only their accent tells them from other words, so they are read in the text as written. */
const preterite =
  /(?<!\p{L})(?:(?:te|le|les|os|se|lo|la|los|las|ya|yo)\s)*(\p{L}{2,}[éí]|hice|hicimos|puse|pusimos|dije|traje|di)(?!\p{L})/gu
const noVerbs = new Set(
  'café té sé qué porqué dé bebé puré chalé paté consomé buffet aquí ahí así allí sí mí ti ni casi recién después ají rubí esquí maní colibrí hindú menú comité bidé canapé cliché jersey suflé bisté comité josé andré maté'.split(
    ' ',
  ),
)

/** @param raw the sentence as written, with its accents; @param folded the same, canonical */
export function deedsIn(raw: string, folded: string): Deed[] {
  const deeds: Deed[] = []
  for (const { form, tense } of forms) {
    for (const match of folded.matchAll(form)) {
      const verb = match[1] ?? match[2] ?? ''
      deeds.push({ verb, tense, text: match[0], start: match.index, end: match.index + match[0].length })
    }
  }
  for (const match of raw.toLowerCase().normalize('NFC').matchAll(preterite)) {
    const word = match[1] ?? ''
    if (noVerbs.has(word)) continue
    const verb = word.normalize('NFD').replace(/\p{M}/gu, '')
    deeds.push({
      verb,
      tense: 'done',
      text: match[0],
      start: match.index,
      end: match.index + match[0].length,
    })
  }
  return deeds
}

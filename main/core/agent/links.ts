/** Links in replies: a first answer to a stranger carries none, unless they asked for one. */

const ends =
  'com|es|net|org|mx|ar|co|cl|pe|uy|shop|store|tienda|io|app|me|ly|link|page|info|eu|cat|online|site|web'

/** With or without its protocol, never a part of an e-mail address; closing punctuation is the sentence's. */
const link = new RegExp(
  String.raw`(?<![\p{L}\p{N}@._-])(?:https?:\/\/[^\s<>()]+|www\.[^\s<>()]+|(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)+(?:${ends})(?![\p{L}\p{N}@-])(?:\/[^\s<>()]*)?)`,
  'giu',
)
const markdownLink = /\[([^\]\n]*)\]\(\s*<?(?:https?:\/\/|www\.)[^\s)]*>?\s*\)/gi
const closing = /[.,;:!?…'"»”]+$/u

/** What a customer says who wants one. */
const asked =
  /(?<!\p{L})(?:web|website|url|links?|enlaces?|p[aá]gina|online|en l[ií]nea|internet|instagram|insta|ig|facebook|tiktok|youtube|redes(?: sociales)?|perfil|google maps|maps?|mapa|ubicaci[oó]n|location|site|cat[aá]logos?|catalogue|catalog|shop online|tienda online)(?!\p{L})/iu

export function asksForLink(texts: readonly string[]): boolean {
  return texts.some((text) => asked.test(text))
}

/**
 * A reply without its links. Words that only led to one go with it ("Míralo aquí:"); whatever else a sentence says
 * stays, its prices and names among it. `names`: products whose names may look like an address. A reply that is nothing
 * but a link stays as it is.
 */
export function withoutLinks(text: string, names: readonly string[] = []): string {
  const kept = text
    .replace(markdownLink, '$1')
    .split('\n')
    .map((line) => withoutLinksIn(line, names))
    .filter((line): line is string => line !== null)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
  return /[\p{L}\p{N}]/u.test(kept) ? kept : text
}

function withoutLinksIn(line: string, names: readonly string[]): string | null {
  let found = false
  const rest = line.replace(link, (match) => {
    if (names.some((name) => name.toLowerCase().includes(match.toLowerCase().replace(closing, ''))))
      return match
    found = true
    return `￼${closing.exec(match)?.[0] ?? ''}`
  })
  if (!found) return line
  const tidied = rest
    .split(/(?<=[.!?…])\s+/u)
    .map((sentence) => (sentence.includes('￼') ? withoutGap(sentence) : sentence))
    .filter((sentence) => sentence !== '')
    .join(' ')
  return /[\p{L}\p{N}]/u.test(tidied) ? tidied : null
}

/** Nothing but these words, and a link after them: they say nothing without it. */
const pointer =
  /^[\p{P}\p{S}\s]*(?:(?:puede[sn]?|pod[eé]is|podés|ver(?:l[oa]s?)?|m[ií]r[ae](?:l[oa]s?|me)?|mirá(?:l[oa]s?)?|encontrar(?:l[oa]s?)?|echa(?:r|le)?|un|vistazo|visit(?:ar?|e)(?:nos)?|aqu[ií]|ac[aá]|l[oa]s?|tod[oa]s?|m[aá]s|informaci[oó]n|detalles|fotos?|en|por|el|este|nuestr[oa]|siguiente|enlace|link|web|p[aá]gina|tienda|de|y|[tl]e|dejo|see|it|them|here|at|more|details|info|information|look|visit|our|the|website|page|you|can|find|on|is|this|and)(?!\p{L})[\p{P}\p{S}\s]*)+$/iu

function withoutGap(sentence: string): string {
  const words = sentence.replace(/￼/g, ' ').replace(/\s+/g, ' ').trim()
  // Who is named or what it costs is never lost with a link.
  if (!/\p{N}/u.test(words) && pointer.test(words)) return ''
  return sentence
    .replace(/\s*[([]\s*￼\s*[)\]]/g, '')
    .replace(/(?:\s*[:–—-])?(?:\s+(?:en|a|at|on|aqu[ií]|here))?\s*:?\s*￼/giu, '')
    .replace(/￼/g, '')
    .replace(/\s+([.,;!?…])/gu, '$1')
    .replace(/\s{2,}/g, ' ')
    .trim()
}

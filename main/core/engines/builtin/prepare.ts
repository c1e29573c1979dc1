import { fold } from '../../understanding/normalise.ts'
import type { CustomerRequest } from '../../understanding/service.ts'

/** Courtesy and framing: no request of their own beside another. */
export const talkIntents: ReadonlySet<string> = new Set([
  'greet',
  'thanks',
  'bye',
  'affirm',
  'deny',
  'how_are_you',
  'ask',
])

/** "¿Arregláis guitarras?": who brings something broken asks for a service. */
const asksRepair =
  /\b(?:arregl(?:a|an|ais|as|arme|arlo|arla|ar)|repar(?:a|an|ais|as|arme|arlo|arla|ar)|restaur(?:a|an|ais|as|ar)|compon(?:e|en|es)|(?:can|could|do|would) (?:you|ya|u|you guys) (?:also |please )?(?:fix|repair|mend|restore|replace))\b|\b(?:how much|what(?:'?s| is| would| does)|cost|price)\b.{0,30}\b(?:fix|fixing|repair|repairing|mend|replace|replacing)\b|\b(?:cuanto|precio|vale|cuesta|sale)\b.{0,30}\b(?:arreglar\w*|reparar\w*|cambiar (?:la|el))\b/
const blamesShop =
  /\b(?:compr[eo]|compramos|pedi|pedido|pedimos|mandaron|enviaron|mandasteis|enviasteis|vendieron|vendisteis|llego|llegaron|recibi|bought|ordered|arrived|received|delivered|my order|you sent|sold me)\b/

/** Leaves out what only frames other requests, and lets trouble stand alone. */
export function prepare(requests: readonly CustomerRequest[], offered = false): CustomerRequest[] {
  const repairs = requests.some((one) => asksRepair.test(fold(one.text)))
  const blames = requests.some((one) => blamesShop.test(fold(one.text)))
  if (repairs && !blames && requests.some((one) => one.intent === 'complaint'))
    return prepare(
      requests.map((one) => (one.intent === 'complaint' ? { ...one, intent: null, score: 0 } : one)),
    )
  const grave =
    requests.find((one) => one.intent === 'complaint') ??
    requests.find((one) => one.intent === 'human' || one.intent === 'injection')
  if (grave !== undefined) return [grave]
  // "un regalo para mi madre, algo de hasta 20 mil": one wish and its bounds
  const bound = requests.find((one) => one.budget !== null && one.phrase.nouns.length === 0)
  const bounded = requests.find(
    (one) => one !== bound && one.budget === null && (one.intent === 'recommend' || one.intent === 'search'),
  )
  if (bound !== undefined && bounded !== undefined)
    return prepare(
      requests.flatMap((one) =>
        one === bound ? [] : one === bounded ? [{ ...one, budget: bound.budget }] : [one],
      ),
      offered,
    )
  const real = requests.filter((one) => one.intent === null || !talkIntents.has(one.intent))
  const explained = requests.filter(
    (one) =>
      real.length < 2 ||
      one.intent !== null ||
      !/^\s*(?:es que|porque|pq|because|cause|since|cos)\b/i.test(one.text),
  )
  const agreed =
    requests[0]?.intent === 'affirm' &&
    /^\W*(?:s[ií]|sip|claro|yes|yeah|yep|yup|sure)(?!\p{L})/iu.test(requests[0].text)
  // "sí, y también unos guantes": what was offered, and one thing more
  const [yes, other] = requests
  if (
    offered &&
    agreed &&
    yes !== undefined &&
    other !== undefined &&
    !other.asked &&
    (other.intent === null || other.intent === 'add') &&
    other.phrase.nouns.length > 0 &&
    /^\W*(?:(?:y|e|and|tambi[eé]n|plus|also|adem[aá]s)\b)/i.test(other.text)
  )
    return [yes, { ...other, intent: 'add' }, ...prepare(requests.slice(2))]
  const kept = explained.filter((one) => {
    // "Buenos días, Inés": whom one greets is no thing
    if (
      real.length > 1 &&
      one.intent === null &&
      !one.asked &&
      one.phrase.nouns.length < 2 &&
      one.quantity === null &&
      /^\W*(?:hola|buen[oa]s?|hi|hello|hey|good (?:morning|afternoon|evening))\b/i.test(one.text)
    )
      return false
    if (one.intent === 'ask') return real.length === 0
    if (
      one.intent === 'affirm' ||
      one.intent === 'deny' ||
      one.intent === 'bye' ||
      one.intent === 'how_are_you'
    )
      return real.length === 0
    return true
  })
  // "déjamela en 35 y me la llevo": at that price only
  const haggled = kept.some((one) => one.intent === 'haggle')
  return kept
    .map((one, index) => (agreed && index === 0 ? { ...one, agreed } : one))
    .filter((one) => !haggled || one.intent !== 'add' || one.phrase.nouns.length > 0)
    .filter(
      (one, index) => one.intent !== 'greet' || kept.findIndex((other) => other.intent === 'greet') === index,
    )
    .slice(0, 8)
}

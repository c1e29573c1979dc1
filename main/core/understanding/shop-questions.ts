import { fold, tokenise } from './normalise.ts'
import { isPlausibleWord } from './plausible.ts'
import type { CustomerRequest } from './request.ts'
import { subjectKey, wishedFor } from './subject.ts'

/**
 * What is worth a person's time: a wish for something to buy, or a question about the shop. Never a joke, a figure of
 * speech, abuse, or a question about the world.
 */

const abuse =
  /\b(?:put[ao]s?|mierdas?|gilipollas|idiotas?|imbecil(?:es)?|cabron(?:es)?|cono|pendej[ao]s?|joder|jodete|follar|polla|verga|tetas|maric\w+|zorras?|subnormal|estupid[ao]s?|fuck\w*|shit\w*|bitch\w*|assholes?|cunts?|dicks?|pussy|sluts?|whores?|retard\w*|sex\w*|porn\w*|cocain\w*|heroin\w*|marihuana|drogas?|drugs|nudes?|desnud[ao]s?|rape|kill|matar|bomb[as]*|explosiv\w+)\b/
/** Things that one has without a shop selling them. */
const personal =
  /^(?:nombre|edad|alma|sentimiento|hermano|novi|hora|fuego|sitio|prisa|razon|miedo|sueno|hambre|gana|idea|duda|pregunta|problema|name|age|feeling|girlfriend|boyfriend|soul|question|idea|time|minute|moment|job|trabajo|vida|life|amor|love|beso|kiss|abrazo|hug|regalo|gift|present|detalle|producto|product|articulo|item|oferta|offer|novedad|surpris|sorpresa|nan$|nana$|grann|grandm|grandp|nephew|niece|uncle|aunt|cousin|primo|prima$|cunad|suegr|colleague|coworker|boss|teacher|profe$|antemano|salud|atentament|regard|sale$)/
const worldly =
  /\b(?:quien|por que|porque motivo|que es|que son|que significa|cuando (?:fue|nacio|murio)|who|whose|why|what (?:is|are|was|does) (?!your|the shop|included)|meaning of|capital|presidentes?|elecciones|guerra|futbol|mundial|pelicula|president|election|war|football|movie|weather|tiempo hara|news|noticias)\b/
const chores =
  /\b(?:escrib\w+|cuent\w+|explic\w+|traduc\w+|cant(?:a|ame|ar)|resuelv\w+|calcul\w+|program(?:a|ame|ar)|ayud\w+|opin\w+|imagin\w+|finge|ignora|olvida|write|tell|explain|translate|sing|solve|code|calculate|help|teach|pretend|act|imagine|ignore|forget|repeat|repite)\b/
const aboutShop =
  /\b(?:se (?:puede|puedo|podria|pueden)|puedo|podemos|podria(?:mos)? (?!decir)|haceis|hacen|ofreceis|ofrecen|aceptais|aceptan|admitis|admiten|teneis|tienen|tenes|tienes|trabajais|trabajan|arreglais|arreglan|reparais|reparan|alquilais|alquilan|vendeis|venden|podeis|pueden|podrian|podriais|hay|dais|dan|envolveis|grabais|graban|personalizais|personalizan|organizais|organizan|permitis|permiten|recogeis|recogen|comprais|compran|cobrais|cobran|hace falta|hay que|es (?:necesario|obligatorio)|vuestr[oa]s?|la tienda|el local|do you|can (?:you|i|we)|could (?:you|i|we)|may (?:i|we)|are (?:you|there|your)|is (?:there|your|the shop|it possible|it ok)|does (?:the|your)|will you|your (?:shop|store|team|products))\b/

function plausible(text: string): boolean {
  const words = tokenise(text)
    .map((token) => token.raw)
    .filter((raw) => /\p{L}/u.test(raw))
  return words.length > 0 && words.every((raw) => raw.length < 3 || isPlausibleWord(raw))
}

const wishes: ReadonlySet<string> = new Set(['search', 'price', 'stock', 'add'])
/** Whom or what for, and nothing in particular. */
const vague = /\b(?:algo|alguna cosa|cualquier cosa|lo que sea|something|anything|whatever)\b/
/** Words with which somebody asks for a thing, wants it or asks its price. */
const desire =
  /\b(?:ten[eé]?is|tienen?s?|ten[eé]s|ha(?:y|bria)|vend\w+|busc\w+|quier\w+|quisier\w+|querr?i\w+|necesit\w+|gustaria|interesa\w*|dispon\w+|manej\w+|encargar\w*|ped(?:ir|imos)|compr\w+|pon(?:me|game|edme|ganme)|da(?:me|nos)|deme|apunta\w*|cuanto|precios? de|a como|llev(?:o|arme)|consig\w+|encontrar|algun[ao]?s?|have|has|got|sell\w*|stock|carry|any|looking|need|want|like|order|buy|get|take|price|cost|how much|do you do)\b/
/** Where somebody lives is nothing that they want. */
const place =
  /\b(?:vivo|vivimos|calle|avenida|avda|plaza|barrio|codigo postal|street|avenue|road|postcode|zip|i live|we live)\b/
/** What can be done with a thing, not whether there is one. */
const ability =
  /\b(?:se (?:le )?pued(?:e|en|o)|puedo|podemos|podria|aguanta[n]?|funciona[n]?|sirve[n]? para|es (?:seguro|normal)|can (?:i|it|they|you) (?!get|have|order|buy)|is it|are they|does it|do they|will it)\b/
const mostNouns = 4

/** Whether a request names a thing that somebody could sell and that the customer wants. */
export function isProductWish(request: CustomerRequest): boolean {
  const { intent, phrase, text } = request
  if (intent === null || !wishes.has(intent)) return false
  if (phrase.nouns.length === 0 || phrase.nouns.length > mostNouns) return false
  const folded = fold(text)
  if (!desire.test(folded) || place.test(folded) || wishedFor(text).key === '') return false
  if (abuse.test(folded) || worldly.test(folded) || chores.test(folded)) return false
  if (phrase.nouns.every((word) => personal.test(word)) || vague.test(folded)) return false
  return plausible(phrase.nouns.join(' '))
}

/** Whether a request asks what a thing can do rather than for the thing. */
export function asksAbility(request: CustomerRequest): boolean {
  return request.intent !== 'price' && request.intent !== 'stock' && ability.test(fold(request.text))
}

/** Whether a request that nothing answered asks about the shop or what it does. `known`: its subject is the shop's for sure. */
export function isShopQuestion(request: CustomerRequest, known: boolean): boolean {
  const folded = fold(request.text)
  if (abuse.test(folded) || chores.test(folded) || !plausible(request.text)) return false
  if (request.text.split(/\s+/).length > 40 || subjectKey(request.text) === '') return false
  if (known) return true
  const asks =
    request.asked ||
    /^\W*(?:y |and |oye |perdona )?(?:se puede|puedo|do you|can i|is there|are there)\b/.test(folded)
  if (!asks || worldly.test(folded) || !aboutShop.test(folded)) return false
  return request.phrase.nouns.length > 0 && !request.phrase.nouns.every((word) => personal.test(word))
}

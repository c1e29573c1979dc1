import { stem, tokenise } from './normalise.ts'
import { understand } from './understand.ts'

/**
 * Words that frame a wish or a question and say nothing of what it is about. Folded. Shorter than the list of stop
 * words: days, people and small words that change an answer ("sin", "before") stay, so that no two questions with
 * different answers look the same.
 */
const framing: ReadonlySet<string> = new Set(
  `a al ante con de del desde el la lo los las en entre para pa por un una unos unas y e o u ni que si me te le les nos os mi mis tu tus su sus vuestra vuestro vuestros vuestras nuestro
   ese esa esos esas este esta estos estas esto eso aquel aquella aquellos aquellas aqui ahi alli yo usted ustedes vosotros vos
   es son esta estan estoy sea seria serian ser estar hay haber he ha han va van como cual cuales 
   algun alguna alguno algunos algunas algo tambien pues entonces bueno buenos buenas dias hola oye oiga perdona perdone disculpa disculpe gracias porfa favor ok
   teneis tenes tienes tiene tienen tendreis tendrias tendrian vendeis vendes vende venden vender busco buscamos buscando buscaba interesa interesan interesaria
   quiero queria querria quisiera queremos gustaria necesito necesitamos compro comprar compraria pedir encargar conseguir encontrar manejan manejais trabajan trabajais disponen disponeis dispone
   dame deme ponme pongame hace hacen haceis hacer puede puedes puedo podeis pueden podria podrias podrian se saber decir dime digame pregunta preguntar
   an the of to in on at by with from for and or but so if is are am was were be been it its this that these those there here i im my me you your yours we us our they them
   do does did have has had having can could would will shall should may might any some what which please pls hi hello hey thanks thank
   sell sells selling stock carry carrying offer offers buy order find got get available want need looking look like know tell ask wondering tienda shop store`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** Words that ask for a price, a place or again: of a product that is not there, they all ask the same. */
const asking: ReadonlySet<string> = new Set(
  'seguro segura sure really dont doesnt havent todavia aun still already cuanto cuanta cuantos cuantas donde precio precios cuesta cuestan costaria vale valen sale salen how much many where price prices cost costs'.split(
    ' ',
  ),
)

/** What stands at the edge of a name and is no part of it. */
function frames(word: string): boolean {
  return framing.has(word) || /^[€£$%]$/.test(word)
}

function keyOf(words: readonly string[], without: (word: string) => boolean): string {
  const kept = words.filter((word) => !without(word) && /[\p{L}\p{N}]/u.test(word))
  return [...new Set(kept.map(stem))].sort().slice(0, 16).join(' ')
}

/** The words of a text by which it is known again, without order, number and gender: `bicicleta electrica`. */
export function subjectKey(text: string): string {
  return keyOf(
    tokenise(text.slice(0, 500)).map((token) => token.word),
    frames,
  )
}

/** What a wish for a product names, as written, without what frames it; empty when it names nothing. */
export function wishedFor(text: string): { name: string; key: string } {
  const named = understand(text.slice(0, 500)).requests.filter((request) => request.phrase.nouns.length > 0)
  const best = named.toSorted((a, b) => b.phrase.nouns.length - a.phrase.nouns.length)[0]
  const said = best?.text ?? text.slice(0, 500)
  const quantity = best?.quantity == null ? null : String(best.quantity.value)
  const all = tokenise(said)
  // "¿no tenéis…?" asks what "¿tenéis…?" asks.
  const tokens = all.filter(
    ({ word }, at) => word !== quantity && !(word === 'no' && framing.has(all[at + 1]?.word ?? '')),
  )
  const edge = (word: string): boolean => frames(word) || asking.has(word)
  const key = keyOf(
    tokens.map((token) => token.word),
    edge,
  )
  const first = tokens.findIndex((token) => !edge(token.word))
  const last = tokens.findLastIndex((token) => !edge(token.word))
  if (first === -1) return { name: '', key }
  return { name: said.slice(tokens[first]?.start, tokens[last]?.end).trim(), key }
}

import { enumerate } from '../../../language/voice.ts'
import { fold, stem } from '../../../understanding/normalise.ts'
import { isStopWord } from '../../../understanding/phrase.ts'
import type { CustomerRequest } from '../../../understanding/service.ts'
import { leadTimeText, productPriceText } from '../describe.ts'
import { knowledgeEntry } from '../knowledge.ts'
import { isAvailable, sameWord } from '../match.ts'
import { resolve } from '../resolve.ts'
import type { ProductData } from '../tool-data.ts'
import type { Asking, Part, Turn } from '../turn.ts'
import { answer, focusOn, speak } from '../turn.ts'
import { askQuestion } from './ask-owner.ts'
import { noTarget } from './offer.ts'

const kinds: readonly { asked: RegExp; key: RegExp; value?: RegExp }[] = [
  {
    asked:
      /^(?:material|materiales|tela|composicion|made|materials|ingred\w*|hech\w+|contien\w+|contain\w*|llevan?)$/,
    key: /material|tela|composici|ingredient|fabric|cacao|contenido|contents/,
    value: /\b(?:de|of|with) /,
  },
  {
    asked:
      /^(?:medidas?|tamanos?|dimension\w*|mide|miden|ancho|largo|alto|altura|size|sizes|measurements|big|tall|long|wide|width|height|length|large)$/,
    key: /medida|tama|dimension|ancho|largo|alto|altura|size|height|width|length|talla/,
    value: /\d\s*(?:×|x|cm|m\b|mm)/,
  },
  { asked: /^(?:peso|pesan?|weight|weighs?|heavy)$/, key: /peso|weight|contenido/, value: /\d\s*(?:g|kg)\b/ },
  { asked: /^(?:dura|duran|duracion|lasts?|burn)$/, key: /dura|burn|time/, value: /hora|hour|dia|day/ },
  { asked: /^(?:capacidad|capacity|litros?|ml)$/, key: /capaci|volum/, value: /\d\s*(?:ml|l|litro)/ },
  {
    asked:
      /^(?:lava\w*|lavar|wash\w*|dishwasher|lavavajillas|lavadora|microwave|microondas|horno|oven|secadora|congelador|freezer|care)$/,
    key: /lava|care|cuidad|wash/,
    value: /lava|wash|microond|microwave|horno|oven|secadora|congel|freez/,
  },
  { asked: /^(?:color|colores|colou?rs?)$/, key: /colou?r/ },
  { asked: /^(?:tallas?|talles?)$/, key: /talla|size/ },
  { asked: /^(?:origen|origin|fabricad\w*)$/, key: /orig/, value: /\b(?:hecho|made) / },
  {
    asked: /^(?:sabor|sabores|flavou?rs?|scents?|smells?|huelen?)$/,
    key: /sabor|aroma|flavou?r|scent|nota/,
    value: /nota|arom|scent|lavanda/,
  },
  { asked: /^(?:marca|brand)$/, key: /marca|brand/ },
  {
    asked: /^(?:gluten|vegan\w*|alergenos|allergens|sin|azucar|sugar)$/,
    key: /gluten|vegan|alerg|allerg|azucar/,
    value: /gluten|vegan|alerg|allerg|azucar|sugar/,
  },
]

const generic =
  /^(?:caracteristicas|detalles|descripcion|especificaciones|informacion|details|description|information|trae|incluye|incluyen|include|includes|cuentame|cuenta|habla|hablame|about|quality|good|suitable)$/

/** "¿De qué material es?" – from the product's own attributes and description, never from elsewhere. */
export function* attributes(turn: Turn, request: CustomerRequest): Asking<Part[]> {
  const target = yield* resolve(turn, request)
  if (target.kind === 'many') return yield* eachAttribute(turn, request, target.products)
  if (target.kind !== 'one') {
    const entry = yield* knowledgeEntry(request)
    if (entry !== null) return [answer(entry)]
    return yield* noTarget(turn, request, target)
  }
  focusOn(turn, target.product.productId)
  turn.dialogue.shown =
    turn.dialogue.shown.length > 1
      ? turn.dialogue.shown
      : [{ id: target.product.productId, name: target.product.name }]
  const text = attributeText(turn, request, target.product)
  if (text !== null) return [answer(text)]
  // What the product does not tell the shop's answers may: "¿tiene garantía?"
  const own = yield* knowledgeEntry(request)
  const entry = own ?? (yield* knowledgeEntry({ ...request, text: `${request.text} ${target.product.name}` }))
  if (entry !== null) return [answer(entry)]
  if (/how long|how soon|tard[ae]/i.test(request.text)) return [answer(leadTimeText(turn, target.product))]
  const asked = asksPlainly(request) ? yield* askQuestion(turn, request, true, target.product.name) : null
  return asked ?? [answer(unknownText(turn, target.product))]
}

function* eachAttribute(
  turn: Turn,
  request: CustomerRequest,
  products: readonly ProductData[],
): Asking<Part[]> {
  const text = products.slice(0, 3).map((product) => attributeText(turn, request, product))
  if (text.every((one) => one === null)) {
    const entry = yield* knowledgeEntry(request)
    if (entry !== null) return [answer(entry)]
  }
  turn.dialogue.shown = products.slice(0, 5).map((product) => ({ id: product.productId, name: product.name }))
  const known = text.map(
    (one, index) => one ?? speak(turn, 'attribute_unknown', { name: products[index]?.name ?? '' }),
  )
  return [answer(known.join('\n'))]
}

/** What the shop's own data says on the aspect asked; all there is when no aspect was named; an honest "don't know" otherwise. */
function attributeText(turn: Turn, request: CustomerRequest, product: ProductData): string | null {
  const said: string[] = []
  const asked = kinds.filter((kind) => request.aspect.some((word) => kind.asked.test(word)))
  const entries = Object.entries(product.attributes)
  const askedWords = fold(request.text).split(/[^a-z0-9]+/)
  const direct = entries.filter(
    ([name]) =>
      asked.some((kind) => kind.key.test(fold(name))) ||
      request.aspect.some((word) => word.length > 3 && sameWord(fold(name), word)) ||
      askedWords.some((word) => stem(word) === stem(fold(name)) && !fold(product.name).includes(word)),
  )
  for (const [attribute, value] of direct)
    said.push(speak(turn, 'attribute', { name: product.name, attribute, value }))
  const options = product.optionNames.map((option, index) => ({
    option,
    values: [
      ...new Set(
        product.variants
          .filter((variant) => isAvailable(product, variant))
          .map((variant) => variant.options[index] ?? ''),
      ),
    ].filter((value) => value !== ''),
  }))
  for (const { option, values } of options)
    if (
      values.length > 0 &&
      (asked.some((kind) => kind.key.test(fold(option))) ||
        request.aspect.some((word) => sameWord(fold(option), word)))
    )
      said.push(
        `${product.name}. ${speak(turn, 'options_are', { option, values: enumerate(turn.voice, values) })}`,
      )
  const sentences = product.description.split(/(?<=[.!?])\s+/).filter((sentence) => sentence.trim() !== '')
  if (said.length === 0 && asked.length > 0) {
    const telling = sentences.filter(
      (sentence) =>
        asked.some((kind) => kind.value?.test(fold(sentence))) ||
        request.aspect.some((word) => word.length > 4 && fold(sentence).includes(word.slice(0, -1))),
    )
    if (telling.length > 0) said.push(`${product.name}: ${telling.join(' ')}`)
  }
  const particular = request.aspect.filter(
    (word) => word.length > 4 && !generic.test(word) && !isStopWord(word),
  )
  if (said.length === 0 && asked.length === 0 && particular.length > 0) {
    const telling = sentences.filter((sentence) =>
      particular.some((word) => fold(sentence).includes(word.slice(0, -1))),
    )
    if (telling.length > 0) said.push(`${product.name}: ${telling.join(' ')}`)
  }
  if (said.length === 0 && asked.length === 0 && particular.length === 0) {
    if (product.description !== '') said.push(`${product.name}: ${product.description}`)
    for (const [attribute, value] of entries) said.push(`• ${attribute}: ${value}`)
    const price = productPriceText(turn, product)
    if (price !== null)
      said.push(speak(turn, 'price_is', { name: product.name, price }).replace(/cuesta desde/, 'desde'))
  }
  return said.length > 0 ? said.join('\n') : null
}

/** "color marrón" is no question that a person could answer. */
function asksPlainly({ asked, text }: CustomerRequest): boolean {
  return (
    asked ||
    /^\W*(?:como|que|cual|cuant\w+|es|son|esta|tiene|lleva|se|puede|sirve|how|what|which|is|are|does|do|can|will)\b/.test(
      fold(text),
    )
  )
}

function unknownText(turn: Turn, product: ProductData): string {
  turn.dialogue.pending = { kind: 'person', reason: 'other' }
  const known = product.description === '' ? [] : [product.description]
  return [
    speak(turn, 'attribute_unknown', { name: product.name }),
    ...known,
    speak(turn, 'offer_person'),
  ].join(' ')
}

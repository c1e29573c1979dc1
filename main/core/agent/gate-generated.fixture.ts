import type { ShopBrief } from '../engines/engine.ts'
import { formatMoney } from '../money/money.ts'
import type { Fact } from './facts.ts'
import { productLine } from './gate-drafts.fixture.ts'

/** Drafts made from a seed: true ones from templates over random products, false ones by changing one thing in them. */
export interface GeneratedDraft {
  shop: ShopBrief
  language: 'es' | 'en'
  facts: Fact[]
  text: string
  mutation: string | null
}

const shops: { shop: ShopBrief; language: 'es' | 'en'; step: number; least: number; most: number }[] = [
  {
    shop: {
      name: 'Bazar',
      currency: 'EUR',
      locale: 'es-ES',
      country: 'ES',
      timeZone: 'Europe/Madrid',
      pricesIncludeTax: true,
    },
    language: 'es',
    step: 5,
    least: 95,
    most: 250_000,
  },
  {
    shop: {
      name: 'Corner',
      currency: 'GBP',
      locale: 'en-GB',
      country: 'GB',
      timeZone: 'Europe/London',
      pricesIncludeTax: true,
    },
    language: 'en',
    step: 5,
    least: 95,
    most: 250_000,
  },
  {
    shop: {
      name: 'Tienda',
      currency: 'COP',
      locale: 'es-CO',
      country: 'CO',
      timeZone: 'America/Bogota',
      pricesIncludeTax: true,
    },
    language: 'es',
    step: 10_000,
    least: 150_000,
    most: 90_000_000,
  },
  {
    shop: {
      name: 'Tiendita',
      currency: 'MXN',
      locale: 'es-MX',
      country: 'MX',
      timeZone: 'America/Mexico_City',
      pricesIncludeTax: true,
    },
    language: 'es',
    step: 50,
    least: 900,
    most: 900_000,
  },
  {
    shop: {
      name: 'Almacén',
      currency: 'ARS',
      locale: 'es-AR',
      country: 'AR',
      timeZone: 'America/Argentina/Buenos_Aires',
      pricesIncludeTax: true,
    },
    language: 'es',
    step: 1000,
    least: 50_000,
    most: 90_000_000,
  },
  {
    shop: {
      name: 'Depot',
      currency: 'USD',
      locale: 'en-US',
      country: 'US',
      timeZone: 'America/New_York',
      pricesIncludeTax: true,
    },
    language: 'en',
    step: 1,
    least: 95,
    most: 250_000,
  },
]
const spanishNames = [
  'Camiseta de algodón',
  'Bolso de cuero negro',
  'Lámpara de pie',
  'Jabón artesano de lavanda',
  'Cuaderno A5 rayado',
  'Mermelada de fresa 350 g',
  'Aceite de oliva 5 L',
  'Collar con perlas',
  'Mochila infantil',
  'Sartén antiadherente 28 cm',
  'Zapatos de salón',
  'Vela aromática 2 mechas',
  'Cable USB-C 2 m',
  'Pack de 6 huevos camperos',
]
const englishNames = [
  'Cotton T-shirt',
  'Black leather bag',
  'Floor lamp',
  'Lavender soap bar',
  'Lined A5 notebook',
  'Strawberry jam 350 g',
  'Olive oil 5 L',
  'Pearl necklace',
  'Kids backpack',
  'Frying pan 28 cm',
  'Court shoes',
  'Scented candle 2 wicks',
  'USB-C cable 2 m',
  'Box of 6 free range eggs',
]

interface Slots {
  a: string
  b: string
  pa: string
  pb: string
  stock: number
}

const templates: Record<'es' | 'en', ((slots: Slots) => string)[]> = {
  es: [
    ({ a, pa }) => `¡Claro! ${a} cuesta ${pa}.`,
    ({ a, b, pa, pb }) => `Tenemos esto:\n• ${a}: ${pa}\n• ${b}: ${pb}\n¿Cuál te gusta?`,
    ({ a, b, pa, pb }) => `${a} vale ${pa} y ${b} ${pb}.`,
    ({ a, pa, stock }) => `De ${a} quedan ${stock}. Cuesta ${pa}.`,
    ({ a, b, pa, pb }) => `Por ${pa} tienes ${a}; por ${pb}, ${b}.`,
    ({ a, b, pa, pb }) => `*${a}* — ${pa}\n*${b}* — ${pb}`,
    ({ a, pa, stock }) => `Sí, ${a} está disponible (${stock} unidades) por ${pa}.`,
    ({ a, b, pa, pb }) => `El precio de ${a} es de ${pa}, mientras que ${b} sale a ${pb}.`,
  ],
  en: [
    ({ a, pa }) => `Sure! The ${a} is ${pa}.`,
    ({ a, b, pa, pb }) => `We have these:\n- ${a}: ${pa}\n- ${b}: ${pb}\nDo you like any of them?`,
    ({ a, b, pa, pb }) => `The ${a} costs ${pa} and the ${b} ${pb}.`,
    ({ a, pa, stock }) => `There are ${stock} of ${a} left. It costs ${pa}.`,
    ({ a, b, pa, pb }) => `${a} (${pa}), ${b} (${pb}).`,
    ({ a, pa, stock }) => `Yes, ${a} is in stock, ${stock} left, at ${pa}.`,
    ({ a, b, pa, pb }) => `The price of the ${a} is ${pa}, while the ${b} comes at ${pb}.`,
  ],
}
const lies: Record<'es' | 'en', ((slots: Slots) => string)[]> = {
  es: [
    () => 'Te hago un 15 % de descuento.',
    () => 'Ya lo he añadido a tu carrito.',
    () => 'El envío es gratis.',
    () => 'Te llega mañana.',
    () => 'He avisado al encargado.',
    ({ a }) => `${a} a mitad de precio.`,
    ({ a }) => `${a} está agotado.`,
    () => 'Tu pedido está confirmado.',
    () => 'Te lo envío en 2 días.',
    ({ a }) => `${a}, 3x2 esta semana.`,
  ],
  en: [
    () => "I'll give you 15% off.",
    () => "I've added it to your cart.",
    () => 'Delivery is free.',
    () => 'It arrives tomorrow.',
    () => "I've told the owner.",
    ({ a }) => `The ${a} is half price.`,
    ({ a }) => `The ${a} is sold out.`,
    () => 'Your order is confirmed.',
    () => 'It will be ready in 2 days.',
    ({ a }) => `${a}: 2 for 1 this week.`,
  ],
}

/** A small seeded generator of numbers (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export function generateDrafts(
  seed: number,
  count: number,
): { good: GeneratedDraft[]; bad: GeneratedDraft[] } {
  const random = seeded(seed)
  const below = (limit: number) => Math.floor(random() * limit)
  const pick = <T>(items: readonly T[]): T => items[below(items.length)] ?? fail()
  const good: GeneratedDraft[] = []
  const bad: GeneratedDraft[] = []
  for (let made = 0; made < count; made++) {
    const { shop, language, step, least, most } = pick(shops)
    const amount = () => least + step * below((most - least) / step / (random() < 0.7 ? 20 : 1))
    const names = [...(language === 'es' ? spanishNames : englishNames)]
      .sort(() => random() - 0.5)
      .slice(0, 3)
    const amounts = new Set<number>()
    while (amounts.size < 5) amounts.add(amount())
    const [p0 = 0, p1 = 0, p2 = 0, other = 0] = amounts
    const stocks = [3 + below(20), 30 + below(20), 60 + below(20)]
    const facts = names.flatMap((name, at) =>
      productLine(shop, {
        id: `p${at}`,
        name,
        variants: [{ price: [p0, p1, p2][at] ?? 0, stock: stocks[at] ?? 0 }],
      }),
    )
    const money = (value: number) => formatMoney({ amount: value, currency: shop.currency }, shop.locale)
    const slots: Slots = {
      a: names[0] ?? '',
      b: names[1] ?? '',
      pa: money(p0),
      pb: money(p1),
      stock: stocks[0] ?? 0,
    }
    const template = pick(templates[language])
    const base = { shop, language, facts }
    const text = template(slots)
    good.push({ ...base, text, mutation: null })
    const add = (mutation: string, changed: string) => {
      if (changed !== text) bad.push({ ...base, text: changed, mutation })
    }
    add('other amount', template({ ...slots, pa: money(other) }))
    add('swapped', template({ ...slots, pa: slots.pb, pb: slots.pa }))
    add('third product’s price', template({ ...slots, pa: money(p2) }))
    add('stock', template({ ...slots, stock: (stocks[0] ?? 0) + 1 }))
    add('stock of another', template({ ...slots, stock: stocks[1] ?? 0 }))
    add('lie', `${text} ${pick(lies[language])(slots)}`)
  }
  return { good, bad }
}

function fail(): never {
  throw new Error('nothing to pick from')
}

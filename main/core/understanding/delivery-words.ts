import type { RemainingText } from './remaining-text.ts'

/** Whether it is sent or collected, and what the shop should know for it. */
export type DeliveryMethod = 'delivery' | 'pickup'

const it = '(?:lo|la|los|las)'
const before = String.raw`(?<!\p{L})(?:(?:mejor|prefiero|quiero|pues|entonces|que|y|yo|mismo|ya|me|te|s[ií]|para|con|de|por|un|una|i['’]?ll|i will|i['’]?d rather|i['’]?d like to|i want to|rather|instead|actually|just|let me|for|and|please|by|the)\s+)*`
const shopWord = String.raw`(?:tienda|local|negocio|shop|store|mostrador|sucursal|person)`
const inShop = String.raw`(?:\s+(?:en|por|de|desde|in|from|at)\s+(?:(?:la|el|vuestra|su|tu|the|your)\s+)?${shopWord})`
const after = String.raw`(?:\s+(?:mejor|instead|yo|please|mism[oa]|por favor))*(?!\p{L})`

/** Says it without doubt: who asks about it says it otherwise. */
const surePickup = [
  String.raw`(?:paso|pasar[eé]|ir[eé]|voy|vengo|pasamos|vamos|pasar[ií]a)\s+(?:yo\s+)?(?:a|por)\s+(?:recoger${it}?|buscar${it}?|retirar${it}?|por\s+(?:[eé]l|ella|ellos|ellas|la tienda|el pedido|el local)|la tienda|el local|all[ií])${inShop}?`,
  String.raw`${it}\s+(?:recojo|recogemos|retiro|retiramos|busco|paso a (?:recoger|buscar|retirar)|recoger[eé])${inShop}?`,
  String.raw`recojo(?:lo|la)?${inShop}?`,
  String.raw`(?:paso|pasar[eé]|voy|vengo|ir[eé]|pasamos)\s+(?:yo\s+)?(?:a )?por\s+(?:[eé]l|ello|ella|ellos|ellas|eso|lo m[ií]o)`,
  String.raw`(?:es|son|ser[ií]a) para recoger(?:${it})?${inShop}?`,
  String.raw`recogida${inShop}`,
  String.raw`retiro${inShop}`,
  String.raw`recoger(?:${it})?${inShop}`,
  String.raw`(?:pick(?:ing)?\s+(?:it|them|this)\s+up|collecting|collect\s+(?:it|them|this)|(?:pick(?:ing)?[- ]?up|collect)${inShop})`,
  String.raw`come (?:and |to )?(?:get|collect|pick) (?:it|them)(?: up)?`,
]
const loosePickup = [
  String.raw`recog(?:er${it}?|ida)`,
  String.raw`retir(?:o|ar${it}?)`,
  String.raw`buscar${it}|recogi[eé]ndo${it}`,
  String.raw`pick[- ]?up|pick (?:it |them )?up|collect(?:ion)?|come by|click (?:and|&) collect`,
]
const sureDelivery = [
  String.raw`a domicilio`,
  String.raw`(?:es|son|ser[ií]a) para (?:enviar|mandar)(?:${it})?`,
  String.raw`(?:me|nos)\s+${it}\s+(?:mandas?|env[ií]as?|traes?|llevas?|manden|env[ií]en|traigan|traigas?|lleven|entreguen|mandan|env[ií]an|mand[aá]is|envi[aá]is|entregan?|despachan?|mandes?|env[ií]es?)`,
  String.raw`(?:env[ií]|m[aá]nd|entr[eé]g|ll[eé]v)[aeáé](?:n)?(?:me|nos)${it}`,
  String.raw`tr[aá][ei]?(?:g[aá])?(?:me|nos)${it}`,
  String.raw`(?:m[aá]nda|mand[aá]|env[ií]a|envi[aá]|m[aá]nde|env[ií]e|entr[eé]ga|desp[aá]cha)${it}`,
  String.raw`(?:deliver|ship|send|post)\s+(?:it|them|this|that|everything|the order|my order)`,
  String.raw`have it (?:delivered|sent|shipped)`,
  String.raw`home delivery`,
]
const looseDelivery = [
  'domicilio',
  String.raw`(?:env[ií]o|(?:entrega|reparto|despacho)(?=\s+(?:a|en)\s+(?:domicilio|casa|mi)))(?:\s+(?:a|en)\s+(?:domicilio|casa))?`,
  String.raw`(?:mand|envi|entreg|llev)ar(?:me|nos)?${it}?|traer(?:me|nos)?${it}`,
  String.raw`a (?:mi )?casa`,
  String.raw`deliver(?:y|ed)?|ship(?:ping|ped)?|send`,
]

function anyOf(forms: readonly string[]): string {
  return String.raw`${before}(?:${forms.join('|')})${after}`
}

const patterns = {
  sure: { pickup: anyOf(surePickup), delivery: anyOf(sureDelivery) },
  loose: {
    pickup: String.raw`${before}(?:${[...surePickup, ...loosePickup].join('|')})${inShop}?${after}`,
    delivery: String.raw`${before}(?:(?:puedes|puede|pod[eé]is|pod[eé]s|can you|could you|would you)\s+)?(?:${[...sureDelivery, ...looseDelivery].join('|')})(?:\s+(?:a (?:mi )?casa|a domicilio|home))?${after}`,
  },
  asked: String.raw`${before}(?:(?:en|in|at)\s+)?(?:(?:la|el|vuestra|su|tu|the|your)\s+)?${shopWord}${after}`,
}

const asksAbout =
  /(?:info\w*|sobre|acerca|cu[aá]nt\w+|cu[aá]ndo|d[oó]nde|tarda\w*|qu[eé] (?:cuesta|vale)|si|se puede|puedo|puedes|puede|pod[eé]is|podr[ií]a\w*|hac[eé]is|hacen|ten[eé]is|tienen|ofrecen|how (?:much|long)|when|can (?:i|you|we)|could (?:i|you)|do you|is there|are there|possible to|gastos de|coste del?|costo del?|precio del?|cuesta el|vale el|saber|pol[ií]tica(?: de)?)\s*(?:\p{L}+\s+){0,2}$/iu
const refused =
  /(?:^|[\s,;])(?:no|not|sin|without|don['’]?t|nada de)\s+(?:(?:quiero|hace falta|necesito|hay que|me|want|need|the|el|la|a|un|una|by)\s+)*$/iu

/**
 * Takes what is said of sending or collecting; the last word of it counts. `open`: the checkout waits for answers, so
 * that less is enough; else questions of it, also without their sign, are left alone.
 */
export function takeMethod(text: RemainingText, open: boolean, asked: boolean): DeliveryMethod | null {
  let method: DeliveryMethod | null = null
  let last = -1
  const own = open ? patterns.loose : patterns.sure
  for (const [name, pattern] of [
    ['delivery', own.delivery],
    ['pickup', own.pickup],
    ...(asked ? ([['pickup', patterns.asked]] as const) : []),
  ] as const) {
    for (const match of [...text.text.matchAll(new RegExp(pattern, 'giu'))].reverse()) {
      const lead = text.text.slice(0, match.index)
      if (
        asksAbout.test(lead) &&
        !(
          open &&
          /pu?ed[oe]\w*\s+(?:\p{L}+\s+){0,2}$|podr\w+\s+(?:\p{L}+\s+){0,2}$|(?:can|could) (?:i|you)\s*$/iu.test(
            lead,
          )
        )
      )
        continue
      const no = refused.test(lead)
      text.cut(match.index, match.index + match[0].length)
      // what is cut is replaced by a few signs: places only tell the order
      if (!no && match.index >= last) {
        method = name
        last = match.index
      }
    }
  }
  return method
}

const notes = [
  /(?<!\p{L})((?:es |son |ser[ií]a |va )?para (?:un |hacer un )?regalo|(?:it['’]?s |as |for )a gift|gift[- ]wrap(?:ped)?)(?!\p{L})/iu,
  /(?<!\p{L})(?:notas?|observaci[oó]n(?:es)?|comentarios?|note|notes|delivery note)\s*:\s*([^\n\u241f]{3,200})/iu,
  /(?<!\p{L})((?:(?:lo |la )?(?:pod[eé]is|puedes|puede|pueden) )?(?:d[eé]j[ae]\w*|dejar\w*|leave (?:it|them)?|entreg\w+)\s+(?:con|en|with|at|by|in|al?)\s+(?:el |la |the |my |mi |un |una |a )?(?:porter[ií]a|portero|conserje\w*|recepci[oó]n|reception|vecin\w+|neighbou?r|front desk|porch|concierge|vigilante|guardia|garage|back door|front door|buz[oó]n|mailbox)[^,.\n\u241f]*)/iu,
  /(?<!\p{L})((?:por favor )?(?:llam\w+|tocar?|toque|call|ring|knock)\s+(?:antes|al llegar|al timbre|el timbre|before|when|the bell|first)[^,.\n\u241f]*)/iu,
  /(?<!\p{L})((?:el |the )?(?:timbre|bell|doorbell) (?:no funciona|est[aá] roto|doesn['’]?t work|is broken)[^,.\n\u241f]*)/iu,
]

/** Takes a wish for the courier or the shop. */
export function takeNote(text: RemainingText): string | null {
  for (const pattern of notes) {
    const found = text.take(pattern)
    if (found?.[1] !== undefined) return found[1].trim().slice(0, 300)
  }
  return null
}

/** Takes "a la dirección de siempre": the address that the shop already has. */
export function takeUsualAddress(text: RemainingText): boolean {
  return (
    text.take(
      /(?<!\p{L})(?:a |en |to |at )?(?:(?:la|mi|the|my|misma|same|usual) )*(?:direcci[oó]n (?:de siempre|habitual|de la otra vez|de la [uú]ltima vez|anterior)|misma direcci[oó]n|(?:la )?de siempre|donde siempre|same (?:address|place)(?: as (?:before|last time))?|usual address)(?!\p{L})/iu,
    ) !== null
  )
}

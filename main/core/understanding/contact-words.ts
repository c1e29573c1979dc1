import { fold } from './normalise.ts'
import type { RemainingText } from './remaining-text.ts'

/** Names and telephone numbers as customers write them in a chat. */

const spokenDigits: Readonly<Record<string, string>> = {
  cero: '0',
  uno: '1',
  un: '1',
  dos: '2',
  tres: '3',
  cuatro: '4',
  cinco: '5',
  seis: '6',
  siete: '7',
  ocho: '8',
  nueve: '9',
  zero: '0',
  oh: '0',
  one: '1',
  two: '2',
  three: '3',
  four: '4',
  five: '5',
  six: '6',
  seven: '7',
  eight: '8',
  nine: '9',
}
const digitWord = Object.keys(spokenDigits).join('|')
const phoneWord = String.raw`(?:mi\s+|el\s+|my\s+|the\s+|y\s+|and\s+)*(?:n[uú]mero(?:\s+de)?|tel[eé]fono|telf?|tfno|tlf|cel|celular|m[oó]vil|whatsapp|wasap|phone|mobile|cell|number|contacto|call me (?:on|at))(?:\s+(?:de|es|is|number|number is|el|it'?s|de contacto|mi))*\s*[.:]*\s*`

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}

/** Takes a telephone number out of the text: digits with a plus where one was written, grouped as written. */
export function takePhone(text: RemainingText): string | null {
  const spoken = text.take(
    new RegExp(
      String.raw`(?:(?<!\p{L})${phoneWord}(?:(?:el|es|is)\s+)*)?(?<!\p{L})((?:(?:${digitWord})[\s,-]+){6,}(?:${digitWord}))(?!\p{L})`,
      'iu',
    ),
  )
  if (spoken?.[1] !== undefined)
    return fold(spoken[1])
      .split(/[^a-z]+/)
      .map((word) => spokenDigits[word] ?? '')
      .join('')
  for (const match of text.text.matchAll(
    new RegExp(
      String.raw`(?:(?<!\p{L})${phoneWord})?((?:\+|00)?\(?\d(?:[ .()/-]{0,2}\d){6,16})(?!\d)`,
      'giu',
    ),
  )) {
    const [whole = '', given = ''] = match
    let number = given
    let skipped = 0
    // a postcode before the number belongs to the address
    const [, code = ''] = /^(\d{5} +)(?:\+|\d{2,3}[ .-]?\d)/.exec(number) ?? []
    if (code !== '' && digitsOf(number.slice(code.length)).length >= 9) {
      skipped = code.length
      number = number.slice(skipped)
    }
    const count = digitsOf(number).length
    const marked = whole.length > given.length
    if (count < (marked ? 7 : 8) || count > 15) continue
    // "Calle 45 # 12-30", "1234-56": a number of a house has no nine digits
    if (!marked && /[#ºª]\s*$/.test(text.text.slice(0, match.index))) continue
    const end = match.index + whole.length
    const from = skipped > 0 ? end - number.length : match.index
    text.cut(from, end)
    return number.trim().replace(/\s+/g, ' ')
  }
  return null
}

const particles = String.raw`(?:de(?: la| las| los|l)?|da|do|dos|van|von|der|y|mac|mc|d['’]|o['’]|san|santa)`
const properWord = String.raw`\p{Lu}[\p{L}'’.-]*`
const properName = String.raw`${properWord}(?:\s+(?:${particles}\s+)?${properWord}){0,4}`
/** Words that end a name written without capitals. */
const stop = String.raw`(?:y|con|mi|tel\w*|cel\w*|m[oó]vil|n[uú]mero|pago|calle|c\/|en|a|por|el|la|para|que|gracias|vivo|direcci[oó]n|and|my|phone|i|pay\w*|at|number|address|please|porfa|quiero|lo|te|me|env[ií]\w*|recoj\w*|paso|es|soy|is)`
const anyName = String.raw`(?!${stop}\b)\p{L}[\p{L}'’.-]*(?:\s+(?!${stop}\b)(?:${particles}\s+)?\p{L}[\p{L}'’.-]*){0,3}`

const sureMarkers = [
  String.raw`me llamo`,
  String.raw`mi nombre (?:completo )?(?:es|ser[ií]a)`,
  String.raw`(?:(?:va|ponlo|p[oó]ngalo|ponelo|ponla|pon|el pedido|s[ií]|ser[ií]a|es)\s+)*a nombre de`,
  String.raw`(?:el\s+)?nombre(?: es|\s*:)`,
  String.raw`(?:my\s+)?(?:full\s+)?name(?:['’]?s| is|\s*:)`,
  String.raw`(?:under|in) (?:the )?name (?:of )?`,
  String.raw`(?:cambi\p{L}*|pon\p{L}*|corrig\p{L}*|change|make|put)\s+(?:the |my |el |mi )?(?:name|nombre)\s+(?:to|a|por|as)`,
  String.raw`i['’]?m called`,
  String.raw`(?:recibe|lo recibe|la recibe|destinatari[oa](?: es|:)?|recipient(?: is|:)?|addressed to)`,
].join('|')

/** Words after "soy", "I'm" that tell no name. */
const noName =
  /^(?:el|la|un|una|de|del|nuev[oa]|client[ea]|al[eé]rgic[oa]|celiac[oa]|vegan[oa]|yo|muy|from|the|a|an|in|at|not|sure|ok|fine|good|done|here|just|looking|interested|allergic|vegan|new|happy|sorry|back|ready|paying|collecting|after|still|waiting|going|also|so|very|due[nñ]o|otr[oa]|quien|que|mayor|profesor|estudiante|student|madrile[nñ]\w*)$/i

/** A name as it is written on a parcel: "ana perez" becomes "Ana Perez". */
export function writtenName(name: string): string {
  const text = name
    .replace(/\s+/g, ' ')
    .replace(/[\s,-]+$|(?<=\p{L}{3})\.+$/gu, '')
    .trim()
    .slice(0, 80)
  if (/\p{Lu}/u.test(text) && text !== text.toUpperCase()) return text
  return text
    .toLowerCase()
    .replace(/(?<![\p{L}'’])(?!(?:de|del|la|las|los|y|da|do|van|von)(?!\p{L}))\p{L}/gu, (letter) =>
      letter.toUpperCase(),
    )
}

/** Takes a name that the words around it announce. */
export function takeName(text: RemainingText, asked: boolean): string | null {
  const sure =
    text.take(
      new RegExp(String.raw`(?<!\p{L})(?i:(?:y\s+|and\s+)?(?:${sureMarkers}))\s*:?\s*(${properName})`, 'u'),
    ) ??
    text.take(new RegExp(String.raw`(?<!\p{L})(?:y\s+|and\s+)?(?:${sureMarkers})\s*:?\s*(${anyName})`, 'iu'))
  if (sure?.[1] !== undefined) return writtenName(sure[1])
  const under = text.take(new RegExp(String.raw`(?<!\p{L})[Uu]nder\s+(${properName})`, 'u'))
  if (under?.[1] !== undefined) return writtenName(under[1])
  const weak = new RegExp(
    String.raw`(?<!\p{L})(?:[Yy]\s+|[Aa]nd\s+)?(?:[Ss]oy|[Ii]['’]?m|[Ii] am|[Tt]his is|[Ii]t['’]?s(?= \p{Lu}))\s+(${properName})`,
    'u',
  )
  const said = weak.exec(text.text)
  if (said?.[1] !== undefined && !noName.test(said[1].split(' ')[0] ?? '')) {
    text.take(weak)
    return writtenName(said[1])
  }
  if (!asked) return null
  const lower = new RegExp(
    String.raw`(?<!\p{L})(?:y\s+)?(?:soy|i['’]?m|i am|this is|es|it['’]?s)\s+(${anyName})`,
    'iu',
  )
  const low = lower.exec(text.text)
  if (low?.[1] !== undefined && !noName.test(low[1].split(' ')[0] ?? '') && isNameLike(low[1])) {
    text.take(lower)
    return writtenName(low[1])
  }
  return null
}

const notNames =
  /^(?:si|sip|no|soy|es|me|llamo|nueva|nuevo|im|its|is|vale|ok|okay|oki|claro|dale|listo|perfecto|genial|hola|buenas|buenos|gracias|thanks|thank|yes|yeah|hi|hello|hey|adios|bye|nada|nadie|que|cual|como|cuando|donde|porque|quiero|dame|ponme|una?|el|la|los|las|the|a|an|mi|my|otro|otra|eso|esto|ese|esa|este|esta|that|this|it|domicilio|casa|tienda|recoger|recojo|recogida|pickup|delivery|collect|envio|tarjeta|efectivo|bizum|please|por|favor|porfa|espera|momento|wait|luego|ahora|despues|mejor|total|precio|pedido|order|carrito|persona|human|dueno|jefe|test|prueba|asdf|qwerty|mañana|hoy|manana|tomorrow|today|sure|great|cool|fine|nothing|none|cancel|cancela|quita|pon|anade|cambia|todo|all|lunes|martes|miercoles|jueves|viernes|sabado|domingo)$/

/** Whether words could be somebody's name: letters only, speakable, and no word of a shop's talk. */
export function isNameLike(text: string): boolean {
  const words = text.trim().split(/\s+/)
  if (words.length > 5 || !/^[\p{L}][\p{L}'’. -]*$/u.test(text.trim())) return false
  return words.every((word, index) => {
    const folded = fold(word).replace(/[^a-z]/g, '')
    if (index > 0 && index < words.length - 1 && /^(?:de|del|la|las|los|el|y)$/.test(folded)) return true
    // "Vale Muñoz": a first name that is a yes by itself
    const first = folded === 'vale' && words.length > 1 && index === 0 && /^\p{Lu}/u.test(words[1] ?? '')
    if (notNames.test(folded) && !first) return false
    if (folded.length <= 2) return true
    return (
      /[aeiouy]/.test(folded) &&
      !/[^aeiouy]{5,}/.test(folded) &&
      !/(.)\1{2,}/.test(folded) &&
      !/^(?:[qwrtpsdfghjklzxcvbnm]{4}|asdf|qwer)/.test(folded)
    )
  })
}

/** Whether every word is written as a name is: with a capital, particles aside. */
export function isProperName(text: string): boolean {
  return new RegExp(String.raw`^${properName}$`, 'u').test(text.trim()) && isNameLike(text)
}

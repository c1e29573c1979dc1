/**
 * Whether a message is a yes and nothing else: what stands between a summary and an order. Strict on purpose – every
 * word must be one that agrees or is courtesy, so that a number, a product, a condition or a question is never a yes.
 */

/** Says yes without naming what. */
const agreement = `
si | sip | sipi | sisi | si si | simon | claro | claro que si | por supuesto | desde luego | como no | sin duda | sin problema
dale | dale nomas | va | vale | venga | va que va | va bien | orale | sale | sale y vale | hagale | hagamosle | de una | listo | arre | joya | barbaro | de diez | impecable | chevere | bacano | con gusto | genial asi | buenisimo
ok | oki | okis | okey | okay | okei | okidoki | de acuerdo | conforme | acepto | aprobado | afirmativo | efectivamente
correcto | correctisimo | exacto | exactamente | asi es | asi mismo | eso es | eso mismo
perfecto | perfectisimo | genial | estupendo | excelente | fenomenal | buenisimo | muy bien | esta bien | asi esta bien
esta perfecto | asi esta perfecto | esta correcto | esta ok | esta todo bien | esta todo correcto | esta todo perfecto | esta todo ok
todo bien | todo correcto | todo perfecto | todo ok | todo en orden | todo esta bien | todo esta correcto | todo esta perfecto
ahora si | ahora si que si | asi si | asi mejor | ahora esta bien | ahora esta perfecto | ahora esta correcto | si ahora si | now its right | now its perfect | now its fine
me parece bien | me parece perfecto | me parece genial | me parece correcto | por mi bien | por mi perfecto | por mi vale
adelante | proceda | procede | procedan | procedamos | hazlo | hagalo | hacelo | haganlo | trato hecho
yes | yep | yup | yeah | yea | yess | aye | sure | sure thing | for sure | of course | certainly | absolutely | definitely | indeed
go ahead | go for it | do it | please do | lets do it | let us do it | good to go | agreed | approved | affirmative | deal
ya po | ya pe | perfect | lovely | brilliant | wonderful | super | cool | great | excellent | fine | alright | all right | very good | all good | its all good | sounds good | sounds great | sounds perfect
thats all correct | thats all right | thats all fine | thats all good | that is all correct | all of it is correct | all of that is correct | esta todo muy bien
looks good | looks great | looks perfect | looks fine | looks right | looks correct | it looks good | all looks good | that looks good | that looks great
everything looks good | everything is fine | everything is correct | everythings correct | everythings fine | all correct | its correct
thats right | thats correct | thats fine | thats perfect | thats great | thats it yes | that is right | that is correct | that is fine
correct | right | exactly | works for me | that works | fine by me | fine with me | happy with that | im happy with that | i do | i agree | i accept
`

/** Names what is agreed to, so that it counts also when something else was said after the summary. */
const explicit = `
confirmo | confirmado | confirmada | confirma | confirme | confirmar | confirmalo | confirmelo | confirmamos | lo confirmo | la confirmo | te lo confirmo | se lo confirmo | te confirmo | le confirmo
confirmo el pedido | confirmo mi pedido | confirmo la orden | confirmo la compra | confirmo mi compra | confirmo todo
confirma el pedido | confirme el pedido | confirmar el pedido | confirmar pedido | pedido confirmado | confirmado el pedido
quiero confirmar | quiero confirmar el pedido | quiero confirmarlo | quiero confirmar mi pedido | puedes confirmar | puede confirmar | puedes confirmarlo | puede confirmarlo | puedes confirmar el pedido | puede confirmar el pedido
haz el pedido | haga el pedido | hace el pedido | hazme el pedido | hagame el pedido | haceme el pedido | hagan el pedido | realiza el pedido | realice el pedido | tramita el pedido | tramite el pedido
tramitalo | tramitelo | pidelo | pidalo | pedilo | haz la orden | haga la orden | cierra el pedido | cierre el pedido | cerra el pedido | cierralo
confirm | confirmed | i confirm | confirming | confirm it | i confirm it | confirm the order | confirm my order | confirm order | i confirm the order | i confirm my order | please confirm | order confirmed
place it | place the order | place my order | place order | order it | make the order | submit the order | submit my order | complete the order | complete my order
go ahead and place the order | go ahead and place it | go ahead and order | go ahead and order it | go ahead with the order | go ahead with it | proceed | proceed with the order | adelante con el pedido | procede con el pedido | proceda con el pedido | sigue con el pedido | dale al pedido
`

/** Neither agrees nor takes anything back. */
const courtesy = `
por favor | porfa | porfis | porfavor | xfa | xfavor | plis | please | pls | plz | gracias | muchas gracias | mil gracias | muchisimas gracias | gracias mil | grax | muy amable | muy amables | mil gracias de verdad
thanks | thank you | thankyou | thx | ty | tysm | cheers | ta | many thanks | thanks a lot | thank you so much | thank you very much | thanks so much | much appreciated
hola | buenas | buenos dias | buen dia | buenas tardes | buenas noches | hi | hello | hey | good morning | good afternoon | good evening | un saludo | saludos | un abrazo
amigo | amiga | senor | senora | senorita | joven | jefe | jefa | bro | che | tio | tia | parce | compa | guapa | guapo | sir | madam | maam | mate | dear | wey | guey | pana | po | pe | pe | pues | ya | asi | bueno | ah | aha | oh | eh | uy | well | then | entonces | nomas
lo quiero | i want it | i will take it | ill take it | me lo llevo | me lo quedo | quedo atento | quedo atenta
`

type Rank = 0 | 1 | 2

/** Words joined by a space → how much they say: 0 courtesy, 1 yes, 2 yes to the order by name. */
const phrases = new Map<string, Rank>()
for (const [list, rank] of [
  [courtesy, 0],
  [agreement, 1],
  [explicit, 2],
] as const) {
  for (const phrase of list.split(/[|\n]/)) {
    const key = squeeze(phrase.trim())
    if (key !== '') phrases.set(key, rank)
  }
}
const longestPhrase = Math.max(...[...phrases.keys()].map((phrase) => phrase.split(' ').length))

/** Joins two agreements ("sí y gracias"); it neither begins nor ends one. */
const joints = new Set(['y', 'and'])

const yesSigns = /[👍👌✅✔☑🆗💯]/gu
const kindSigns = /[🙏🙌😊🙂😀😃😄😁😉🤗🥰😍😘❤💚💙💜🧡💛🫶🎉👏🤝✨☺💪]|:-?\)|;-?\)|:-?d\b/giu
/** Variation selectors, joiners and skin tones. */
const invisible = /[\u{fe0e}\u{fe0f}]|\u{200d}|[\u{1f3fb}-\u{1f3ff}]|[\u{200b}\u{2060}\u{feff}]/gu
const longestMessage = 160

/** True when the whole message agrees: yes-words and courtesy, nothing else. Spanish and English, also without accents. */
export function isUnqualifiedYes(text: string): boolean {
  return rankOf(text) >= 1
}

/** True when it agrees and names the order or its confirmation ("confirmo", "place the order"). */
export function isExplicitConfirmation(text: string): boolean {
  return rankOf(text) === 2
}

function rankOf(text: string): Rank {
  if (text.length > longestMessage || /[?¿]/.test(text)) return 0
  // Tea is no pronoun: "té confirmo" may mean either.
  if (/(?<!\p{L})té(?!\p{L})/iu.test(text.normalize('NFC'))) return 0
  const bare = text.normalize('NFKC').replace(invisible, '').replace(kindSigns, ' ')
  const signs = bare.match(yesSigns)?.length ?? 0
  const words = bare
    .replace(yesSigns, ' ')
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/(?<=\p{L})['’´`](?=\p{L})/gu, '')
    .replace(/[\s.,;:!¡…\-–—~*_()"“”«»]+/gu, ' ')
    .trim()
  if (words === '') return signs > 0 ? 1 : 0
  const tokens = squeeze(words).split(' ')
  const rank = segment(tokens)
  if (rank === null) return 0
  return rank === 0 && signs > 0 ? 1 : rank
}

/** The most that a division of all words into known phrases says; null when there is none. */
function segment(tokens: readonly string[]): Rank | null {
  const best: (Rank | null)[] = [0]
  for (let end = 1; end <= tokens.length; end++) {
    let here: Rank | null = null
    for (let start = Math.max(0, end - longestPhrase); start < end; start++) {
      const before = best[start] ?? null
      const own = before === null ? null : said(tokens, start, end)
      if (before === null || own === null) continue
      const rank = before > own ? before : own
      if (here === null || rank > here) here = rank
    }
    best.push(here)
  }
  return best[tokens.length] ?? null
}

function said(tokens: readonly string[], start: number, end: number): Rank | null {
  const known = phrases.get(tokens.slice(start, end).join(' '))
  if (known !== undefined) return known
  const joins = end === start + 1 && start > 0 && end < tokens.length && joints.has(tokens[start] ?? '')
  return joins ? 0 : null
}

/** "siiii", "okkk", "yesss": repeated letters count once, in what is known too. */
function squeeze(words: string): string {
  return words.replace(/(\p{L})\1+/gu, '$1')
}

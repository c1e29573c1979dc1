import type { Fault } from './gate-check-figures.ts'
import type { Ledger } from './gate-ledger.ts'
import type { Sentence } from './gate-text.ts'

/** What presses or draws a customer and what only the shop may say: each needs words of the shop's that say it too. */
interface Pressing {
  reason: string
  forms: readonly RegExp[]
  /** A text of the shop, or of a product, that says the same. */
  shop?: RegExp
  licensed?: (ledger: Ledger) => boolean
}

const few = (ledger: Ledger) =>
  [...ledger.products.values()].some(({ stock }) =>
    stock.some(({ available }) => available !== null && available > 0 && available <= 10),
  )
const handed = (ledger: Ledger) =>
  ledger.actions.some(({ action }) => action === 'handed_over' || action === 'owner_asked')

const sentOff = ({ orders }: Ledger) =>
  orders.some(({ state }) => state === 'shipped' || state === 'delivered')
const paid = ({ orders }: Ledger) => orders.some(({ paymentState }) => paymentState !== 'unpaid')

const pressing: readonly Pressing[] = [
  {
    reason: 'order_state',
    forms: [
      /\b(?:(?:va|esta|sale|salio) (?:ya )?(?:en camino|de camino)|(?:ya )(?:te |se )?(?:lo|la|los|las) (?:despachamos|enviamos|mandamos)|(?:it's|it is|they're|is) (?:already )?on (?:its|the|their) way)\b/,
    ],
    licensed: sentOff,
  },
  {
    reason: 'payment',
    forms: [
      /\b(?:tu|su|la|el|your|the) (?:transferencia|pago|bizum|payment|transfer)\b/,
      /\b(?:ya (?:entro|llego|esta dentro)|ha (?:entrado|llegado)|todo pago|came through|has (?:arrived|cleared|landed))\b/,
    ],
    licensed: paid,
  },
  {
    reason: 'price_match',
    forms: [
      /\b(?:(?:we'll|we will|we can|i'll|i can) (?:match|beat) (?:it|that|them|any|their)|(?:te|se|le) l[oa]s? (?:igualamos|mejoramos))\b/,
    ],
  },
  {
    reason: 'lead_time',
    forms: [
      /\b(?:al momento|al instante|en el acto|(?:dentro de|en) un (?:rato|ratito|periquete)|semanita|horitas?|while you wait|on the spot|in no time)\b/,
      /\b(?:list[oa]s?|hech[oa]s?|prepar\w+|entreg\w+|done|ready|made|repair\w*|fix\w*)\b/,
    ],
    shop: /\b(?:al momento|al instante|en el acto|while you wait|on the spot)\b/,
  },
  // Of time: a price or an offer that ends.
  {
    reason: 'discount',
    forms: [
      /\b(?:solo|unicamente|only|just|valid\w*|vigente)\s(?:(?:por|para|until|till|hasta|for|durante|el|la|dia de)\s)*(?:hoy|esta (?:semana|tarde|noche)|este (?:mes|finde|fin de semana)|manana|today|tonight|tomorrow|this (?:week|weekend|month))\b/,
      /\b(?:preci\w*|price\w*|oferta|offer|deal|promo\w*|rebaj\w*|descuent\w*|discount\w*|ganga|bargain|envio|delivery)\b/,
    ],
    shop: /\b(?:solo|only|hasta el|until|valid\w*|vigente)\b/,
  },
  {
    reason: 'discount',
    forms: [
      /\b(?:preci\w*|price\w*|tarifa\w*|cost\w*|rates?)\b/,
      /\b(?:sub(?:e|en|ir[aá]?n?|iran|imos|iremos|iendo)|aument\w+|increment\w+|encarec\w+|(?:go(?:es|ing)?|will go|put) up|ris(?:e|es|ing)|increas\w+)\b/,
    ],
    shop: /\b(?:sub\w+|aument\w+|increas\w+)\b/,
  },
  {
    reason: 'discount',
    forms: [
      /\b(?:man?ana|lunes|semana que viene|next week|tomorrow|monday|pronto|soon)\b/,
      /\b(?:sube|subira|go up|goes up|going up|baja(?:ra)? de precio|will drop)\b/,
    ],
  },
  {
    reason: 'few',
    forms: [
      /\b(?:date prisa|dese prisa|daros prisa|me daria prisa|corre que|aprovecha antes|no te (?:lo|la|los|las)? ?pierdas|antes de que (?:se )?(?:agot|acab|termin|vuel)\w+|no duran (?:nada|mucho)|no durara?n? (?:nada|mucho)|no duraran?(?=\W*$)|desaparec\w+|mucha demanda|alta demanda|muy solicitad\w+|(?:me|nos) l[oa]s? quitan de las manos|quitan de las manos|(?:se|los|las) (?:estan? )?(?:vend\w+|llev\w+) (?:much\w+|rapid\w+|volando|como|en seguida|enseguida)|ultim[oa]s? (?:oportunidad|dias?|horas)|hurry|last chance|last (?:day|days|hours)|be quick|act fast|act now|don't miss|won't be around|(?:will|'ll) be gone|gone by|before (?:they|it)(?:'re|'s| are| is) gone|high demand|in demand|popular so|snapped up|hot cakes|don't hang about|while (?:stocks?|supplies) lasts?|(?:going|sell\w*|selling) (?:really |very |super )?(?:fast|quick\w*)|limited (?:time|stock|edition|availability)|tiempo limitado|edicion limitada|oferta limitada|stock limitado|other (?:people|customers?) (?:are|is) (?:looking|interested|asking)|otr[oa]s? (?:persona|client)\w* (?:l[oa] )?(?:quier|esta|interes|pregunt)\w*)\b/,
    ],
    shop: /\b(?:edicion limitada|limited)\b/,
  },
  {
    reason: 'few',
    forms: [
      /\b(?:poquit[oa]s|poquisim[oa]s|contad[oa]s unidades|agotandose|ultim[oa]s unidades|going down)\b/,
    ],
    licensed: few,
  },
  {
    reason: 'restock',
    forms: [
      /\b(?:repon(?:emos|dremos|dran|en)|reposicion|(?:nos )?(?:lleg(?:a|an|aran|ara|aremos)|entra(?:n|ran)?|vuelve[n]?|vienen) (?:\w+ )?(?:mas|otr[oa]s?|de nuevo|a entrar|a haber|stock)|recib(?:imos|iremos|ire) (?:\w+ )?(?:mas|stock|otr\w+|nuev\w+)|vuelve[n]? a (?:entrar|estar|haber)|(?:habra|tendremos|volveremos a tener|volvemos a tener) (?:\w+ )?(?:mas|stock|de nuevo|otra vez|disponib\w+)|restock\w*|back in (?:stock )?(?:on|by|next|this|in|soon|within)|more (?:stock )?(?:is |are )?(?:coming|arriving|on (?:the|its|their) way)|new (?:stock|batch|delivery) (?:is |arrives|coming|next|on)|expecting (?:more|some|a delivery|new)|getting more)\b/,
    ],
    shop: /\b(?:repon\w+|reposicion|recibimos|nos llega\w*|restock\w*|new stock|more stock)\b/,
  },
  {
    reason: 'discount',
    forms: [
      /\b(?:puntos|points|cashback|tarjeta (?:de )?(?:fidelidad|cliente|regalo)|loyalty|(?:programa|club) de (?:puntos|fidelidad|client\w+)|sorteo|giveaway|raffle|vale de|bono de|voucher for|saldo a favor|store credit|credit for next|recomiend\w+ (?:a )?(?:un|tus|a)|refer a|referral|(?:tu|su|your) (?:proxima|siguiente|next) (?:compra|pedido|order|purchase))\b/,
      /\b(?:acumul\w+|gan\w+|sum\w+|consig\w+|particip\w+|entra\w*|te dam\w+|recib\w+|earn\w*|get|win|collect|tendras|llevas|hacemos|descuent\w*|discount\w*|off|give|tienes|doy|damos|regal\w+)\b/,
    ],
    shop: /\b(?:puntos|points|cashback|fidelidad|loyalty|sorteo|vales?|tarjeta regalo|gift card|recomend\w+|refer\w*)\b/,
  },
  {
    reason: 'price_match',
    forms: [
      /\b(?:si|if|cuando|when)\b[^,.;]{0,25}\b(?:baja\w*|drops?|goes down|rebaj\w+|cheaper|mas barat\w+)\b/,
      /\b(?:abon\w+|devolv\w+|devuelv\w+|reembols\w+|diferencia|difference|refund\w*|igual\w+|match)\b/,
    ],
  },
  {
    reason: 'gift',
    forms: [
      /\b(?:de cortesia|cortesia de la casa|sin que te cueste|sin que le cueste|por (?:nuestra|mi) cuenta|(?:is|are|it's|they're|comes?) on (?:me|us|the house)|por la cara|(?:el|los) (?:envio|domicilio|despacho|gastos)[^.,;]{0,12} (?:l[oa]s? )?(?:pon(?:go|emos)|pag(?:o|amos)|asum(?:o|imos)|cubr\w+|corre\w* (?:nosotros|yo))|(?:we'll|i'll|we) (?:cover|pay|pick up|absorb|waive) (?:the |your )?(?:delivery|shipping|postage|cost|fee)|no te cobr(?:o|amos|are|aremos)|i won't charge|we won't charge|pay nothing|(?:el|la) (?:segund|tercer|siguient|otr)[oa] (?:te )?(?:sale|va|es|queda)[^.,;]{0,10}(?:gratis|regalad\w+|mitad))\b/,
    ],
    shop: /\b(?:cortesia|gratis|free|regal\w+|sin (?:coste|costo|cargo)|no charge|complimentary)\b/,
  },
  {
    reason: 'handed_over',
    forms: [
      /\b(?:owners?|manager|boss|team|colleagues?|staff|workmate|supervisor|someone|somebody|human|agent|duen[oa]s?|encargad[oa]s?|jef[ea]s?|responsables?|equipo|companer[oa]s?|taller|gerente|alguien|asesor[ae]?s?)\b/,
      /\b(?:i'll|i will|i'm going to|let me|i've|i have|is looking|are looking|will (?:be in touch|get|call|write|contact|message|reply|answer|see|sort|confirm)|'ll (?:be in touch|get|call|write|contact|message|reply|answer|sort|confirm)|going to (?:call|write|contact|message|reply)|looking into|on (?:it|the case)|dejad[oa] (?:nota|aviso|dicho|recado)|lo (?:esta|estan) (?:mirando|viendo|revisando)|(?:te|le|os|se) (?:va|van) a|(?:te|le|os|se) (?:\w+ )?(?:dira|diran|llamara|llamaran|escribira|escribiran|contestara|respondera|responderan|contactara|contactaran|atendera|confirmara|avisara|pondra|pondran)|(?:lo|la|se lo) (?:mir|pregunt|consult|coment|pas|revis)(?:o|are|amos|aremos|a)|ya (?:lo|la|se lo) (?:sabe|saben|tiene|tienen)|esta (?:al tanto|avisad\w+|informad\w+))\b/,
    ],
    licensed: handed,
  },
  {
    reason: 'handed_over',
    forms: [
      /\b(?:he|hemos|dejo|i've|i have) (?:ya )?(?:dejad[oa]|left|dejo)? ?(?:una? |a )?(?:nota|aviso|recado|note|message|mensaje)\b/,
    ],
    licensed: handed,
  },
  {
    reason: 'order_placed',
    forms: [
      /\b(?:your|the) order(?:'s| is| has been)? (?:all )?(?:set|done|sorted|in|good to go|taken care of|complete|final\w*)\b|\b(?:tu|su|el) (?:pedido|compra|orden) (?:ya )?(?:esta |queda |quedo |va )?(?:todo )?(?:list[oa]|hech[oa]|en marcha|tramitad[oa]|cerrad[oa]|resuelt[oa]|asegurad[oa])\b/,
    ],
    licensed: ({ orders }) => orders.length > 0,
  },
  {
    reason: 'claim',
    forms: [
      /\b(?:iva|igv|itbis|vat|(?:sales )?tax(?:es)?|impuestos?)\b/,
      /\b(?:inclu\w+|aparte|extra|por encima|on top|exclu\w+|sin|mas|plus|exent\w+|exempt)\b/,
    ],
    shop: /\b(?:iva|igv|itbis|vat|tax\w*|impuestos?)\b/,
    licensed: ({ sums, percents }) => percents.length > 0 || sums.some(({ role }) => role === 'tax'),
  },
  {
    reason: 'claim',
    forms: [
      /\b(?:certificad[oa]s?|certified|homologad[oa]s?|premiad[oa]s?|award[ -]winning|best ?sellers?|(?:el|la|los|las) mas vendid[oa]s?|numero uno|number one|recomendad[oa]s? por|recommended by|clinicamente|clinically|dermatologicamente|dermatologically|(?:somos|we're|we are) (?:el|la|los|las|the) (?:mas barat\w+|mas economic\w+|cheapest|lowest)|mejor precio (?:de|del|garantizado)|best price (?:in|around|guaranteed))\b/,
    ],
    shop: /\b(?:certific\w+|certified|homologad\w+|premiad\w+|award\w*|best ?seller\w*|mas vendid\w+|recomendad\w+|recommended|clinic\w+|dermatolog\w+)\b/,
  },
]

const asked =
  /\b(?:no|not|can't|cannot|don't|doesn't|isn't|aren't|won't|haven't|sin|tampoco|nunca|never|puedes|puede|podrias|you can|you could|puedo|podria|can i|quieres que|want me to|would you like|shall i|para que|so that|si (?:quieres|quiere|queres|prefier\w+|necesit\w+)|if you(?:'d| would)? (?:like|want|need|prefer)|habria que|needs? to|tiene que|tendria|deberia|should|happy to|no se si|no puedo|necesito|depende)\b/

/** Statements that press or draw a customer and that no fact and no text of the shop carries. */
export function pressingFaults(ledger: Ledger, { text, question }: Sentence): Fault[] {
  if (question) return []
  const texts = [
    ...ledger.lines.map((line) => line.text),
    ...[...ledger.products.values()].map((product) => product.text),
  ]
  return pressing.flatMap(({ reason, forms, shop, licensed }) => {
    const found = forms.map((form) => form.exec(text))
    const [first] = found
    if (first === undefined || first === null || found.includes(null)) return []
    if (
      reason !== 'few' &&
      asked.test(text.replace(/\bsin que (?:te|le) cueste\b|\bpara que (?:te|le) \w+/g, ' '))
    )
      return []
    if (licensed?.(ledger) || (shop !== undefined && texts.some((line) => shop.test(line)))) return []
    return [{ text: first[0], reason }]
  })
}

import type { CheckoutField } from '../../understanding/checkout-details.ts'

/** Words by which customers order, pay, wait or change their mind. For texts in lower case without accents. */

export const order =
  /\b(?:lo |la |te |se |ya |si,? )*confirm(?:o|ar|arlo|amos|alo|ame)\b|\b(?:quiero|quisiera|queria|voy a|vamos a|podemos|me gustaria|necesito|como (?:puedo )?|deseo|prefiero) (?:ya )?(?:pagar(?:lo|la|te|le)?|comprar(?:lo|la|los|las)|finalizar|cerrar|tramitar|terminar|encargar(?:lo|la|los|las)|pedir(?:lo|la|los|las)|hacer (?:ya )?(?:el|la|mi|este|ese) (?:pedido|compra|orden|encargo)|finalizarlo|tramitarlo)\b(?! con que\b)|\b(?:como (?:lo |la |los |las )?(?:compro|pido|encargo)|puedo pagar ya|pagar ya|pagar ahora)\b|\b(?:hacer|haz|haga|hace|hacemos|hagamos|cerrar|cierra|cierre|cerramos|cerremos|finaliz\w+|tramit\w+|proces\w+|termin\w+|realiz\w+|complet\w+) (?:ya )?(?:(?:el|la|mi|este) )?(?:pedido|compra|orden|encargo)\b|\b(?:cobrame|cobreme|cobrarme|me cobras|me cobra|me cobran|pasar por caja|pasamos por caja|proceder al pago|proceder con (?:el|la) (?:pedido|compra|pago|orden))\b|\b(?:lo|la|los|las) (?:quiero pedir|quiero comprar|pido ya|compro ya)\b|\bcheck ?out\b|\b(?:place|complete|finish|submit|process) (?:the|my|this|an) (?:order|purchase)\b|\border (?:it|them|this|that)(?: now| please)?\b|\b(?:i'?d like to|i want to|i would like to|ready to|(?<!how )can i|let me|how do i) (?:order|pay|buy)(?: (?:now|please|it|them|this|that|everything|my order))*\W*(?:$|\n)|\bi'?d like to (?:order|pay)[.,!]|\bpay now\b|\bring (?:me|it) up\b/
/** Asks how to buy what is in the cart. */
export const how =
  /\bcomo (?:hago (?:para|pa) |se hace para |puedo |podria |le hago para )?(?:(?:lo|la|los|las|te|le|os|se lo|te lo) )?(?:pago|pagar(?:te|lo|la)?|compro|comprar(?:lo|la)?|pido|pedir(?:lo|la)?|encargo|hago el pedido)\b|\bhow (?:do|can) i (?:pay|order|buy|get) (?:it|them|this|that|for (?:it|them|this|that))\b/
export const orderAlone =
  /^\W*(?:(?:quiero|vale|ok|pues|ya|listo)[\s,]+)*(?:finalizar|terminar|tramitar|pagar|comprar|confirmar|pedir|finalizo|pago ya|hacer pedido|order|pay|buy|buy now|order now)(?:[\s,]+(?:ya|por favor|porfa|gracias|please|now))*\W*$/
export const ending =
  /\b(?:eso (?:es|era|seria|sera|estaria) todo|(?:es|seria|era|sera|y ya) todo|con (?:eso|esto) (?:es suficiente|basta|me basta|esta bien|estamos|ya)|nada mas|no (?:quiero|necesito) (?:nada )?mas(?: nada)?|(?:solo|solamente|nomas|unicamente) (?:eso|esto|eso nomas)|eso nomas|ya (?:esta|estaria|es todo)\b(?! abiert| cerrad| disponib)|no mas|por (?:ahora|hoy) (?:nada mas|es todo)|asi esta bien)\b|^\W*listo\W*$|\bthat'?s (?:all|it|everything|the lot)\b|\bthat(?:'ll| will|ll) (?:be all|be it|do(?: it)?)\b|\bnothing else\b|\bjust (?:that|those|these|this)\b|\b(?:i'?m|im) (?:all set|done)\b|\ball (?:set|done)\b/
/** "¿Cuánto es todo?" asks, it ends nothing. */
export const asksAmount = /\b(?:cuanto|cuanta|cuantos|how much|what)\b/
export const taking =
  /^\W*(?:pues |vale,? |ok,? |perfecto,? |genial,? |si,? |venga,? |dale,? )*(?:(?:lo|la|los|las) (?:quiero|compro|pido)|me (?:lo|la|los|las) (?:llevo|quedo)|i(?:'ll|ll| will) (?:take|have|buy) (?:it|them|that|those))(?: (?:ya|todo|por favor|porfa|gracias|please|then|pues|entonces))*\W*$/
export const later =
  /^\W*(?:bueno |vale |ok |pues )*(?:adios|chao|chau|hasta (?:luego|manana|pronto)|nos vemos|bye|goodbye|see you)\b|\bmejor nada\b|\bdejalo estar\b|\bolvidalo\b|^\W*nada,? gracias\W*$|\bnever ?mind\b|\bforget (?:it|about it)\b|\b(?:luego|despues|mas tarde|manana|otro dia|en un rato|ahora) (?:te|le|os|les|lo|la)? ?(?:digo|confirmo|escribo|aviso|cuento|sigo|seguimos|hablamos|vuelvo|hago|veo|miro)\b|\b(?:te|le|os) (?:digo|confirmo|aviso|escribo) (?:luego|despues|mas tarde|manana|en un rato|ahora)\b|\b(?:lo|me lo|la) (?:pienso|pensare|voy a pensar|tengo que pensar|consulto|miro)\b|\b(?:dejame|deja|tengo que|voy a|quiero) (?:pensar(?:lo|melo|mela)?|consultar(?:lo)?|mirar(?:lo)?)\b|\b(?:espera|espere|esperame|un momento|un segundo|un minuto|dame un (?:momento|segundo|minuto)|ahora vuelvo|hang on|hold on|one (?:moment|sec|second|minute)|give me a (?:moment|minute|second|sec)|brb)\b|\b(?:let me|i'?ll|ill|i need to|i have to) (?:think(?: about it| it over)?|check|get back to you|come back)\b|\b(?:later|maybe tomorrow|not now|i'?ll (?:write|tell you) later)\b/
export const no =
  /^\W*(?:no+|nop|nope|nah|todavia no|aun no|not yet|no gracias|no thanks|no thank you|mejor no|no,? espera|no,? aun no|(?:todavia |aun )?no (?:lo )?confirmo(?: todavia| aun| nada)?|negativo)\W*$/

/** After "¿algo más?": that is all. */
export const enough =
  /^\W*(?:ya|eso|eso es|asi|es todo|todo|solo|ya esta|ya estoy|con eso|im good|i'm good|all good|done)\W*$/
/** Asks for what is in the cart, and so chooses how it is handed over: "¿lo puedo recoger?" */
export const choosesHow =
  /\b(?:lo|la|los|las) (?:puedo|podria|puedes|puede|podeis|pueden|podes)\b|\b(?:recoger|buscar|retirar|enviar|mandar|traer|llevar)(?:me)?l[oa]s?\b|\b(?:collect|deliver|ship|send) (?:it|them)\b|\bpick (?:it|them) up\b/

export const puzzled =
  /\bno tengo (?:telefono|movil|celular|numero|direccion)\b|\bprefiero no\b|\bno (?:te |le |os )?(?:quiero|voy a|pienso) (?:dar|decir)\w*\b|\bi (?:do not|don't) have a (?:phone|number)\b|\bi'?d rather not\b|\bno (?:te |le |os |lo )?(?:entiendo|entendi|comprendo|pillo)\b|\b(?:que (?:me )?(?:pides|pide|quieres decir|necesitas)|a que te refieres|como dices)\b|\bi (?:do not|don't|didn't) (?:understand|get it|follow)\b|\bwhat do you (?:mean|need)\b/
export const any =
  /^\W*(?:pues |no se,? |a mi )*(?:(?:me )?da (?:igual|lo mismo)|igual me da|me es (?:igual|indiferente)|cualquiera|cualquiera me (?:va|vale)|el que sea|la que sea|como (?:quieras|quiera|veas|prefieras)|lo que (?:sea|veas|prefieras)|whatever|anything|either|any of them|i don't mind|doesn't matter|you choose|no preference)\b.{0,20}$/

/** Takes back what was told. */
export const mistaken =
  /\b(?:confund\w*|equivo\w*|perdon\w*|quise decir|queria decir|sorry|wrong|i mean|i meant|mistake)\b/
export const changing =
  /\b(?:cambi\w*|modific\w*|corrig\w*|correg\w*|actualiz\w*|rectific\w*|otra|otro|equivoc\w*|esta mal|change|edit|update|wrong|different|another|correct)\b/
export const parts: readonly [CheckoutField, RegExp][] = [
  ['address', /\b(?:direccion|domicilio|calle|address)\b/],
  ['payment', /\b(?:pago|pagar|payment|pay)\b/],
  ['phone', /\b(?:telefono|movil|celular|phone|numero de (?:contacto|telefono))\b/],
  ['name', /\b(?:nombre|name)\b/],
  [
    'slot',
    /\b(?:franja|horario|hora de entrega|dia de entrega|fecha de entrega|time slot|delivery time|slot)\b/,
  ],
  ['delivery_method', /\b(?:entrega|envio|forma de entrega|metodo de entrega|recogida|delivery)\b/],
]

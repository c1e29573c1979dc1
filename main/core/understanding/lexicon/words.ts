/** Word lists that are not about intents. Folded. */

const set = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/).filter((word) => word !== ''))

/** Words without content of their own: never a product by themselves, trimmed from the edges of a product phrase. */
export const spanishStopWords = set(`
  a al ante con contra de del desde el la lo los las en entre para pa por segun sin sobre tras un una unos unas y e o u ni que si no se me te le les nos os mi mis tu tus su sus
  ese esa esos esas este esta estos estas esto eso aquel aquella aquellos aquellas aquello aqui ahi alli alla aca ello ella ellos ellas yo usted ustedes vos vosotros nosotros ti
  es son esta estan estoy eres sos soy somos era eran fue ser estar sea ha han he hay haber hace hacen hacer hago tengo tenia tiene tienen tener va van voy vas vamos ir fui
  como cuando donde cual cuales quien cuanto cuanta cuantos cuantas porque amable amables mentira mentiras miraba mirando orale porfis porfi pues entonces tambien tampoco ademas pero mas muy mucho mucha muchos muchas poco algo alguna alguno algunas algunos algun ningun ninguna nada todo toda todos todas cada otro otra otros otras mismo misma
  bien bueno buena buenos buenas mejor ya aun todavia ahora hoy manana luego despues antes siempre solo solamente asi tan tanto igual tipo cosa cosas caso vez veces favor porfa gracias
  lunes martes miercoles jueves viernes sabado sabados domingo domingos tarde noche finde uh lastima pena espero esteis escribo bring trae hola oye oiga oigan oid mira mire mirad miren disculpa disculpe disculpen disculpad perdon perdona perdone perdonad che vale ok ah eh ay uy uff jaja jajaja jajajaja jeje jejeje jajaj jaj xd xdd este osea sea digo mmm mm hmm ehm dan llegue lleguen mal vaya anda bah wow genia genio crack maja majo ah aja pueden puede puedes podeis podria podrias podrian
  quiero quisiera querer quería queria necesito gustaria puedo dime digame decime saber ver preguntar parece creo verdad cierto amigo amiga senor senora senorita joven jefe vecino vecina hermano parce bro wey guey tio tia guapa guapo reina corazon cariño carino linda
  fijese fijate fijense varios varias basicamente digamos ponele viste resulta verdad ahorita nomas pos puesto total demas etc sino osea cosita cositas cosillas porfavor maso menos persona personas paso cierto aparte digo eeh mmm ehh estaria estarian fuese pensando pensaba encantaria conviene mano
  uno unos mil cien final entonces unidad unidades pieza piezas uds ud par hijo hija esposa esposo marido mujer novia novio mama papa madre padre vieja viejo abuela abuelo hermana sobrino sobrina suegra cumple cumpleanos casa
  favorcito rato momento dia dias semana mes ano anos hijos nina nino ninos amigos vivo cerca tienda local euros euro pesos peso dinero gente cliente nuevo nueva dentro fuera hacia hasta haya hubiera sigue siguen seria serian dicho misma`)

export const englishStopWords = set(`
  a an the of for to in on at by with from and or but so if is are am was were be been being it its this that these those them they there here monday tuesday wednesday thursday friday saturday sunday morning afternoon evening weekend possible shame pity saw lol lmao haha hahaha rofl omg i im ive id ill me my mine you your yours u we us our he she his her him who what which where when why how
  do does did done dont doesnt didnt have has had havent having got get gets can could would will shall should may might must cant couldnt wouldnt wont not no yes any some anything something one ones another other else more most much many few lot lots bit all every each both
  hmm hm mmm um uh erm oops oh ooh wait hold wow basically literally honestly kinda sorta gonna wanna anyway anyways next mums moms dads yeah yep yup though perhaps whether either reckon fancy hopefully somewhere super
  please pls hi hello hey there hiya thanks thank cheers ok okay well right now then also too just only really very actually maybe perhaps about around still already again ever like want need wanted looking look know see tell ask let lets think guess sorry excuse love dear sir madam folks guys
  thing things stuff kind sort way today tomorrow later soon time day days week month year years wife husband mum mom dad daughter son friend birthday house home shop store pounds pound quid euros dollars money piece pieces as than because cause cos since while into out up off over his their im hes shes thats whats wheres hows theres`)

/** Words that make a clause about something else than the product: what follows them is not part of its name. */
export const clauseOpeners = set(
  'porque pq ya pero aunque mientras because cause cos since although though but',
)

export const colours: Readonly<Record<string, readonly string[]>> = {
  white: ['blanco', 'blanca', 'white'],
  black: ['negro', 'negra', 'black'],
  red: ['rojo', 'roja', 'colorado', 'colorada', 'red'],
  blue: ['azul', 'celeste', 'blue'],
  navy: ['marino', 'navy'],
  green: ['verde', 'green'],
  yellow: ['amarillo', 'amarilla', 'yellow'],
  grey: ['gris', 'grey', 'gray'],
  pink: ['rosa', 'rosado', 'rosada', 'pink'],
  brown: ['marron', 'cafe', 'cafes', 'brown'],
  purple: ['morado', 'morada', 'violeta', 'lila', 'purple'],
  orange: ['naranja', 'anaranjado', 'orange'],
  beige: ['beige', 'crudo', 'cruda', 'crema', 'cream', 'oat'],
  mustard: ['mostaza', 'mustard'],
  teal: ['teal', 'turquesa', 'turquoise'],
  gold: ['dorado', 'dorada', 'gold', 'golden'],
  silver: ['plateado', 'plateada', 'silver'],
}

export const sizes: Readonly<Record<string, readonly string[]>> = {
  xs: ['xs'],
  s: ['s', 'pequena', 'pequeno', 'chica', 'chico', 'small', 'chiquita', 'chiquito'],
  m: ['m', 'mediana', 'mediano', 'medium'],
  l: ['l', 'grande', 'large', 'big'],
  xl: ['xl', 'extragrande'],
  xxl: ['xxl', '2xl'],
  small: [
    'small',
    's',
    'pequena',
    'pequeno',
    'chica',
    'chico',
    'smaller',
    'smallest',
    'little',
    'chiquita',
    'chiquito',
  ],
  medium: ['medium', 'm', 'mediana', 'mediano'],
  large: ['large', 'l', 'big', 'grande', 'larger', 'largest', 'bigger', 'biggest'],
  pequena: ['pequena', 'pequeno', 'chica', 'chico', 's', 'small', 'chiquita', 'chiquito'],
  mediana: ['mediana', 'mediano', 'm', 'medium'],
  grande: ['grande', 'l', 'large', 'big'],
  pequeno: ['pequena', 'pequeno', 'chica', 'chico', 's', 'small'],
  mediano: ['mediana', 'mediano', 'm', 'medium'],
}

/** Spellings of units of measure and the one they count as. */
export const units: Readonly<Record<string, string>> = {
  g: 'g',
  gr: 'g',
  grs: 'g',
  gramo: 'g',
  gramos: 'g',
  gram: 'g',
  grams: 'g',
  kg: 'kg',
  kgs: 'kg',
  kilo: 'kg',
  kilos: 'kg',
  libra: 'lb',
  libras: 'lb',
  lb: 'lb',
  lbs: 'lb',
  ml: 'ml',
  cl: 'cl',
  l: 'l',
  lt: 'l',
  lts: 'l',
  litro: 'l',
  litros: 'l',
  litre: 'l',
  litres: 'l',
  liter: 'l',
  cm: 'cm',
  centimetros: 'cm',
  mm: 'mm',
  metro: 'm',
  metros: 'm',
  metre: 'm',
  metres: 'm',
  meter: 'm',
  meters: 'm',
  inch: 'in',
  inches: 'in',
  pulgada: 'in',
  pulgadas: 'in',
  oz: 'oz',
  ounce: 'oz',
  ounces: 'oz',
  onza: 'oz',
  onzas: 'oz',
  gallon: 'gal',
  gallons: 'gal',
  galon: 'gal',
  galones: 'gal',
  quart: 'qt',
  quarts: 'qt',
  pint: 'pt',
  pints: 'pt',
}

/** Words of the framing of a message that the typo correction must leave alone: they are words of their own. */
export const knownWords = set(`
  ecologico ecologica ecologicos ecologicas clase clases partir plaza plazas carta cartas corto corta cortos cortas largo larga vela velas taza tazas caja cajas cosa cosas casa casas mesa mesas silla bolsa bolsas bolso pulsera tinta cinta cuerda cuero barra barras torta tortas gorra gorro ropa rosa roja rojo
  table tables chair chairs board boards candle candles pot pots bowl bowls card cards cart plate plates place lamp lamps stool basket baskets glove gloves seed seeds shirt shirts short shorts shoe shoes
  mochila mochilas manta mantas falda faldas pantalon pantalones libro libros queso quesos pan panes leche miel pluma plumas reloj relojes anillo anillos collar collares aretes perro gato juego juegos banda funda fundas tarta tartas
  pesa pesas horno hornos canela caracola caracolas marco marcos cable cables pila pilas color colores sabor cuadro cuadros metro metros vaso vasos plato platos olla ollas menta mente`)

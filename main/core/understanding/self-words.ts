import type { PreferenceTopic } from './about-self.ts'

/** Sizes as people name them, with or without their noun. */
export const sizeToken =
  '(?:x{0,3}[sl]|[2-6]xl|m|\\d{1,2}(?:[.,]5| ?1/2|½)?(?:[a-d](?![a-z]))?|(?:extra )?(?:small|large)|medium|pequena|mediana|grande)'

/** What people ask a shop to leave out, or do not like; anything else after "sin" is a wish about a product. */
const foods = [
  'nueces|nuez|frutos secos|cacahuetes?|cacahuates?|mani|almendras?|avellanas?|pistachos?|anacardos?|sesamo|soja|soya',
  'gluten|trigo|lactosa|leche|lacteos|huevos?|mariscos?|pescado|azucar|sal|cafeina|alcohol|picante|chile|aji',
  'cebolla|ajo|cilantro|perejil|tomate|pepino|pimiento|queso|mayonesa|mostaza|jamon|carne|cerdo|coco|canela|anis|pasas?',
  'nuts?|peanuts?|almonds?|hazelnuts?|walnuts?|cashews?|sesame|soya?|wheat|lactose|milk|dairy|eggs?|shellfish|fish|seafood',
  'sugar|salt|caffeine|onions?|garlic|coriander|parsley|tomato(?:es)?|cucumber|peppers?|cheese|mayo(?:nnaise)?|mustard',
  'ham|meat|pork|coconut|cinnamon|raisins?|chilli|chili|spice|spicy',
].join('|')

/** Where people like their orders to be left. `casa` is an order's matter, not a habit. */
const placesEs =
  '(?:mi |la |el )?(?:oficina|trabajo|porteria|porter[oa]|conserje(?:ria)?|recepcion|vecin[oa]|tienda de al lado)'
const placesEn =
  '(?:my |the )?(?:office|work(?:place)?|reception(?: desk)?|front desk|porter|concierge|doorman|neighbou?rs?)'

const garmentEs = '(?: (?:de|en) (?:zapatos?|pantalon(?:es)?|camisas?|camisetas?|calzado|ropa))?'

interface Pattern {
  topic: PreferenceTopic
  language: 'es' | 'en'
  /** Anchored at the beginning of a clause; its group `what` is the thing itself. */
  match: RegExp
  /** How it is noted; null keeps the customer's words. */
  note: ((what: string) => string) | null
}

const opening =
  '^(?:y |pero |ah,? |por cierto,? |recuerda que |ten en cuenta que |apunta que |anota que |toma nota de que |que |yo |and |but |btw |also |remember (?:that )?|note that )*'
const often = '(?:siempre |normalmente |suelo |casi siempre )?'
const ending = '(?: por favor| porfa| porfi| plis| please| gracias| thanks)*\\W*$'

function pattern(
  topic: PreferenceTopic,
  language: 'es' | 'en',
  source: string,
  note: Pattern['note'],
): Pattern {
  return { topic, language, match: new RegExp(`${opening}${source}`, 'u'), note }
}

const upper = (what: string) => (/^(?:x*[sl]|m|\dxl|\d+.*)$/.test(what) ? what.toUpperCase() : what)

export const patterns: readonly Pattern[] = [
  pattern(
    'size',
    'es',
    `${often}(?:uso|usar|gasto|calzo|visto) ${often}(?:de )?(?:una |un |la |el )?(?:talla |talle |numero )?(?<what>${sizeToken})${garmentEs}(?: normalmente| siempre)?${ending}`,
    (what) => `talla ${upper(what)}`,
  ),
  pattern(
    'size',
    'es',
    `(?:mi (?:talla|talle|numero(?: de (?:pie|zapatos?|calzado))?) es (?:una |un |la |el )?|la (?:talla|talle) que (?:uso|llevo|gasto) es (?:una |un |la |el )?|(?:soy (?:de )?|tengo |llevo (?:siempre )?)(?:una |un |la |el )?(?:talla|talle|numero) |suelo llevar (?:una |un |la |el )?(?:talla |talle |numero )?)(?<what>${sizeToken})${garmentEs}${ending}`,
    (what) => `talla ${upper(what)}`,
  ),
  pattern(
    'size',
    'en',
    `(?:i wear|i usually wear|i always wear|i usually take|i normally wear|im usually|i am usually|my (?:shoe |dress |shirt )?size is)(?: an?)?(?: size)? (?<what>${sizeToken})(?:(?: in)? (?:shoes|shirts|trousers|pants))?${ending}`,
    (what) => `size ${upper(what)}`,
  ),
  pattern(
    'size',
    'en',
    `(?:im|i am|i take|i wear) (?:an? )?size (?<what>${sizeToken})(?:(?: in)? (?:shoes|shirts|trousers|pants))?${ending}`,
    (what) => `size ${upper(what)}`,
  ),
  pattern(
    'allergy',
    'es',
    '(?:soy (?:muy |super )?(?:alergic[oa]|intolerante)s? (?:al?|a l[ao]s?|a la) |tengo (?:mucha |una )?(?:alergia|intolerancia) (?:al?|a l[ao]s?) |(?:mi (?:hij[oa]|marido|mujer|pareja)|en casa) (?:es|somos|son) (?:muy )?(?:alergic[oa]s?|intolerantes?) (?:al?|a l[ao]s?) )(?<what>[a-z][a-z ]{2,60})',
    null,
  ),
  pattern(
    'allergy',
    'es',
    `(?:(?:soy|somos)|mi (?:hij[oa]|marido|mujer|pareja) es) (?<what>celiac[oa]s?|diabetic[oa]s?)${ending}`,
    null,
  ),
  pattern(
    'allergy',
    'en',
    '(?:im|i am|were|we are|my (?:son|daughter|wife|husband|partner) is) (?:very |severely )?(?:allergic|intolerant) to (?<what>[a-z][a-z ]{2,60})',
    null,
  ),
  pattern(
    'allergy',
    'en',
    'i have an? (?:severe )?(?<what>[a-z][a-z ]{1,40}?) (?:allergy|intolerance)\\b',
    null,
  ),
  pattern(
    'allergy',
    'en',
    `(?:(?:im|i am) (?:a )?(?<what>coeliac|celiac|diabetic|(?:lactose|gluten) intolerant)|i have (?<also>coeliac disease|celiac disease))${ending}`,
    null,
  ),
  pattern(
    'taste',
    'es',
    `(?:(?:siempre |para mi,? |a mi,? |recuerda,? )sin (?<what>(?:${foods})(?:,? (?:y|ni) (?:sin )?(?:${foods}))?)|sin (?<also>(?:${foods})(?:,? (?:y|ni) (?:sin )?(?:${foods}))?)(?: por favor| porfa| porfi| plis)+)${ending}`,
    (what) => `sin ${what}`,
  ),
  pattern(
    'taste',
    'es',
    `(?:no me gustan? (?:nada )?|no (?:puedo )?(?:como|comer|tomo|tomar) (?:nada de )?|que no (?:lleven?|tengan?) )(?:el |la |los |las )?(?<what>${foods})${ending}`,
    (what) => `sin ${what}`,
  ),
  pattern(
    'taste',
    'en',
    `(?:always (?:no|without) (?<what>(?:${foods})(?: (?:or|and) (?:${foods}))?)|(?:no|without) (?<also>(?:${foods})(?: (?:or|and) (?:${foods}))?)(?: for me)?(?: please)+)${ending}`,
    (what) => `no ${what}`,
  ),
  pattern('taste', 'es', `soy (?<what>vegan[oa]|vegetarian[oa])${ending}`, (what) => what),
  pattern('taste', 'en', `(?:im|i am) (?:an? )?(?<what>vegan|vegetarian)${ending}`, (what) => what),
  pattern('taste', 'en', `i (?:dont|do not) (?:like|eat) (?<what>${foods})${ending}`, (what) => `no ${what}`),
  pattern(
    'delivery',
    'es',
    `${often}(?:me lo )?(?:podeis |pueden |puedes )?(?:entreg|env[ie]|envi|mand|dej|lleva)[a-z]* ${often}(?:en|a|al|con|por) (?<what>${placesEs})${ending}`,
    (what) => `entregar en ${what}`,
  ),
  pattern(
    'delivery',
    'en',
    `(?:please |always |can you |could you )*(?:deliver|leave|send|drop)(?: (?:it|them|everything|my orders?))?(?: off)? (?:to|at|with|in) (?<what>${placesEn})${ending}`,
    (what) => `deliver to ${what}`,
  ),
]

/** What is to be forgotten, by what the customer calls it. */
export const forgetPatterns: readonly { match: RegExp; topic: PreferenceTopic | null }[] = [
  {
    topic: 'size',
    match:
      /\b(?:olvid\w* (?:de )?(?:lo de )?(?:mi|la|que uso la|que gasto la)|(?:borr|elimin)\w* mi) ?(?:talla|talle|numero)\b/u,
  },
  {
    topic: 'size',
    match:
      /\bforget (?:about )?(?:my|that i wear|the) ?(?:shoe )?(?:size|a size)?\b(?=.*\bsize\b|.*\bwear\b)/u,
  },
  {
    topic: 'allergy',
    match:
      /\b(?:olvid|borr|elimin|quit)\w* (?:de )?(?:lo de )?(?:mi|la|mis|las|que soy) (?:alergi|intoleranci)\w*/u,
  },
  { topic: 'allergy', match: /\bforget (?:about )?(?:my allerg\w*|my intoleranc\w*|that im allergic)/u },
  {
    topic: null,
    match:
      /\b(?:olvid|borr|elimin)\w* (?:de )?(?:todas )?(?:mis (?:preferencias|gustos)|(?:todo )?lo que (?:sabes|recuerdas|sabe|recuerda|sabeis|tienes apuntado) de mi)\b/u,
  },
  {
    topic: null,
    match: /\bforget (?:all )?(?:my preferences|(?:everything|what) you (?:know|remember) about me)\b/u,
  },
]

/** Somebody wants their data gone: that is for a person of the shop. */
export const erasePattern =
  /\b(?:(?:borr|elimin|suprim)\w*|delete|erase|remove) (?:todos |all )?(?:(?:mis|my)(?: personal)? (?:datos(?: personales)?|informacion(?: personal)?|data|information|account|details)|mi (?:informacion|cuenta)|everything you have (?:on|about) me)\b|\bderecho (?:de|a la) supresion\b|\bright to (?:be forgotten|erasure)\b/u

/** Asks whether something may be eaten: nobody here can promise that. */
export const safetyPattern =
  /\b(?:apt[oa]s?|segur[oa]s?|peligros[oa]s?|trazas|contien[e]?|lleva(?:n)?|puedo (?:comer|tomar)|me sienta|safe|suitable|traces|contains?|can i (?:eat|have)|ok for me)\b/u

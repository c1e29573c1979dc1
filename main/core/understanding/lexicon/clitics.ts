/** Orders with their pronoun written onto the verb: "agrégala", "póngamelos", "apártamela". Folded. */
const orders =
  'pon ponme pone poneme ponga pongame anade anademe anada anadame agrega agregame agregue agregueme suma sumame sume sumeme mete meteme mande mandame manda mandeme echa echame eche echeme lleva lleve apunta apuntame apunte apunteme anota anotame anote anoteme aparta apartame aparte aparteme reserva reservame reserve reserveme guarda guardame guarde guardeme prepara preparame prepare prepareme dame deme envia enviame envie envieme vende vendeme vendame'
const pronouns = ['lo', 'la', 'los', 'las']

export const ordersWithPronoun: ReadonlySet<string> = new Set(
  orders.split(' ').flatMap((verb) => pronouns.map((pronoun) => `${verb}${pronoun}`)),
)

/** What customers read when something is asked of the owner; part of the texts of each language. */

export const cardTextKeys = [
  'ask_owner_product',
  'ask_owner_product_unnamed',
  'ask_owner_question',
  'ask_owner_waiting',
  'ask_owner_known',
  'ask_owner_known_product',
  'meanwhile_categories',
  'meanwhile_products',
  'card_answer',
  'card_no_answer',
  'card_late',
] as const

type CardTexts = Readonly<Record<(typeof cardTextKeys)[number], readonly string[]>>

export const cardSpanish: CardTexts = {
  ask_owner_product: [
    'No encuentro «{query}» en la tienda. Lo consulto con el equipo y [te|le|te] digo por aquí.',
    'Ahora mismo no encuentro «{query}» en la tienda, pero lo consulto con el equipo y [te|le|te] digo por aquí.',
  ],
  ask_owner_product_unnamed: [
    'Eso no lo encuentro en la tienda. Lo consulto con el equipo y [te|le|te] digo por aquí.',
  ],
  ask_owner_question: [
    'Ese dato no lo sé seguro: lo consulto con el equipo y [te|le|te] digo por aquí.',
    'Eso no lo tengo claro. Lo consulto con el equipo y en cuanto lo sepa [te|le|te] digo por aquí.',
  ],
  ask_owner_waiting: [
    'Sigo pendiente de lo que me diga el equipo; en cuanto lo sepa, [te|le|te] escribo por aquí.',
  ],
  ask_owner_known: ['Eso ya lo consulté:\n{answer}', 'Ya lo había consultado:\n{answer}'],
  ask_owner_known_product: ['Eso ya lo consulté: sí, está en la tienda.'],
  meanwhile_categories: [
    'Mientras, lo que sí hay: {categories}. ¿[Te|Le|Te] enseño algo de eso?',
    'Mientras tanto puedo enseñar[te|le|te] {categories}. ¿Miramos algo?',
  ],
  meanwhile_products: [
    'Mientras, esto es lo más parecido que hay:',
    'Mientras tanto, lo más cercano que tenemos:',
  ],
  card_answer: [
    '¡Ya lo consulté! Sobre «{subject}»:\n{answer}',
    'Ya tengo respuesta sobre «{subject}»:\n{answer}',
  ],
  card_no_answer: [
    'Sobre «{subject}»: lo he consultado y no [te|le|te] podemos ayudar con eso, lo siento. Si [necesitas|necesita|necesitás] otra cosa, aquí estoy.',
  ],
  card_late: [
    'Sobre «{subject}»: todavía espero la respuesta del equipo. No me olvido; en cuanto la tenga [te|le|te] escribo por aquí. ¡Gracias por la paciencia!',
  ],
}

export const cardEnglish: CardTexts = {
  ask_owner_product: [
    "I can't find “{query}” in the shop. I'll check with the team and tell you here.",
    "I can't find “{query}” in the shop right now, but let me check with the team: I'll tell you here.",
  ],
  ask_owner_product_unnamed: ["I can't find that in the shop. I'll check with the team and tell you here."],
  ask_owner_question: [
    "I don't know that for sure: let me check with the team and I'll tell you here.",
    "I'm not certain about that. I'll check with the team and tell you here as soon as I know.",
  ],
  ask_owner_waiting: ["I'm still waiting for the team on that; I'll write to you here as soon as I know."],
  ask_owner_known: ["I've checked that before:\n{answer}", 'I already asked about that:\n{answer}'],
  ask_owner_known_product: ["I've checked that before: yes, it is in the shop."],
  meanwhile_categories: [
    'Meanwhile, what we do have: {categories}. Shall I show you some of that?',
    'In the meantime I can show you {categories}. Shall we take a look?',
  ],
  meanwhile_products: [
    'Meanwhile, this is the closest we have:',
    'In the meantime, here is the nearest thing we have:',
  ],
  card_answer: [
    "I've checked! About “{subject}”:\n{answer}",
    'I have an answer about “{subject}”:\n{answer}',
  ],
  card_no_answer: [
    "About “{subject}”: I've checked and I'm afraid we can't help with that. If you need anything else, I'm here.",
  ],
  card_late: [
    "About “{subject}”: I'm still waiting to hear from the team. I haven't forgotten; I'll write to you here as soon as I know. Thanks for your patience!",
  ],
}

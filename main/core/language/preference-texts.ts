/** What customers read when something of them is remembered or forgotten; part of the texts of each language. */

export const preferenceTextKeys = [
  'preference_noted',
  'preference_known',
  'preference_allergy',
  'preference_safety',
  'preference_forgotten',
  'preference_nothing',
  'preference_erase',
  'preference_size_offer',
  'contact_noted',
] as const

type PreferenceTexts = Readonly<Record<(typeof preferenceTextKeys)[number], readonly string[]>>

export const preferenceSpanish: PreferenceTexts = {
  preference_noted: ['Me lo apunto: {text}.', 'Lo tendré en cuenta: {text}.'],
  preference_known: ['Sí, eso ya lo sabía.', 'Eso ya lo tenía presente.'],
  preference_allergy: [
    'Gracias por avisar, tendré presente esa alergia. Eso sí: no puedo asegurar que algo sea apto para [ti|usted|vos], así que [revisa|revise|revisá] siempre los ingredientes. ¿[Quieres|Quiere|Querés] que avise a una persona de la tienda?',
  ],
  preference_safety: [
    'No puedo asegurar que algo sea apto para una alergia: [revisa|revise|revisá] siempre los ingredientes, y si [tienes|tiene|tenés] dudas aviso a una persona de la tienda. ¿[Quieres|Quiere|Querés] que la avise?',
  ],
  preference_forgotten: ['Listo, ya no me acuerdo de eso.', 'Entendido: eso ya no lo recuerdo.'],
  preference_nothing: ['No tenía nada apuntado sobre eso.'],
  preference_erase: [
    'De acuerdo: se lo paso a una persona de la tienda, que se encarga de borrar [tus|sus|tus] datos.',
  ],
  contact_noted: ['Gracias, me lo apunto.', 'Perfecto, ya lo tengo.'],
  preference_size_offer: [
    'La última vez me [dijiste|dijo|dijiste] que [usas|usa|usás] la {size}: ¿[te|le|te] va bien en {title}?',
    'Como [usas|usa|usás] la {size}, ¿[te|le|te] va bien en {title}?',
  ],
}

export const preferenceEnglish: PreferenceTexts = {
  preference_noted: ["I'll remember that: {text}.", "I'll keep it in mind: {text}."],
  preference_known: ['Yes, I remember that.', 'I already had that in mind.'],
  preference_allergy: [
    "Thanks for telling me, I'll keep that allergy in mind. I can't promise that anything is suitable for you, though, so please always check the ingredients. Shall I ask somebody of the shop?",
  ],
  preference_safety: [
    "I can't promise that anything is suitable for an allergy: please always check the ingredients, and if in doubt I can ask somebody of the shop. Shall I?",
  ],
  preference_forgotten: ["All right, I don't remember that any more.", "OK, that's forgotten."],
  preference_nothing: ['I had nothing noted about that.'],
  preference_erase: [
    'All right: I am passing that on to somebody of the shop, who takes care of deleting your data.',
  ],
  contact_noted: ["Thanks, I've noted that.", 'Thank you, I have that now.'],
  preference_size_offer: [
    'You told me that you wear {size}: is {title} all right?',
    'As you wear {size}, is {title} all right?',
  ],
}

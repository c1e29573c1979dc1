import type { Language } from '../engines/engine.ts'

/** What customers read because an assistant serves them. The same for every form of address. */

/** How the first reply says what answers, where the owner has no words of their own. */
export function usualDisclosure(language: Language, shop: string): string {
  return language === 'es'
    ? `Contesta el asistente automático de ${shop}. Para hablar con una persona basta con pedirlo; para no recibir respuestas automáticas, basta con escribir BAJA.`
    : `This is the automatic assistant of ${shop}. To talk to a person, just ask; to get no automatic replies, just write STOP.`
}

/** The customer asked not to be answered automatically: said once. */
export function optedOutNotice(language: Language): string {
  return language === 'es'
    ? 'De acuerdo: aquí no habrá más respuestas automáticas. Para volver a recibirlas, basta con escribir ALTA.'
    : 'All right: there will be no more automatic replies here. To get them again, just write START.'
}

export function welcomeBack(language: Language): string {
  return language === 'es'
    ? 'Las respuestas automáticas vuelven a estar activas. ¿En qué puedo ayudar?'
    : 'Automatic replies are on again. How can I help?'
}

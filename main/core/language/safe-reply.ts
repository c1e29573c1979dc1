import type { FormOfAddress, Language } from '../engines/engine.ts'

/** What a customer reads when nothing else can be said safely. Holds no figure, no product and no promise. */
export function safeReply(language: Language, formOfAddress: FormOfAddress | null): string {
  if (language === 'en')
    return 'Sorry, I need a moment with this one. Somebody from the shop will write to you here.'
  if (formOfAddress === 'usted')
    return 'Disculpe, necesito un momento con esto. Una persona de la tienda le escribirá por aquí.'
  return 'Perdona, necesito un momento con esto. Una persona de la tienda te escribirá por aquí.'
}

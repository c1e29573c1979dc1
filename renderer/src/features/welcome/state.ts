import type { NewShop } from '../../../../preload/contract/index.ts'

/** The demo shop speaks the desk's language; it sells in euros or pounds accordingly. */
export function demoShop(language: 'es' | 'en'): NewShop {
  return language === 'es'
    ? {
        name: 'La Alacena de Lola',
        currency: 'EUR',
        locale: 'es-ES',
        country: 'ES',
        timeZone: 'Europe/Madrid',
        pricesIncludeTax: true,
        demo: true,
      }
    : {
        name: 'Lola’s Larder',
        currency: 'GBP',
        locale: 'en-GB',
        country: 'GB',
        timeZone: 'Europe/London',
        pricesIncludeTax: true,
        demo: true,
      }
}

import { expect, it } from 'vitest'
import { countries, likelyCountry } from './countries.ts'

it('knows only what this runtime knows', () => {
  const currencies = Intl.supportedValuesOf('currency')
  for (const { code, currency, locale, timeZone } of countries) {
    expect(currencies, code).toContain(currency)
    expect(Intl.NumberFormat.supportedLocalesOf(locale), code).toEqual([locale])
    expect(() => new Intl.DateTimeFormat('en', { timeZone }), code).not.toThrow()
  }
  expect(new Set(countries.map((country) => country.code)).size).toBe(countries.length)
})

it('guesses the country from zone, region, language', () => {
  expect(likelyCountry(['es-ES'], 'America/Bogota', 'es').code).toBe('CO')
  expect(likelyCountry(['en-GB', 'en'], 'UTC', 'en').code).toBe('GB')
  expect(likelyCountry(['es'], 'UTC', 'es').code).toBe('ES')
  expect(likelyCountry([], 'UTC', 'en').code).toBe('US')
})

/** What follows from a shop's country. Currencies by ISO 4217, locales by CLDR, time zones by IANA (the capital's). */
export interface Country {
  code: string
  currency: string
  locale: string
  timeZone: string
}

const rows: readonly (readonly [code: string, currency: string, language: string, timeZone: string])[] = [
  ['ES', 'EUR', 'es', 'Europe/Madrid'],
  ['MX', 'MXN', 'es', 'America/Mexico_City'],
  ['CO', 'COP', 'es', 'America/Bogota'],
  ['AR', 'ARS', 'es', 'America/Argentina/Buenos_Aires'],
  ['CL', 'CLP', 'es', 'America/Santiago'],
  ['PE', 'PEN', 'es', 'America/Lima'],
  ['EC', 'USD', 'es', 'America/Guayaquil'],
  ['UY', 'UYU', 'es', 'America/Montevideo'],
  ['PY', 'PYG', 'es', 'America/Asuncion'],
  ['BO', 'BOB', 'es', 'America/La_Paz'],
  ['VE', 'VES', 'es', 'America/Caracas'],
  ['CR', 'CRC', 'es', 'America/Costa_Rica'],
  ['PA', 'USD', 'es', 'America/Panama'],
  ['GT', 'GTQ', 'es', 'America/Guatemala'],
  ['HN', 'HNL', 'es', 'America/Tegucigalpa'],
  ['SV', 'USD', 'es', 'America/El_Salvador'],
  ['NI', 'NIO', 'es', 'America/Managua'],
  ['DO', 'DOP', 'es', 'America/Santo_Domingo'],
  ['PR', 'USD', 'es', 'America/Puerto_Rico'],
  ['US', 'USD', 'en', 'America/New_York'],
  ['GB', 'GBP', 'en', 'Europe/London'],
  ['IE', 'EUR', 'en', 'Europe/Dublin'],
  ['CA', 'CAD', 'en', 'America/Toronto'],
  ['AU', 'AUD', 'en', 'Australia/Sydney'],
  ['NZ', 'NZD', 'en', 'Pacific/Auckland'],
  ['ZA', 'ZAR', 'en', 'Africa/Johannesburg'],
  ['IN', 'INR', 'en', 'Asia/Kolkata'],
]

export const countries: readonly Country[] = rows.map(([code, currency, language, timeZone]) => ({
  code,
  currency,
  locale: `${language}-${code}`,
  timeZone,
}))

/** The country that the browser's region or time zone points to; Spain or the United States by language otherwise. */
export function likelyCountry(tags: readonly string[], timeZone: string, language: 'es' | 'en'): Country {
  const byZone = countries.find((country) => country.timeZone === timeZone)
  const regions = tags.flatMap((tag) => /-([A-Z]{2})\b/.exec(tag)?.[1] ?? [])
  const byRegion = countries.find((country) => regions.includes(country.code))
  const fallback = countries.find((country) => country.code === (language === 'es' ? 'ES' : 'US'))
  const found = byZone ?? byRegion ?? fallback
  if (found === undefined) throw new Error('the list of countries is empty')
  return found
}

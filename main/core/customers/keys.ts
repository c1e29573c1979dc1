import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { fold } from '../understanding/normalise.ts'

/** Fewer digits than this are no phone that could tell two people apart. */
const fewestDigits = 6

/**
 * Digits of a phone with its country's code, the same however it was typed. A number without a code is one of the
 * shop's country. What no country knows keeps its own digits; null when it is too short to be a phone.
 */
export function phoneKey(phone: string | null, country: string): string | null {
  if (phone === null) return null
  const home = country.toUpperCase()
  const parsed = parsePhoneNumberFromString(phone, isCountry(home) ? home : undefined)
  const digits = parsed?.isPossible() === true ? parsed.number.slice(1) : phone.replace(/\D/g, '')
  if (digits.length < fewestDigits) return null
  // Mexico's mobiles lost the 1 after the country code in 2019; messengers still send it.
  return /^521\d{10}$/.test(digits) ? `52${digits.slice(3)}` : digits
}

/** An e-mail as it is compared; null when it has no address in it. */
export function emailKey(email: string | null): string | null {
  const folded = (email ?? '').normalize('NFC').trim().toLowerCase()
  return /^[^\s@]+@[^\s@]+$/.test(folded) ? folded : null
}

/** Letters and digits of a national id, upper case; null when nothing is left to compare. */
export function nationalIdKey(nationalId: string | null): string | null {
  const key = (nationalId ?? '')
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase()
  return key.length < 4 ? null : key
}

/** A person's name as two of them are compared. */
export function nameKey(name: string): string {
  return words(name)
}

/** Everything a customer is found by, folded; the parts are kept apart by `|`. */
export function searchTextOf(
  parts: {
    names: readonly string[]
    phones: readonly string[]
    emails: readonly string[]
    nationalIds: readonly string[]
  },
  country: string,
): string {
  const phones = parts.phones.flatMap((phone) => [phoneKey(phone, country) ?? '', phone.replace(/\D/g, '')])
  const folded = [...parts.names, ...parts.emails, ...parts.nationalIds].map(words)
  const ids = parts.nationalIds.map((id) => (nationalIdKey(id) ?? '').toLowerCase())
  return [...new Set([...folded, ...ids, ...phones])].filter((part) => part !== '').join('|')
}

/** What is looked for: each of its words, or all of it without blanks, must be in the search text. */
export function searchTerms(text: string): { words: string[]; compact: string } {
  const folded = words(text)
  const compact = folded.replaceAll(' ', '')
  return {
    words: folded === '' ? [] : folded.split(' ').slice(0, 8),
    compact: /^00\d{6,}$/.test(compact) ? compact.slice(2) : compact,
  }
}

function words(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

function isCountry(code: string): code is CountryCode {
  return isSupportedCountry(code)
}

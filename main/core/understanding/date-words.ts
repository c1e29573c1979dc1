/** Pieces of the patterns by which dates are read. Texts are folded: lower case, no accents. */

const months = [
  'ene(?:ro)?|jan(?:uary)?',
  'feb(?:rero|ruary)?',
  'mar(?:zo|ch)?',
  'abr(?:il)?|apr(?:il)?',
  'mayo?',
  'jun(?:io|e)?',
  'jul(?:io|y)?',
  'ago(?:sto)?|aug(?:ust)?',
  'sep(?:t(?:iembre|ember)?|tiembre)?|setiembre',
  'oct(?:ubre|ober)?',
  'nov(?:iembre|ember)?',
  'dic(?:iembre)?|dec(?:ember)?',
]
export const month = `(?:${months.join('|')})`
export const fullMonth =
  '(?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|sep?tiembre|octubre|noviembre|diciembre|january|february|april|june|july|august|september|october|november|december)'
export const dayNames = [
  'lunes|monday',
  'martes|tuesday',
  'miercoles|wednesday',
  'jueves|thursday',
  'viernes|friday',
  'sabado|saturday',
  'domingo|sunday',
]
export const weekday = `(?:${dayNames.join('|')})`
/** A weekday told before a date belongs to it. */
export const lead = String.raw`(?:\b${weekday},?\s+(?:(?:dia|the)\s+)?)?`
export const day = String.raw`(\d{1,2})(?:st|nd|rd|th|o|º|ª)?`
export const year = String.raw`(?:,?\s+(?:de\s+|del\s+|of\s+)?(\d{4}))?`
export const daysBefore = String.raw`((?:\d{1,2}(?:st|nd|rd|th)?\s*(?:,|\s(?:y|e|o|and|or))\s*(?:el\s+|the\s+)?)*)`

/** A number that is a time, an amount or a measure is no day. */
export const noDay = String.raw`(?!\d|\s*(?:[:.,]\d|%|[€$£]|h\b|hs\b|hrs?\b|horas?\b|am\b|pm\b|a\.m|p\.m|minutos?\b|min\b|euros?\b|pesos?\b|dias?\b|days?\b|unidad|cm\b|kg\b|g\b|ml\b|o'clock|personas?\b|people\b|/))`

/** 1 is January; 0 for what is no month. */
export function monthNumber(name: string): number {
  return months.findIndex((pattern) => new RegExp(`^(?:${pattern})$`).test(name)) + 1
}

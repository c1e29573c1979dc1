/** Check digits of documents and accounts: what fails them is rather an order number. */

export function isDni(text: string): boolean {
  const signs = text.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase()
  const match = /^([XYZ]?\d{7,8})([A-Z])$/.exec(signs)
  if (match?.[1] === undefined) return false
  const number = Number(match[1].replace(/^X/, '0').replace(/^Y/, '1').replace(/^Z/, '2'))
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[number % 23] === match[2]
}

export function isIban(text: string): boolean {
  const signs = text.replace(/[ -]/g, '').toUpperCase()
  if (signs.length < 15 || signs.length > 34) return false
  let rest = 0
  for (const sign of signs.slice(4) + signs.slice(0, 4))
    for (const digit of String(Number.parseInt(sign, 36))) rest = (rest * 10 + Number(digit)) % 97
  return rest === 1
}

/** Luhn, and a length and first digit that cards have. */
export function isCard(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  if (!/^(?:3[4-7]\d{13}|3(?:0|8)\d{12}|[2456]\d{15}|6\d{17,18})$/.test(digits)) return false
  let sum = 0
  for (const [index, sign] of [...digits].reverse().entries()) {
    const digit = Number(sign)
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** Mexico's account numbers of 18 digits. */
export function isClabe(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  if (digits.length !== 18) return false
  const sum = [...digits.slice(0, 17)].reduce(
    (total, digit, at) => total + ((Number(digit) * ([3, 7, 1][at % 3] ?? 1)) % 10),
    0,
  )
  return (10 - (sum % 10)) % 10 === Number(digits[17])
}

/** Argentina's tax number. */
export function isCuit(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  if (digits.length !== 11) return false
  const weights = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
  const check = (11 - (sum % 11)) % 11
  return (check === 10 ? 9 : check) === Number(digits[10])
}

/** Chile's number of persons and firms. */
export function isRut(text: string): boolean {
  const [body = '', check = ''] = text.replace(/\./g, '').toUpperCase().split('-')
  let sum = 0
  for (const [index, digit] of [...body].reverse().entries()) sum += Number(digit) * ((index % 6) + 2)
  const rest = 11 - (sum % 11)
  return check === (rest === 11 ? '0' : rest === 10 ? 'K' : String(rest))
}

export function isSsn(text: string): boolean {
  const [area = '', group = '', serial = ''] = text.split('-')
  return area !== '000' && area !== '666' && !area.startsWith('9') && group !== '00' && serial !== '0000'
}

/** Mexico's tax number carries a date of birth. */
export function isRfcDate(text: string): boolean {
  const [, month, day] = /\d{2}(\d{2})(\d{2})/.exec(text) ?? []
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31
}

/** A barcode. */
export function isEan13(text: string): boolean {
  if (!/^\d{13}$/.test(text)) return false
  const sum = [...text.slice(0, 12)].reduce(
    (total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3),
    0,
  )
  return (10 - (sum % 10)) % 10 === Number(text[12])
}

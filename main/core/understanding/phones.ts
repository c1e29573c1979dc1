/** Digits in groups, or eight and more in one: a phone or an account, never an amount. Thirteen in one are a barcode. */
const grouped = /(?<![\d.,-])\+?\(?\d{1,4}\)?(?:[ .-]\(?\d{2,6}\)?){1,5}(?![\d]|[.,]\d|\s?[€$£%])/g
const single = /(?<![\d.,-])\+?\d{8,12}(?!\d|[.,]\d|\s?[€$£%])/g
const introduced =
  /\b(?:tel|tlf|telf|telefono|teléfono|cel|celular|movil|móvil|whatsapp|wsp|phone|mobile|cell)\b[^\d+\n]{0,12}(\+?[\d][\d ().-]{5,18}\d)/giu

const date = /^(?:\d{4}[-.]\d{1,2}[-.]\d{1,2}|\d{1,2}[-.]\d{1,2}[-.]\d{4})$/

/** The text with its phone numbers blanked out, every other character in its place. */
export function withoutPhones(text: string): string {
  const blank = (match: string) => ' '.repeat(match.length)
  const phone = (match: string) =>
    match.replace(/\D/g, '').length >= 8 && !date.test(match) ? blank(match) : match
  return text
    .replace(introduced, (match: string, number: string) => match.slice(0, -number.length) + blank(number))
    .replace(grouped, phone)
    .replace(single, blank)
}

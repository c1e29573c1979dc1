import { currencyDigits, toMajorUnits } from '../money/money.ts'

/** Turns stored values into what a person reads in a file: the shop's currency, the shop's local time. */
export class CellFormat {
  readonly digits: number
  readonly #currency: string
  readonly #decimal: string
  readonly #local: Intl.DateTimeFormat

  constructor(currency: string, timeZone: string, decimal: '.' | ',') {
    this.digits = currencyDigits(currency)
    this.#currency = currency
    this.#decimal = decimal
    // This locale writes `2026-11-21 16:05`.
    this.#local = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
  }

  /** In major units, with as many digits as the currency has. */
  amount(minor: number): string {
    return toMajorUnits(minor, this.#currency).toFixed(this.digits).replace('.', this.#decimal)
  }

  amountNumber(minor: number): number {
    return toMajorUnits(minor, this.#currency)
  }

  /** Local wall time: `2026-11-21 16:05:00`. */
  local(instant: string): string {
    return this.#local.format(new Date(instant))
  }
}

/** Days since 1899-12-30, as spreadsheets count, of a local `YYYY-MM-DD` with or without ` HH:MM:SS`. */
export function serialDate(local: string): number {
  const time = Date.parse(`${local.replace(' ', 'T')}${local.length > 10 ? 'Z' : 'T00:00:00Z'}`)
  return (time - Date.UTC(1899, 11, 30)) / 86_400_000
}

/**
 * Text that a spreadsheet would run as a formula gets an apostrophe before it. Only for files without types (CSV): there
 * a cell is what its first character makes of it.
 */
export function neutralised(text: string): string {
  return /^[\t\r\n]|^\s*[=+\-@＝＋－＠]/.test(text) ? `'${text}` : text
}

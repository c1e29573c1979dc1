import { DomainError } from '../core/errors.ts'

/** Millionths of a number as a person writes it, `0.27` or `0,27`. @throws DomainError `input.invalid {field}` */
export function readMillionths(text: string, field: string): number {
  const match = /^(\d{1,9})(?:[.,](\d{1,6}))?$/.exec(text.trim())
  if (match === null) throw new DomainError('input.invalid', { field, issue: 'amount' })
  return Number(match[1]) * 1_000_000 + Number((match[2] ?? '').padEnd(6, '0'))
}

/** Millionths as a number that people read: small costs keep their digits. */
export function costText(micros: number): string {
  const whole = Math.floor(micros / 1_000_000)
  const rest = String(micros % 1_000_000).padStart(6, '0')
  return `${whole}.${rest.slice(0, 2)}${rest.slice(2).replace(/0+$/, '')}`
}

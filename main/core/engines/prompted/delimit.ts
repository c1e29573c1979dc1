/**
 * Marks data in a prompt. Nothing inside can close the mark or open another: an angle bracket becomes a look-alike that
 * no mark begins with, and control characters (which some chat templates use) are left out.
 */
export function delimited(tag: DataTag, text: string, attributes: Record<string, string> = {}): string {
  const given = Object.entries(attributes).map(
    ([name, value]) => ` ${name}="${dataText(value).replace(/["\n]/g, "'")}"`,
  )
  return `<${tag}${given.join('')}>\n${dataText(text)}\n</${tag}>`
}

export type DataTag = 'customer_message' | 'context' | 'shop' | 'draft_check' | 'conversation'

export const dataTags: readonly DataTag[] = [
  'customer_message',
  'context',
  'shop',
  'draft_check',
  'conversation',
]

/** Text of customers, catalogs and files as it may stand in a prompt. */
export function dataText(text: string): string {
  return text.replace(controls, '').replace(/</g, '‹').replace(/>/g, '›')
}

/** Controls but line feed and tab, and marks that nobody sees; the joiner of emoji stays. */
const controls = /(?![\n\t\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu

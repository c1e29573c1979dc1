import { compile } from 'html-to-text'

/** Descriptions longer than this are cut: a chat never shows more, and hostile markup gets no time. In characters. */
const longestDescription = 20_000
/** Of a longer description only this much is read, so that no markup holds the loop. In characters. */
const longestMarkup = 40_000

const convert = compile({
  wordwrap: false,
  limits: { maxInputLength: longestMarkup + 10_000, maxDepth: 40, ellipsis: '' },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'noscript', format: 'skip' },
    { selector: 'template', format: 'skip' },
    { selector: 'iframe', format: 'skip' },
    { selector: 'svg', format: 'skip' },
    { selector: 'ul', options: { itemPrefix: '- ' } },
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
    ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
  ],
})

const looksLikeHtml = /<\/?[a-z][^<>]*>|<!--|&(?:[a-z]{2,31}|#\d{1,7}|#x[\da-f]{1,6});/i

/**
 * Plain text of a description: paragraphs and list items as lines, no scripts, styles, comments or control
 * characters. Text without markup keeps its line breaks and its `<` and `&` signs.
 */
export function htmlToText(source: string): string {
  const cut = source.slice(0, longestMarkup)
  const text = looksLikeHtml.test(cut) ? convert(keepLineBreaks(cut)) : cut
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/[^\P{Cc}\n\t]|[\u200b\u2060\ufeff]/gu, '')
    .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
    .replace(/[ \t]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, longestDescription)
}

/** Exports that write text with entities but no tags keep their line breaks; WooCommerce writes them as `\n`. */
function keepLineBreaks(source: string): string {
  const text = source.replaceAll('\\n', '\n')
  return /<(?:p|br|div|li|ul|ol|table|h[1-6])\b/i.test(text) ? text : text.replace(/\r?\n/g, '<br>')
}

/** A name without markup, formula quotes (`="x"`), entities, line breaks or doubled spaces. */
export function nameText(source: string): string {
  const plain = source.trim().replace(/^="([^"]*)"$/u, '$1')
  const text = looksLikeHtml.test(plain.slice(0, 2000)) ? htmlToText(plain) : plain
  return text.replace(/[\p{Cc}\s\u200b\ufeff]+/gu, ' ').trim()
}

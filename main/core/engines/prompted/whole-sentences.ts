/** The whole sentences at the beginning of an answer that was cut off; '' where there is none. */
export function wholeSentences(text: string): string {
  return /^[\s\S]*(?:[.!?…](?=\s|$)|\n)/.exec(text)?.[0].trimEnd() ?? ''
}

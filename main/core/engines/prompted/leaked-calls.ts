/**
 * Calls that a model wrote as text, because its template has another form for them: `<tool_call>{"name": …}</tool_call>`
 * or a bare `{"name": "search_products", "arguments": {…}}` that is the whole answer. Only names that exist count.
 */
export function leakedCalls(text: string, tools: readonly string[]): { name: string; arguments: string }[] {
  const answer = text.replace(/<think>[\s\S]*?<\/think>/gi, '').trim()
  const blocks = [...answer.matchAll(/<tool_call>([\s\S]*?)(?:<\/tool_call>|$)/gi)].map(
    ([, one]) => one ?? '',
  )
  const bare = answer
    .replace(/^```(?:json|tool_call)?\s*\n?/i, '')
    .replace(/\n?```$/, '')
    .trim()
  const sources = blocks.length > 0 ? blocks : /^[[{]/.test(bare) ? [bare] : []
  return sources.flatMap((source) => callsIn(source, tools))
}

function callsIn(source: string, tools: readonly string[]): { name: string; arguments: string }[] {
  let value: unknown
  try {
    value = JSON.parse(source)
  } catch {
    return []
  }
  return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => {
    if (one === null || typeof one !== 'object') return []
    // An object that was just parsed: every field of it may be anything.
    const fields = one as Record<string, unknown>
    const name = fields.name ?? fields.tool ?? fields.function
    const given = fields.arguments ?? fields.parameters ?? {}
    if (typeof name !== 'string' || !tools.includes(name)) return []
    return [{ name, arguments: typeof given === 'string' ? given : JSON.stringify(given) }]
  })
}

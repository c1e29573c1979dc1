/** Names that Windows keeps for devices, with any ending. */
const devices = /^(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)/i
const longest = 150

/** A name for a file on any system, whatever a page says: one part, no sign that a path or a terminal reads. */
export function safeFileName(name: string): string {
  const last = name.replaceAll('\\', '/').split('/').at(-1) ?? ''
  const clean = last
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
    .replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/[<>:"|?*]/g, '_')
    .replace(/^[.\s]+|[.\s]+$/g, '')
  const short = cut(clean)
  if (short === '') return 'mostrador'
  return devices.test(short) ? `_${short}` : short
}

/** The ending stays: it says what the file is. */
function cut(name: string): string {
  if (name.length <= longest) return name
  const at = name.lastIndexOf('.')
  const ending = at > 0 && name.length - at <= 10 ? name.slice(at) : ''
  return name.slice(0, longest - ending.length) + ending
}

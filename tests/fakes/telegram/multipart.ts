/** One part of a multipart body. */
export interface Part {
  name: string
  fileName: string | null
  content: Buffer
}

/** Takes a whole multipart/form-data body apart. */
export function parseMultipart(body: Buffer, boundary: string): Part[] {
  const delimiter = Buffer.from(`--${boundary}`)
  const parts: Part[] = []
  let start = body.indexOf(delimiter)
  while (start !== -1) {
    const next = body.indexOf(delimiter, start + delimiter.length)
    if (next === -1) break
    const part = body.subarray(start + delimiter.length + 2, next - 2)
    const headerEnd = part.indexOf('\r\n\r\n')
    const header = part.subarray(0, headerEnd).toString('utf8')
    const name = /name="?([^";\r\n]+)"?/i.exec(header)?.[1]
    const fileName = /filename="?([^";\r\n]+)"?/i.exec(header)?.[1] ?? null
    if (name !== undefined) parts.push({ name, fileName, content: part.subarray(headerEnd + 4) })
    start = next
  }
  return parts
}

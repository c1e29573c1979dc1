import { fileTypeFromFile } from 'file-type'

/** What a file is by its content, and whether it may be kept. */
export type Inspection = { mime: string; refused: null } | { mime: string; refused: 'executable' | 'active' }

/** Programs and installers of any system, by the types that `file-type` tells. */
const executableTypes = new Set([
  'application/x-msdownload',
  'application/x-elf',
  'application/x-mach-binary',
  'application/x-deb',
  'application/x-rpm',
  'application/x-google-chrome-extension',
  'application/x-xpinstall',
  'application/vnd.android.package-archive',
  'application/java-archive',
  'application/java-vm',
  'application/x-shockwave-flash',
  'application/x-ms-shortcut',
  'application/x-ft-apple.alias',
  'application/x-apple-diskimage',
  'application/x-ms-regedit',
  'application/wasm',
])

/** Names under which a system would run a file whatever its content is (scripts have no signature). */
const runnableNames =
  /\.(?:exe|com|scr|pif|msi|msp|bat|cmd|ps1|psm1|vbs|vbe|js|jse|mjs|cjs|wsf|wsh|hta|cpl|dll|sys|lnk|url|reg|inf|jar|apk|app|command|sh|bash|desktop|appimage|dmg|pkg|deb|rpm|scf|chm)$/i
const activeNames = /\.(?:html?|xhtml|shtml|mht|mhtml|svgz?|xml|xsl|xslt)$/i

const activeText =
  /<!doctype\s+html|<(?:html|head|body|script|iframe|svg|math|object|embed|meta|link|base|form)[\s/>]|<\?xml|<!entity|<[a-z]+:(?:svg|script)[\s>]/i

/**
 * Tells a file's type by its content; the sender's claim counts for nothing but a name that a system would run.
 * @param head the file's first bytes (64 KiB are enough)
 */
export async function inspect(path: string, head: Uint8Array, name?: string): Promise<Inspection> {
  if (name !== undefined && runnableNames.test(name.trim())) {
    return { mime: 'application/octet-stream', refused: 'executable' }
  }
  if (name !== undefined && activeNames.test(name.trim())) return { mime: 'text/html', refused: 'active' }
  // A file that breaks a parser is kept as bytes of no known type, not refused: nothing here ever runs it.
  const detected = await fileTypeFromFile(path).catch(() => undefined)
  if (detected !== undefined) return byType(detected.mime)
  const text = asText(head)
  if (text === null) return { mime: 'application/octet-stream', refused: null }
  if (text.startsWith('#!')) return { mime: 'text/plain', refused: 'executable' }
  if (activeText.test(text)) return { mime: 'text/html', refused: 'active' }
  return { mime: 'text/plain', refused: null }
}

function byType(mime: string): Inspection {
  if (executableTypes.has(mime)) return { mime, refused: 'executable' }
  if (mime === 'application/xml' || mime === 'image/svg+xml' || mime === 'text/html') {
    return { mime, refused: 'active' }
  }
  return { mime, refused: null }
}

/** The bytes as text (UTF-8, or UTF-16 with its mark; else Latin-1 without control characters), or null. */
function asText(head: Uint8Array): string | null {
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le').decode(head)
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be').decode(head)
  for (const byte of head) {
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1b)
      return null
  }
  return new TextDecoder('utf-8').decode(head)
}

/**
 * Scripts come from our own files only, none inline. Styles may be inline: Mantine (colour-scheme variables, responsive
 * props) and the scroll lock of its dialogs write style elements at run time, and a nonce would have to reach both
 * through a generated page; a style cannot run code, and with `connect-src`, `font-src` and `form-action` closed it has
 * next to nowhere to send anything. Pictures may come from https because a shop's catalog names pictures by URL.
 */
function contentSecurityPolicy(sockets: string | null): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob: https:",
    "media-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self'${sockets === null ? '' : ` ${sockets}`}`,
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

const permissionsPolicy = [
  'accelerometer=()',
  'camera=()',
  'display-capture=()',
  'geolocation=()',
  'gyroscope=()',
  'hid=()',
  'magnetometer=()',
  'microphone=()',
  'midi=()',
  'payment=()',
  'serial=()',
  'usb=()',
].join(', ')

/**
 * On every answer.
 * @param sockets Where the desk's WebSocket goes, `ws://127.0.0.1:4780`; null where it needs none.
 */
export function securityHeaders(sockets: string | null): Record<string, string> {
  return {
    'Content-Security-Policy': contentSecurityPolicy(sockets),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Origin-Agent-Cluster': '?1',
    'Permissions-Policy': permissionsPolicy,
    'X-Robots-Tag': 'noindex',
  }
}

/** For files that people sent: shown as what they are, never run. */
export const mediaPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"

/** For papers: a browser's own viewer is refused in a sandbox, and what it shows runs nothing of ours. */
export const pdfPolicy = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'"

import { encode } from 'uqr'

/** Modules of white around a code; scanners need four. */
const quietZone = 4

/** A QR code as the path of an SVG whose view box is `size` modules wide. */
export function qrPath(text: string): { size: number; path: string } {
  const { data, size } = encode(text, { border: quietZone })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return { size, path }
}

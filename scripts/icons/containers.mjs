// The two container formats of icons: both hold plain PNG files.

/**
 * A Windows icon: a directory of sizes, then the PNGs.
 * Source: https://learn.microsoft.com/previous-versions/ms997538(v=msdn.10)
 * @param {{ size: number, png: Buffer }[]} pictures up to 256 pixels wide
 */
export function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let offset = head.length
  pictures.forEach(({ size, png }, at) => {
    const entry = 6 + 16 * at
    // 0 stands for 256.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(png.length, entry + 8)
    head.writeUInt32LE(offset, entry + 12)
    offset += png.length
  })
  return Buffer.concat([head, ...pictures.map(({ png }) => png)])
}

/** Kinds of an Apple icon that hold PNGs, by width in pixels; 32 to 1024 also stand for half their size on fine screens. */
const appleKinds = {
  16: ['icp4'],
  32: ['icp5', 'ic11'],
  64: ['ic12'],
  128: ['ic07'],
  256: ['ic08', 'ic13'],
  512: ['ic09', 'ic14'],
  1024: ['ic10'],
}

/**
 * An Apple icon: `icns`, the length, then blocks of kind, length and PNG.
 * @param {{ size: number, png: Buffer }[]} pictures of the widths of `appleKinds`
 */
export function icns(pictures) {
  const blocks = pictures.flatMap(({ size, png }) => (appleKinds[size] ?? []).map((kind) => block(kind, png)))
  return block('icns', Buffer.concat(blocks))
}

function block(kind, content) {
  const head = Buffer.alloc(8)
  head.write(kind, 'latin1')
  head.writeUInt32BE(8 + content.length, 4)
  return Buffer.concat([head, content])
}

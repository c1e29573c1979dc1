/** Small marks that the drawings of the demo shop are made of. The canvas is 640 × 640; things stand on y ≈ 480. */

let clips = 0

export const path = (d, fill, more = '') => `<path d="${d}" fill="${fill}" ${more}/>`
export const line = (d, color, width = 6, more = '') =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`
export const circle = (x, y, r, fill, more = '') =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`
export const oval = (x, y, rx, ry, fill, more = '') =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`
export const box = (x, y, width, height, rx, fill, more = '') =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${rx}" fill="${fill}" ${more}/>`
export const group = (content, transform) => `<g transform="${transform}">${content}</g>`
export const turned = (content, degrees, x = 320, y = 320) => group(content, `rotate(${degrees} ${x} ${y})`)
export const moved = (content, x, y, scale = 1) => group(content, `translate(${x} ${y}) scale(${scale})`)

/** Draws `content` only inside the outline `d`. */
export function inside(d, content) {
  clips += 1
  return `<clipPath id="c${clips}"><path d="${d}"/></clipPath><g clip-path="url(#c${clips})">${content}</g>`
}

/** A body with light from the left: its colour, a darker right side, a pale stripe. */
export function body(d, fill, { shade = 0.12, from = 380, gleam = null } = {}) {
  const stripe = gleam
    ? box(gleam[0], gleam[1], gleam[2], gleam[3], gleam[2] / 2, '#fff', 'opacity=".35"')
    : ''
  return path(d, fill) + inside(d, box(from, 0, 640, 640, 0, '#3b2313', `opacity="${shade}"`)) + stripe
}

export const shadow = (width = 170, y = 486, x = 320) => oval(x, y, width, 17, '#3b2313', 'opacity=".16"')

/** The same points for the same seed: a drawing never changes by itself. */
export function scatter(count, seed, draw) {
  let state = seed * 2654435761
  const next = () => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.abs(state / 2147483648)
  }
  return Array.from({ length: count }, (_, index) => draw(next, index)).join('')
}

export const text = (x, y, size, content, fill, more = '') =>
  `<text x="${x}" y="${y}" font-family="DejaVu Serif, Georgia, serif" font-style="italic" font-weight="bold" font-size="${size}" text-anchor="middle" fill="${fill}" ${more}>${content}</text>`

/** A sprig of leaves that grows upwards from the given point. */
export function sprig(x, y, scale, color, degrees = 0) {
  const leaf = (px, py, angle) =>
    group(
      path('M0 0C14 -20 14 -44 0 -62C-14 -44 -14 -20 0 0Z', color),
      `translate(${px} ${py}) rotate(${angle})`,
    )
  const leaves =
    leaf(0, -30, -52) + leaf(0, -46, 52) + leaf(0, -78, -44) + leaf(0, -94, 44) + leaf(0, -118, 0)
  return group(
    line('M0 0V-120', color, 5) + leaves,
    `translate(${x} ${y}) rotate(${degrees}) scale(${scale})`,
  )
}

export function scene(background, content) {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640" viewBox="0 0 640 640">
${box(0, 0, 640, 640, 0, background)}
${circle(320, 300, 232, '#fff', 'opacity=".42"')}
${path('M0 452C160 436 480 436 640 452V640H0Z', '#fff', 'opacity=".3"')}
${content}
</svg>`
}

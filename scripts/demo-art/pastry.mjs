import { body, box, circle, line, moved, oval, path, scatter, shadow, turned } from './pencil.mjs'

const choco = '#5b3220'

function croissant() {
  const segments = [
    ['M96 418C82 376 104 344 138 336L190 372C172 398 140 424 96 418Z', '#b9742f'],
    ['M136 338C146 292 190 264 236 262L262 352C236 360 206 372 190 386C176 372 152 352 136 338Z', '#cf8c40'],
    ['M234 262C270 240 370 240 406 262L376 356C348 346 292 346 264 356Z', '#dfa052'],
    ['M404 262C450 264 494 292 504 338C488 352 464 372 450 386C434 372 404 360 378 352Z', '#cf8c40'],
    ['M544 418C558 376 536 344 502 336L450 372C468 398 500 424 544 418Z', '#b9742f'],
  ]
  return (
    shadow(200, 430) +
    segments
      .map(([d, fill]) => path(d, fill, 'stroke="#8d5526" stroke-width="5" stroke-linejoin="round"'))
      .join('') +
    [
      [170, 320, 214, 292],
      [268, 280, 372, 280],
      [426, 292, 470, 320],
    ]
      .map(([a, b, c, d]) => line(`M${a} ${b}Q${(a + c) / 2} ${Math.min(b, d) - 10} ${c} ${d}`, '#f6cf8f', 9))
      .join('')
  )
}

function painAuChocolat() {
  const one =
    path(
      'M130 330C130 290 170 276 320 276C470 276 510 290 510 330V372C510 412 470 420 320 420C170 420 130 412 130 372Z',
      '#cf8c40',
      'stroke="#8d5526" stroke-width="5"',
    ) +
    [200, 262, 324, 386, 448]
      .map((x) => line(`M${x} 284C${x - 20} 320 ${x - 20} 376 ${x} 412`, '#9a5a24', 5))
      .join('') +
    circle(132, 330, 17, choco) +
    circle(132, 374, 17, choco) +
    line('M180 300Q320 284 450 300', '#f6cf8f', 8)
  return shadow(205) + moved(one, 46, -28, 0.9) + moved(one, -6, 62)
}

function cinnamonRoll() {
  const roll =
    circle(320, 340, 148, '#d9954a') +
    line(
      'M320 340C350 330 352 372 318 376C270 380 256 318 300 296C360 268 420 320 404 384C384 452 280 460 238 398C196 330 240 236 326 226C400 220 452 268 460 330',
      '#8a4b22',
      17,
    )
  const icing =
    line('M206 276C260 250 300 300 350 260C390 236 430 270 440 300', '#fff8ec', 20) +
    line('M212 390C260 360 300 420 356 392C396 372 420 392 436 384', '#fff8ec', 18) +
    line('M240 330C290 316 330 352 400 332', '#fff8ec', 14)
  return (
    shadow(170) +
    body('M172 340A148 148 0 0 1 468 340V372A148 120 0 0 1 172 372Z', '#b9742f') +
    roll +
    icing +
    turned(box(470, 420, 110, 22, 10, '#8a4b22') + box(476, 446, 110, 22, 10, '#6f3a1a'), -12, 520, 440)
  )
}

const muffin = (wrap, top) =>
  path('M-56 20L-42 104Q-40 114 -30 114H30Q40 114 42 104L56 20Z', wrap) +
  [-34, -12, 12, 34].map((x) => line(`M${x} 30L${x * 0.8} 108`, '#fff', 4, 'opacity=".5"')).join('') +
  path('M-72 18C-86 -24 -40 -66 0 -66C40 -66 86 -24 72 18C70 36 -70 36 -72 18Z', top) +
  oval(-20, -30, 26, 12, '#fff', 'opacity=".3"')

function lemonMuffins() {
  return (
    shadow(200) +
    moved(muffin('#f6e08a', '#e8b34f'), 190, 340, 0.95) +
    moved(muffin('#f6e08a', '#e8b34f'), 450, 340, 0.95) +
    moved(muffin('#fff0b0', '#eec065'), 320, 362, 1.08) +
    turned(
      circle(520, 452, 44, '#f2cf3d') +
        circle(520, 452, 36, '#fbeea4') +
        [0, 45, 90, 135].map((a) => turned(line('M488 452H552', '#f2cf3d', 4), a, 520, 452)).join(''),
      10,
      520,
      452,
    )
  )
}

function ensaimada() {
  const spiral =
    'M320 330C340 322 350 350 328 360C296 372 272 336 290 306C316 268 378 278 394 326C412 388 352 430 296 420C226 406 200 332 236 278C276 220 372 214 424 266C470 314 466 392 424 436'
  return (
    shadow(190) +
    oval(320, 356, 178, 142, '#e2b366') +
    line(spiral, '#b67a33', 44) +
    line(spiral, '#e9bd74', 32) +
    scatter(170, 17, (r) => {
      const angle = r() * 6.283
      const reach = Math.sqrt(r())
      return circle(
        320 + Math.cos(angle) * reach * 165,
        350 + Math.sin(angle) * reach * 130,
        1.5 + r() * 3.4,
        '#fff',
      )
    })
  )
}

function alfajores() {
  const one = (x, y) =>
    moved(
      box(-86, 22, 172, 30, 15, '#e7c389') +
        box(-90, -4, 180, 32, 15, '#a5622b') +
        box(-86, -30, 172, 32, 15, '#f0d3a0') +
        scatter(26, x + y, (r) => circle(-78 + r() * 156, -28 + r() * 10, 3, '#fff')),
      x,
      y,
    )
  return shadow(210) + one(216, 432) + one(424, 432) + one(320, 352) + one(320, 272)
}

function doughnut(x, y, scale, icing, sprinkles) {
  const ring =
    circle(0, 0, 104, '#d9954a') +
    path(
      'M-92 -6C-96 -70 -44 -98 0 -98C48 -98 96 -66 92 -4C90 30 74 20 58 38C44 54 28 40 10 52C-8 64 -24 46 -42 44C-62 40 -88 34 -92 -6Z',
      icing,
    ) +
    circle(0, -8, 32, '#b9742f') +
    circle(0, -4, 28, '#fdf4e4')
  const dots = scatter(22, x, (r) => {
    const angle = r() * 6.283
    const reach = 48 + r() * 34
    return turned(
      box(
        Math.cos(angle) * reach - 7,
        Math.sin(angle) * reach * 0.82 - 14,
        14,
        5,
        2.5,
        sprinkles[Math.floor(r() * sprinkles.length)],
      ),
      r() * 180,
      Math.cos(angle) * reach,
      Math.sin(angle) * reach * 0.82 - 12,
    )
  })
  return moved(ring + dots, x, y, scale)
}

function doughnuts() {
  return (
    shadow(215) +
    doughnut(210, 372, 1, '#f7efe2', ['#e9c46a', '#e8a0b4', '#8ecae6']) +
    doughnut(432, 372, 1, choco, ['#fff', '#f2cf3d', '#e8788a']) +
    doughnut(320, 252, 1, '#f19ab0', ['#fff', '#7bb661', '#f2cf3d'])
  )
}

/** Background and drawing of each product. */
export const pastry = {
  'BOL-001': ['#fbe3c0', croissant],
  'BOL-002': ['#f0dccb', painAuChocolat],
  'BOL-003': ['#f5d9c4', cinnamonRoll],
  'BOL-004': ['#fbf0c2', lemonMuffins],
  'BOL-005': ['#d9e6ea', ensaimada],
  'BOL-006': ['#efdcc6', alfajores],
  'BOL-007': ['#d5e8ea', doughnuts],
}

import { bean } from './containers.mjs'
import { body, box, circle, line, moved, oval, path, scatter, shadow, text, turned } from './pencil.mjs'

function bonbons() {
  const fill = ['#5b3220', '#7a4528', '#f0dcc0', '#4b2817', '#c94f62', '#8f5735']
  const sweets = Array.from({ length: 9 }, (_, i) => {
    const x = 196 + (i % 3) * 124
    const y = 244 + Math.floor(i / 3) * 96
    const color = fill[(i * 5 + 2) % 6]
    const top =
      i % 3 === 0
        ? line(
            `M${x - 24} ${y - 6}Q${x - 8} ${y - 26} ${x + 4} ${y - 4}T${x + 26} ${y - 10}`,
            '#fff',
            5,
            'opacity=".75"',
          )
        : i % 3 === 1
          ? circle(x, y - 8, 9, '#d8a763')
          : line(
              `M${x - 20} ${y - 16}L${x + 20} ${y + 4}M${x - 20} ${y + 2}L${x + 8} ${y + 14}`,
              '#e9c46a',
              4,
            )
    return (
      circle(x, y, 47, '#fff', 'opacity=".5"') +
      (i % 2 ? box(x - 36, y - 36, 72, 72, 20, color) : circle(x, y, 39, color)) +
      oval(x - 12, y - 18, 13, 7, '#fff', 'opacity=".25"') +
      top
    )
  }).join('')
  return (
    shadow(220, 500) +
    box(116, 176, 408, 320, 26, '#9d2f47') +
    box(132, 190, 376, 292, 18, '#f7e6dc') +
    sweets +
    line('M96 470C150 500 170 440 128 436C96 434 96 470 128 470C180 470 160 520 128 520', '#d7b25b', 10)
  )
}

function bar(wrapper, colors, title, extra) {
  const square = (x, y) => box(x, y, 60, 46, 6, colors[0]) + box(x + 7, y + 7, 46, 32, 4, colors[1])
  const squares = Array.from({ length: 16 }, (_, i) =>
    square(190 + (i % 4) * 64, 130 + Math.floor(i / 4) * 50),
  ).join('')
  return (
    shadow(170, 500) +
    turned(
      squares +
        box(178, 306, 284, 190, 10, wrapper) +
        path(
          'M178 320L200 300L224 320L248 300L272 320L296 300L320 320L344 300L368 320L392 300L416 320L440 300L462 320V330H178Z',
          '#e9e4da',
        ) +
        box(178, 324, 284, 172, 10, wrapper) +
        box(204, 356, 232, 110, 10, '#fffaf0') +
        text(320, 424, 38, title, wrapper),
      -8,
      320,
      320,
    ) +
    extra
  )
}

const darkBar = () =>
  bar(
    '#33475b',
    ['#4b2817', '#5b3220'],
    '70 %',
    bean(520, 446, 20, '#6f3a1a') + bean(548, 414, -40, '#6f3a1a') + bean(100, 450, 40, '#6f3a1a'),
  )

const hazelnut = (x, y, s) =>
  moved(
    path('M0 -34C34 -30 40 14 0 38C-40 14 -34 -30 0 -34Z', '#b9742f') +
      path('M-30 -8C-24 -40 24 -40 30 -8C10 -20 -10 -20 -30 -8Z', '#e0b98a') +
      oval(-10, 4, 6, 12, '#fff', 'opacity=".3"'),
    x,
    y,
    s,
  )

const milkBar = () =>
  bar(
    '#b5652f',
    ['#96603a', '#a9704a'],
    'Avellana',
    hazelnut(530, 440, 1) + hazelnut(102, 446, 0.9) + hazelnut(566, 410, 0.8),
  )

function turron() {
  const block = (x, y) =>
    moved(
      path('M-150 0L-60 -46L150 -10L60 40Z', '#f4e2bd') +
        path('M-150 0L60 40V92L-150 50Z', '#e3c68d') +
        path('M60 40L150 -10V40L60 92Z', '#cfae72') +
        scatter(16, x + y, (r) =>
          turned(
            oval(-100 + r() * 190, -24 + r() * 44, 17, 10, r() > 0.5 ? '#b9793f' : '#fff4dc'),
            r() * 180,
            0,
            0,
          ),
        ),
      x,
      y,
    )
  const almond = (x, y, a) =>
    turned(
      path(
        `M${x - 30} ${y}C${x - 20} ${y - 26} ${x + 16} ${y - 20} ${x + 34} ${y}C${x + 16} ${y + 20} ${x - 20} ${y + 26} ${x - 30} ${y}Z`,
        '#b9793f',
      ) + line(`M${x - 18} ${y - 4}Q${x} ${y - 12} ${x + 18} ${y - 2}`, '#8d5526', 3),
      a,
      x,
      y,
    )
  return (
    shadow(220) +
    block(320, 390) +
    block(330, 300) +
    almond(140, 300, -30) +
    almond(520, 460, 20) +
    almond(470, 478, -14)
  )
}

function violets() {
  const sweet = (x, y, s, color) =>
    moved(
      path('M-84 -26L-40 -6V6L-84 26C-70 8 -70 -8 -84 -26Z', color, 'opacity=".75"') +
        path('M84 -26L40 -6V6L84 26C70 8 70 -8 84 -26Z', color, 'opacity=".75"') +
        circle(0, 0, 46, color) +
        line('M-26 -28C0 -10 0 10 -26 28M0 -40C24 -14 24 14 0 40', '#fff', 6, 'opacity=".55"') +
        oval(-16, -20, 12, 7, '#fff', 'opacity=".5"'),
      x,
      y,
      s,
    )
  const flower = (x, y, s) =>
    moved(
      [0, 72, 144, 216, 288]
        .map((a) => turned(path('M0 0C-22 -14 -18 -46 0 -44C18 -46 22 -14 0 0Z', '#7d5ba6'), a, 0, 0))
        .join('') + circle(0, 0, 9, '#f2cf3d'),
      x,
      y,
      s,
    )
  return (
    shadow(200) +
    turned(sweet(240, 300, 1.15, '#8d6bb8'), -24, 240, 300) +
    turned(sweet(420, 320, 1.15, '#b48fd0'), 18, 420, 320) +
    turned(sweet(316, 424, 1.25, '#7d5ba6'), 6, 316, 424) +
    flower(492, 436, 0.95) +
    flower(140, 420, 0.8) +
    flower(330, 210, 0.75)
  )
}

function iceCream() {
  const tub = 'M180 330H460L436 460Q432 484 408 484H232Q208 484 204 460Z'
  const scoop = (x, y, color) =>
    path(
      `M${x - 74} ${y + 26}C${x - 84} ${y - 74} ${x + 84} ${y - 74} ${x + 74} ${y + 26}C${x + 56} ${y + 46} ${x + 40} ${y + 28} ${x + 20} ${y + 40}C${x} ${y + 52} ${x - 20} ${y + 28} ${x - 40} ${y + 40}C${x - 56} ${y + 48} ${x - 70} ${y + 40} ${x - 74} ${y + 26}Z`,
      color,
    ) + oval(x - 28, y - 26, 18, 11, '#fff', 'opacity=".4"')
  return (
    shadow(160) +
    turned(box(440, 120, 22, 190, 11, '#d9b477'), 22, 450, 220) +
    scoop(320, 220, '#fbeec2') +
    scoop(250, 290, '#6f4429') +
    scoop(392, 290, '#b7cf8e') +
    scatter(8, 3, (r) => oval(350 + r() * 90, 250 + r() * 46, 6, 4, '#6b8f4a')) +
    body(tub, '#e98a9a', { from: 376 }) +
    box(168, 314, 304, 34, 17, '#fff') +
    text(320, 432, 40, 'Helado', '#fff')
  )
}

/** Background and drawing of each product. */
export const chocolate = {
  'DUL-001': ['#f2d9dc', bonbons],
  'DUL-002': ['#d8dfe6', darkBar],
  'DUL-003': ['#f3dfc9', milkBar],
  'DUL-004': ['#f1e2cc', turron],
  'DUL-005': ['#e6ddf0', violets],
  'DUL-006': ['#d3e9e6', iceCream],
}

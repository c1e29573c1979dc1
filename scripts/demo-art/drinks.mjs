import { bean, bottle, daisy, orange } from './containers.mjs'
import {
  body,
  box,
  circle,
  inside,
  line,
  moved,
  oval,
  path,
  scatter,
  shadow,
  sprig,
  text,
  turned,
} from './pencil.mjs'

function tin(color, title, mark, around) {
  const d = 'M200 226H440V456Q440 484 412 484H228Q200 484 200 456Z'
  return (
    shadow(180) +
    body(d, color, { from: 372, gleam: [218, 256, 14, 190] }) +
    box(188, 176, 264, 58, 14, '#d7b25b') +
    line('M192 222H448', '#a98634', 4) +
    circle(320, 176, 16, '#b18c3a') +
    circle(320, 350, 84, '#fffaf0') +
    mark +
    text(320, 396, 32, title, color) +
    around
  )
}

function glass(liquid, { top = 180, straw = '#d8324a', ice = false, around = '', foam = '' } = {}) {
  const d = `M196 ${top}H444L418 456Q414 484 386 484H254Q226 484 222 456Z`
  const cubes = ice
    ? [
        [270, 276, -14],
        [350, 268, 12],
        [306, 340, 24],
      ]
        .map(([x, y, a]) => turned(box(x - 32, y - 32, 64, 64, 12, '#fff', 'opacity=".45"'), a, x, y))
        .join('')
    : ''
  return (
    shadow(150) +
    turned(box(390, 70, 18, 260, 9, straw), 14, 390, 200) +
    path(d, '#fff', 'opacity=".55"') +
    inside(
      d,
      box(180, top + 40, 300, 330, 0, liquid) + cubes + box(382, 0, 200, 640, 0, '#3b2313', 'opacity=".1"'),
    ) +
    foam +
    line(`M240 ${top + 70}L252 430`, '#fff', 12, 'opacity=".5"') +
    line(`M198 ${top}H442`, '#fff', 9, 'opacity=".9"') +
    around
  )
}

const steam = (x, y) =>
  [0, 44, 88]
    .map((d, i) =>
      line(
        `M${x + d} ${y}C${x + d - 22} ${y - 30} ${x + d + 22} ${y - 52} ${x + d} ${y - 84 - (i % 2) * 14}`,
        '#fff',
        9,
        'opacity=".8"',
      ),
    )
    .join('')

function coffeeBag(color, title, mark) {
  const bag = 'M206 170H434L450 462Q450 484 428 484H212Q190 484 190 462Z'
  const beans = [
    [480, 456, 20],
    [520, 470, -30],
    [500, 430, 70],
    [150, 468, 14],
    [118, 452, -40],
  ]
    .map(([x, y, a]) => bean(x, y, a))
    .join('')
  return (
    shadow(190) +
    body(bag, color, { from: 376 }) +
    path('M206 170H434L430 132Q320 122 210 132Z', color) +
    inside('M206 132H434V170H206Z', box(200, 120, 240, 60, 0, '#3b2313', 'opacity=".22"')) +
    line('M206 170H434', '#fff', 4, 'opacity=".5"') +
    box(236, 236, 168, 170, 14, '#fffaf0') +
    mark +
    text(320, 376, 32, title, color) +
    beans
  )
}

const coffee = () => coffeeBag('#7a3e26', 'Café', bean(298, 296, -24) + bean(344, 302, 20))

const decaf = () =>
  coffeeBag(
    '#4f7a68',
    'Suave',
    path('M352 262C310 258 282 288 296 326C316 344 360 330 356 300C334 304 324 282 352 262Z', '#4f7a68'),
  )

const greenTea = () =>
  tin(
    '#4c8a63',
    'Té',
    sprig(320, 372, 0.62, '#4c8a63', 0),
    sprig(490, 486, 0.9, '#6fae7f', 30) +
      sprig(520, 490, 0.7, '#4c8a63', -16) +
      sprig(140, 488, 0.8, '#6fae7f', -24),
  )

function chamomile() {
  return (
    shadow(190) +
    steam(276, 226) +
    oval(320, 464, 210, 30, '#fff') +
    oval(320, 458, 150, 18, '#e7ecec') +
    path('M170 268H470C470 380 420 452 320 452C220 452 170 380 170 268Z', '#f3f7f7') +
    inside(
      'M170 268H470C470 380 420 452 320 452C220 452 170 380 170 268Z',
      box(392, 240, 120, 240, 0, '#3b2313', 'opacity=".08"') + line('M160 330Q320 356 480 330', '#8cb2bd', 8),
    ) +
    line('M466 296C540 286 540 388 432 392', '#f3f7f7', 22) +
    oval(320, 268, 150, 36, '#fff') +
    oval(320, 270, 132, 28, '#e9b949') +
    daisy(286, 266, 0.6) +
    daisy(352, 272, 0.5) +
    daisy(532, 452, 1.05) +
    daisy(120, 446, 0.9) +
    daisy(158, 470, 0.6)
  )
}

function hotChocolate() {
  const d = 'M190 250H430V424Q430 484 370 484H250Q190 484 190 424Z'
  return (
    shadow(170) +
    steam(268, 206) +
    line('M426 300C508 290 508 408 424 410', '#d9705a', 28) +
    body(d, '#e07a62', { from: 364, gleam: [210, 300, 14, 120] }) +
    oval(310, 250, 120, 34, '#f3a48f') +
    oval(310, 252, 104, 26, '#5b3220') +
    [
      [270, 246, -12],
      [320, 238, 10],
      [356, 252, 24],
    ]
      .map(([x, y, a]) => turned(box(x - 20, y - 18, 40, 32, 9, '#fff'), a, x, y))
      .join('') +
    [0, 1, 2]
      .map((i) =>
        moved(
          path(
            'M0 22C-30 2 -26 -22 -10 -22C-2 -22 0 -14 0 -14C0 -14 2 -22 10 -22C26 -22 30 2 0 22Z',
            '#fff',
            'opacity=".85"',
          ),
          250 + i * 58,
          370,
        ),
      )
      .join('') +
    turned(
      box(470, 440, 110, 40, 6, '#5b3220') +
        [497, 524, 551].map((x) => line(`M${x} 442V478`, '#3d2014', 4)).join(''),
      -12,
      520,
      460,
    )
  )
}

const lemonWheel = (x, y, s) =>
  moved(
    circle(0, 0, 60, '#f2cf3d') +
      circle(0, 0, 50, '#fdf3b0') +
      [0, 45, 90, 135].map((a) => turned(line('M-46 0H46', '#f2cf3d', 5), a, 0, 0)).join(''),
    x,
    y,
    s,
  )

const lemonade = () =>
  glass('#f7e27c', {
    ice: true,
    straw: '#4c8a63',
    around: lemonWheel(448, 186, 1) + sprig(250, 250, 0.6, '#5f8f4e', -12) + lemonWheel(520, 440, 0.8),
  })

const juice = () =>
  bottle('#f6e9d4', 'Naranja', '#d2691e', {
    cap: '#e9843a',
    fill: '#f59a2e',
    around: orange(500, 434, 1) + orange(142, 446, 0.75),
  })

const horchata = () =>
  glass('#f6ecd8', {
    straw: '#8cb2bd',
    foam:
      oval(320, 222, 118, 20, '#fffaf0') +
      scatter(16, 5, (r) => circle(230 + r() * 180, 214 + r() * 14, 3, '#b9793f')),
    around: [
      [500, 460, 10],
      [540, 440, -30],
      [524, 474, 40],
      [132, 464, 0],
    ]
      .map(([x, y, a]) =>
        turned(oval(x, y, 20, 15, '#b98a57') + line(`M${x - 12} ${y}H${x + 12}`, '#8d6437', 3), a, x, y),
      )
      .join(''),
  })

const kombucha = () =>
  bottle('#c98a3a', 'Kombucha', '#8a4f1d', {
    cap: '#d8b04a',
    fill: '#e0a040',
    around:
      scatter(14, 12, (r) => circle(240 + r() * 150, 290 + r() * 40, 4 + r() * 4, '#fff', 'opacity=".5"')) +
      moved(
        path(
          'M-70 10C-74 -20 -40 -26 -26 -12C-20 -40 14 -40 14 -10C34 -26 66 -14 60 8C84 14 74 44 44 38C20 52 -10 44 -20 34C-44 46 -66 34 -70 10Z',
          '#d9ae6a',
        ) + line('M-40 8Q-30 18 -38 28M0 -6Q8 8 0 24M34 6Q40 16 36 28', '#b98a48', 4),
        508,
        446,
        1,
      ),
  })

/** Background and drawing of each product. */
export const drinks = {
  'CAF-001': ['#eed9c4', coffee],
  'CAF-002': ['#d9e8e0', decaf],
  'CAF-003': ['#dcecdc', greenTea],
  'CAF-004': ['#fbeecb', chamomile],
  'CAF-005': ['#f7dcd2', hotChocolate],
  'BEB-001': ['#e2efd2', lemonade],
  'BEB-002': ['#fde2bf', juice],
  'BEB-003': ['#dce7ec', horchata],
  'BEB-004': ['#f3e3c3', kombucha],
}

import {
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

const stand = oval(320, 476, 190, 24, '#dfe7ea') + oval(320, 470, 190, 22, '#fff')

function cheesecake() {
  return (
    shadow(200, 492) +
    stand +
    path('M160 350V440Q160 468 320 468Q480 468 480 440V350Z', '#f6e2b5') +
    path('M160 436Q160 468 320 468Q480 468 480 436V414Q480 444 320 444Q160 444 160 414Z', '#b97f47') +
    oval(320, 350, 160, 52, '#d9963f') +
    oval(320, 346, 150, 46, '#e8ad55') +
    oval(300, 338, 96, 22, '#8b4f22', 'opacity=".35"') +
    scatter(
      5,
      6,
      (_r, i) =>
        circle(262 + i * 30, 322 + (i % 2) * 14, 17, '#b3243b') +
        circle(257 + i * 30, 316 + (i % 2) * 14, 5, '#fff', 'opacity=".6"'),
    ) +
    sprig(400, 330, 0.4, '#5f8f4e', 60)
  )
}

function carrotCake() {
  const layer = (y) =>
    path(`M160 ${y}V${y + 40}Q160 ${y + 68} 320 ${y + 68}Q480 ${y + 68} 480 ${y + 40}V${y}Z`, '#b3703a')
  const carrot = (x, y, a) =>
    turned(
      path(
        `M${x - 13} ${y}H${x + 13}L${x} ${y + 44}Z`,
        '#ee8434',
        'stroke="#ee8434" stroke-width="6" stroke-linejoin="round"',
      ) +
        sprig(x, y - 4, 0.24, '#5f8f4e', -18) +
        sprig(x, y - 4, 0.24, '#5f8f4e', 22),
      a,
      x,
      y,
    )
  return (
    shadow(200, 492) +
    stand +
    layer(392) +
    path('M160 380V398Q160 426 320 426Q480 426 480 398V380Z', '#fff4dd') +
    layer(326) +
    path(
      'M156 312V338C180 380 214 340 246 370C280 396 300 352 334 376C372 398 392 348 424 366C452 380 484 356 484 338V312Z',
      '#fffaf0',
    ) +
    oval(320, 312, 164, 50, '#fffaf0') +
    oval(320, 312, 150, 42, '#fff3da') +
    carrot(250, 296, -24) +
    carrot(320, 286, 4) +
    carrot(392, 298, 30)
  )
}

function celebrationCake() {
  const candle = (x, color) =>
    box(x - 7, 128, 14, 66, 7, color) +
    path(`M${x} 84C${x + 18} 108 ${x + 12} 126 ${x} 126C${x - 12} 126 ${x - 18} 108 ${x} 84Z`, '#f6b73c') +
    path(`M${x} 102C${x + 8} 114 ${x + 6} 124 ${x} 124C${x - 6} 124 ${x - 8} 114 ${x} 102Z`, '#fff3bf')
  return (
    shadow(200, 492) +
    stand +
    path('M150 344V436Q150 466 320 466Q490 466 490 436V344Z', '#f4a9b8') +
    path(
      'M150 344V376C176 410 204 374 232 398C262 422 290 380 320 402C352 424 380 380 408 398C438 416 466 384 490 376V344Z',
      '#fff4ee',
    ) +
    oval(320, 344, 170, 44, '#fff4ee') +
    path('M216 216V324Q216 348 320 348Q424 348 424 324V216Z', '#f9c6cf') +
    path(
      'M216 216V240C236 264 254 240 276 258C300 276 320 244 344 260C370 276 396 246 424 240V216Z',
      '#fff4ee',
    ) +
    oval(320, 216, 104, 28, '#fff4ee') +
    candle(280, '#79b8c8') +
    candle(320, '#f2cf3d') +
    candle(360, '#a48bc4') +
    scatter(34, 4, (r, i) =>
      circle(165 + r() * 310, 408 + r() * 44, 5, ['#fff', '#f2cf3d', '#79b8c8', '#a48bc4'][i % 4]),
    )
  )
}

function weddingCake() {
  const tier = (y, half, height) =>
    path(
      `M${320 - half} ${y}V${y + height}Q${320 - half} ${y + height + 18} 320 ${y + height + 18}Q${320 + half} ${y + height + 18} ${320 + half} ${y + height}V${y}Z`,
      '#fffaf3',
    ) +
    inside(
      `M320 ${y}H${330 + half}V${y + height + 20}H320Z`,
      path(
        `M${320 + half * 0.45} ${y}H${320 + half}V${y + height + 18}H${320 + half * 0.45}Z`,
        '#e9dfd3',
        'opacity=".7"',
      ),
    ) +
    oval(320, y, half, half * 0.2, '#fff') +
    line(
      `M${320 - half} ${y + height - 2}Q320 ${y + height + 26} ${320 + half} ${y + height - 2}`,
      '#d9b873',
      6,
    )
  const rose = (x, y, s, color) =>
    moved(
      circle(0, 0, 22, color) + line('M0 0C10 -4 8 12 -4 10C-18 6 -10 -16 6 -14', '#fff', 4, 'opacity=".7"'),
      x,
      y,
      s,
    )
  return (
    shadow(200, 492) +
    stand +
    tier(378, 164, 76) +
    tier(270, 118, 92) +
    tier(176, 74, 76) +
    sprig(250, 400, 0.5, '#8fae84', -50) +
    sprig(330, 268, 0.5, '#8fae84', 70) +
    rose(276, 388, 1.3, '#eab0a8') +
    rose(316, 404, 1, '#f3cfc4') +
    rose(360, 270, 1.2, '#eab0a8') +
    rose(326, 276, 0.9, '#f3cfc4') +
    rose(320, 158, 1.3, '#eab0a8') +
    rose(290, 170, 0.9, '#f3cfc4') +
    rose(352, 170, 0.9, '#f3cfc4')
  )
}

function brownie() {
  const piece = (x, y) =>
    moved(
      path('M-110 0L-20 -44L110 -10L20 38Z', '#7a4528') +
        path('M-110 0L20 38V98L-110 60Z', '#4b2817') +
        path('M20 38L110 -10V50L20 98Z', '#5b3220') +
        scatter(7, x, (r) => oval(-60 + r() * 110, -22 + r() * 36, 11, 7, '#d8a763')) +
        line('M-50 -10L-10 -22M20 8L56 -6', '#8f5735', 4),
      x,
      y,
    )
  return shadow(215) + piece(230, 396) + piece(420, 380) + piece(316, 300)
}

function decoratedCookies() {
  const star = 'M0 -78L23 -26L78 -22L36 14L50 70L0 40L-50 70L-36 14L-78 -22L-23 -26Z'
  const heart = 'M0 66C-84 10 -74 -60 -30 -60C-10 -60 0 -44 0 -34C0 -44 10 -60 30 -60C74 -60 84 10 0 66Z'
  const cookie = (d, icing, x, y, mark) =>
    moved(
      path(d, '#d39a55', 'stroke="#d39a55" stroke-width="30" stroke-linejoin="round"') +
        path(d, icing, `stroke="${icing}" stroke-width="8" stroke-linejoin="round"`) +
        mark,
      x,
      y,
      0.86,
    )
  const dots = (color) => scatter(9, 9, (r) => circle(-34 + r() * 68, -28 + r() * 56, 6, color))
  return (
    shadow(215) +
    cookie(star, '#f6cf5e', 220, 250, dots('#fff')) +
    cookie(heart, '#ef8fa4', 424, 258, text(0, 12, 40, 'Lola', '#fff')) +
    cookie(heart, '#8cc5d1', 220, 408, dots('#fff')) +
    moved(
      circle(0, 0, 88, '#d39a55') +
        circle(0, 0, 72, '#b59bd1') +
        line('M-50 0Q-25 -30 0 0T50 0', '#fff', 8) +
        line('M-46 30Q-23 4 0 30T46 30', '#fff', 6),
      424,
      402,
      0.9,
    )
  )
}

/** Background and drawing of each product. */
export const cakes = {
  'TAR-001': ['#f4dfdc', cheesecake],
  'TAR-002': ['#fbe2c8', carrotCake],
  'TAR-003': ['#d8e8ee', celebrationCake],
  'TAR-004': ['#e6e0ea', weddingCake],
  'TAR-005': ['#efd9c9', brownie],
  'TAR-006': ['#e2eddd', decoratedCookies],
}

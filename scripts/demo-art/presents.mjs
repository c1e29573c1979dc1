import { daisy } from './containers.mjs'
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

const bow = (x, y, s, color) =>
  moved(
    path('M0 0C-60 -70 -130 -30 -96 18C-80 40 -30 24 0 0Z', color) +
      path('M0 0C60 -70 130 -30 96 18C80 40 30 24 0 0Z', color) +
      path('M0 0L-50 90L-20 84L0 30L20 84L50 90Z', color) +
      circle(0, 2, 19, color) +
      circle(0, 2, 19, '#00000022'),
    x,
    y,
    s,
  )

function basket() {
  const d = 'M120 340H520L484 462Q478 484 454 484H186Q162 484 156 462Z'
  const weave = Array.from({ length: 4 }, (_, row) =>
    Array.from({ length: 12 }, (__, i) =>
      box(112 + i * 36 + (row % 2) * 18, 350 + row * 34, 26, 24, 8, i % 2 ? '#d6a45c' : '#b98142'),
    ).join(''),
  ).join('')
  const jar =
    box(196, 230, 86, 130, 16, '#c92f48') +
    box(202, 214, 74, 30, 8, '#d7b25b') +
    box(208, 280, 62, 40, 6, '#fffaf0')
  const bottle =
    path('M318 150H348V210C348 236 374 240 374 276V370H292V276C292 240 318 236 318 210Z', '#5f7a3a') +
    box(312, 138, 42, 28, 6, '#3f3a34') +
    box(298, 296, 70, 44, 6, '#fffaf0')
  const loaf = turned(
    path('M386 240C386 206 470 206 470 240V380H386Z', '#c47f3c') +
      line('M404 262L452 244M404 300L452 282', '#f4d9a8', 9),
    12,
    428,
    300,
  )
  return (
    shadow(215) +
    line('M150 350C150 60 490 60 490 350', '#a8753a', 18) +
    loaf +
    jar +
    bottle +
    sprig(286, 350, 0.7, '#58794a', -18) +
    sprig(386, 352, 0.8, '#7c9a63', 10) +
    body(d, '#c08c4b', { from: 640 }) +
    inside(d, weave + box(420, 330, 130, 160, 0, '#3b2313', 'opacity=".12"')) +
    box(108, 326, 424, 30, 15, '#a8753a') +
    bow(320, 344, 0.72, '#b3243b')
  )
}

function breakfastBox() {
  return (
    shadow(225) +
    path('M110 300L160 220H480L530 300Z', '#c79a63') +
    box(110, 296, 420, 188, 14, '#dfb682') +
    inside('M110 296H530V484H110Z', box(420, 296, 120, 190, 0, '#3b2313', 'opacity=".1"')) +
    path('M140 296L176 234H464L500 296Z', '#8d6437') +
    oval(230, 286, 62, 34, '#cf8c40') +
    line('M190 280Q230 252 270 280M204 296Q230 274 256 296', '#9a5a24', 6) +
    box(300, 214, 60, 84, 12, '#f59a2e') +
    box(306, 200, 48, 22, 6, '#fff') +
    path('M384 240H456V274C456 296 384 296 384 274Z', '#fff') +
    oval(420, 240, 36, 11, '#6f4429') +
    line('M456 250C480 248 478 276 452 276', '#fff', 8) +
    daisy(286, 246) +
    box(110, 296, 420, 60, 0, '#dfb682') +
    path('M110 296H530V330H110Z', '#e9c797') +
    bow(320, 400, 0.9, '#e07a62') +
    line('M320 340V484', '#e07a62', 18) +
    line('M110 402H530', '#e07a62', 18) +
    bow(320, 402, 0.9, '#e98f79')
  )
}

function giftCard() {
  const card =
    box(110, 210, 420, 256, 26, '#b3243b') +
    inside(
      'M110 236Q110 210 136 210H504Q530 210 530 236V440Q530 466 504 466H136Q110 466 110 440Z',
      circle(520, 220, 150, '#c94f62') +
        circle(110, 480, 110, '#9d2f47') +
        box(186, 200, 26, 280, 0, '#f2d08a'),
    ) +
    text(372, 330, 46, 'Para ti', '#fff6e2') +
    line('M292 362H452', '#f2d08a', 5) +
    text(372, 410, 28, 'La Alacena de Lola', '#f2d08a', 'textLength="260"') +
    bow(199, 318, 0.62, '#f2d08a')
  return (
    shadow(210, 500) +
    turned(box(130, 226, 420, 256, 26, '#e9d3c5'), 6, 320, 340) +
    turned(card, -5, 320, 340)
  )
}

function driedFlowers() {
  const stem = (x, a) => line(`M320 420Q${(320 + x) / 2} 300 ${x} ${150 + Math.abs(a)}`, '#a08a55', 6)
  const wheat = (x, y, a) =>
    turned(
      [0, 1, 2, 3]
        .map((i) => oval(x - 9, y + i * 19, 8, 14, '#dcb45a') + oval(x + 9, y + i * 19 + 8, 8, 14, '#c99c3f'))
        .join('') + oval(x, y - 14, 8, 15, '#dcb45a'),
      a,
      x,
      y,
    )
  const puff = (x, y, r, color) =>
    circle(x, y, r, color) +
    scatter(16, x, (n) => circle(x - r + n() * 2 * r, y - r + n() * 2 * r, 4, '#fff', 'opacity=".55"'))
  return (
    shadow(120) +
    [180, 230, 280, 330, 380, 430, 470].map((x, i) => stem(x, (i - 3) * 14)).join('') +
    wheat(186, 176, -28) +
    wheat(250, 128, -12) +
    wheat(400, 130, 14) +
    wheat(466, 182, 30) +
    puff(324, 150, 46, '#e6a79b') +
    puff(240, 236, 38, '#c98aa5') +
    puff(404, 234, 40, '#e9c3b1') +
    puff(322, 250, 34, '#a9799a') +
    sprig(210, 330, 0.9, '#9fae86', -34) +
    sprig(432, 330, 0.9, '#9fae86', 34) +
    path('M196 308C240 330 400 330 444 308L366 484H274Z', '#e3c9a6') +
    path('M196 308C240 330 320 334 360 328L300 484H274Z', '#d3b288') +
    line('M262 410Q320 426 378 410', '#8d5a6b', 12) +
    bow(320, 418, 0.46, '#8d5a6b')
  )
}

/** Background and drawing of each product. */
export const presents = {
  'REG-001': ['#e3ecdc', basket],
  'REG-002': ['#d8e9ee', breakfastBox],
  'REG-003': ['#f7e2d0', giftCard],
  'REG-004': ['#f0e0dc', driedFlowers],
}

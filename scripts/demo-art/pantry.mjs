import { bottle, jar, orange } from './containers.mjs'
import {
  body,
  box,
  circle,
  group,
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

const strawberry = (x, y, s) =>
  moved(
    path('M0 56C-50 20 -46 -22 -22 -26C-8 -28 0 -18 0 -18C0 -18 8 -28 22 -26C46 -22 50 20 0 56Z', '#d8324a') +
      scatter(11, 4, (r) => oval(-26 + r() * 52, -14 + r() * 44, 2.4, 3.6, '#ffd98a')) +
      path('M-26 -24L-6 -34L0 -46L6 -34L26 -24L0 -14Z', '#5f8f4e'),
    x,
    y,
    s,
  )

const olive = (x, y, color, a = 0) =>
  turned(
    oval(x, y, 30, 22, color) +
      oval(x - 8, y - 7, 9, 5, '#fff', 'opacity=".5"') +
      circle(x + 24, y, 6, '#c8452f'),
    a,
    x,
    y,
  )

const tomato = (x, y, s) =>
  moved(
    circle(0, 0, 52, '#d8422f') +
      oval(-18, -18, 12, 8, '#fff', 'opacity=".5"') +
      path('M0 -50L8 -34L30 -42L16 -26L0 -30L-16 -26L-30 -42L-8 -34Z', '#5f8f4e'),
    x,
    y,
    s,
  )

const bee = (x, y) =>
  moved(
    oval(-8, -18, 12, 18, '#fff', 'opacity=".85" transform="rotate(-24)"') +
      oval(10, -18, 12, 18, '#fff', 'opacity=".85" transform="rotate(20)"') +
      oval(0, 0, 26, 17, '#f2b632') +
      line('M-6 -14V14M8 -14V14', '#4a3420', 6),
    x,
    y,
  )

const oil = () =>
  bottle('#5f7a3a', 'Aceite', '#55702f', {
    around:
      sprig(470, 486, 1.1, '#6d8a4a', 24) + olive(500, 462, '#7a8f3c', 20) + olive(448, 474, '#93a54e', -12),
  })

const vinegar = () =>
  bottle('#6b2f2a', 'Jerez', '#7d2f2a', {
    cap: '#c9a24c',
    around:
      scatter(9, 5, (r, i) =>
        circle(466 + (i % 3) * 30 + r() * 6, 410 + Math.floor(i / 3) * 28, 19, i % 2 ? '#6d3b62' : '#824a75'),
      ) + sprig(486, 404, 0.5, '#6d8a4a', 20),
  })

const honey = () =>
  jar('#eda52f', 'Miel', '#a8681a', {
    around:
      bee(520, 220) +
      bee(122, 300) +
      turned(
        box(494, 330, 16, 120, 8, '#b98348') +
          oval(502, 456, 28, 36, '#b98348') +
          [436, 452, 468].map((y) => line(`M478 ${y}H526`, '#8b5a2b', 5)).join(''),
        18,
        502,
        440,
      ),
  })

const strawberryJam = () =>
  jar('#c92f48', 'Fresa', '#b3243b', {
    cloth: '#d8324a',
    around: strawberry(502, 430, 1.1) + strawberry(134, 446, 0.85),
  })

const marmalade = () =>
  jar('#ee8b2c', 'Naranja', '#c2621a', {
    cloth: '#2f7f86',
    around: orange(508, 432, 1) + sprig(134, 484, 0.8, '#5f8f4e', -14),
  })

const tomatoSauce = () =>
  jar('#cf4430', 'Tomate', '#a93424', {
    around: tomato(512, 434, 1) + tomato(130, 448, 0.7) + sprig(540, 480, 0.5, '#5f8f4e', 40),
  })

function salt() {
  return (
    shadow(180) +
    path('M180 330H460L430 462Q424 484 400 484H240Q216 484 210 462Z', '#9fb4bd') +
    inside('M180 330H460L430 484H210Z', box(384, 300, 100, 200, 0, '#3b2313', 'opacity=".12"')) +
    oval(320, 330, 140, 34, '#7d949f') +
    path('M190 326C214 268 270 240 320 236C370 240 426 268 450 326C420 350 220 350 190 326Z', '#fff') +
    scatter(50, 9, (r) =>
      group(
        path('M-9 -6L8 -9L11 6L-6 9Z', r() > 0.5 ? '#e4edf0' : '#fff'),
        `translate(${216 + r() * 210} ${262 + r() * 72}) rotate(${r() * 180})`,
      ),
    ) +
    turned(oval(450, 280, 36, 20, '#b98348') + box(470, 272, 110, 16, 8, '#b98348'), -32, 450, 280)
  )
}

function paprika() {
  const tin = 'M220 240H420V470Q420 484 400 484H240Q220 484 220 470Z'
  const pepper = (x, y, a) =>
    turned(
      path(
        `M${x} ${y}C${x + 34} ${y + 20} ${x + 26} ${y + 90} ${x - 30} ${y + 130}C${x - 20} ${y + 80} ${x - 40} ${y + 30} ${x} ${y}Z`,
        '#c22f25',
      ) + line(`M${x} ${y}C${x - 2} ${y - 16} ${x + 10} ${y - 24} ${x + 16} ${y - 28}`, '#5f8f4e', 9),
      a,
      x,
      y + 60,
    )
  return (
    shadow(170) +
    body(tin, '#b8312a', { from: 364, gleam: [236, 262, 12, 190] }) +
    oval(320, 240, 100, 22, '#e2c27a') +
    oval(320, 236, 88, 16, '#a9271f') +
    box(220, 300, 200, 118, 0, '#f4c95d') +
    text(320, 352, 30, 'Pimentón', '#8f1f1a') +
    line('M262 376H378', '#8f1f1a', 4) +
    pepper(500, 330, -8) +
    pepper(556, 350, 22)
  )
}

function olives() {
  return (
    shadow(205) +
    path('M120 350H520C520 440 440 484 320 484C200 484 120 440 120 350Z', '#3f7f89') +
    inside(
      'M120 350H520C520 440 440 484 320 484C200 484 120 440 120 350Z',
      line('M110 400H540', '#fff', 8, 'opacity=".7"') + line('M130 424H520', '#f2cf3d', 6, 'opacity=".9"'),
    ) +
    oval(320, 350, 200, 46, '#2f646d') +
    [
      [190, 344, '#7a8f3c', 10],
      [246, 330, '#93a54e', -20],
      [304, 344, '#5d6e2f', 14],
      [362, 328, '#8da04a', -10],
      [424, 344, '#7a8f3c', 24],
      [280, 312, '#6f8137', 6],
      [340, 300, '#93a54e', -24],
      [398, 312, '#5d6e2f', 16],
      [230, 358, '#5d6e2f', -6],
      [370, 358, '#93a54e', 4],
    ]
      .map(([x, y, c, a]) => olive(x, y, c, a))
      .join('') +
    sprig(470, 340, 0.5, '#58794a', 50)
  )
}

function tuna() {
  return (
    shadow(215) +
    body('M130 340V430C130 470 510 470 510 430V340Z', '#2f6f8f', { from: 410 }) +
    oval(320, 340, 190, 56, '#d7dfe2') +
    oval(320, 338, 170, 46, '#eef3f4') +
    path('M226 340C262 308 336 308 372 334L404 314V362L372 344C336 368 262 370 226 340Z', '#5f97ad') +
    circle(256, 336, 5, '#20485c') +
    line('M300 324Q310 338 300 352', '#20485c', 4) +
    text(320, 440, 34, 'Bonito', '#fff') +
    line('M470 330C500 300 520 330 492 344', '#b7c3c8', 9)
  )
}

function pasta() {
  const strand = (x, y, i) =>
    `<ellipse cx="${x + ((i * 37) % 17) - 8}" cy="${y - i * 3 + ((i * 23) % 11) - 5}" rx="${100 - i * 9}" ry="${36 - i * 2}" fill="none" stroke="${i % 2 ? '#d59f38' : '#f0cd72'}" stroke-width="8" transform="rotate(${((i * 53) % 41) - 20} ${x} ${y})"/>`
  const nest = (x, y) =>
    oval(x, y + 2, 100, 38, '#dcaa45') + Array.from({ length: 10 }, (_, i) => strand(x, y, i)).join('')
  return (
    shadow(220) +
    oval(220, 440, 112, 40, '#c9983a') +
    nest(216, 424) +
    oval(424, 440, 112, 40, '#c9983a') +
    nest(428, 424) +
    nest(322, 344) +
    sprig(500, 360, 0.8, '#5f8f4e', 24) +
    moved(
      path('M0 -40C30 -40 34 20 0 44C-34 20 -30 -40 0 -40Z', '#fff3df') +
        path('M0 -40C10 -10 10 20 0 44', '#eadbc0'),
      136,
      340,
      0.8,
    )
  )
}

function rice() {
  const bag = 'M196 196L220 216H420L444 196L452 460Q452 484 428 484H212Q188 484 188 460Z'
  return (
    shadow(180) +
    body(bag, '#e9dcc1', { from: 380 }) +
    path('M196 196L220 216H420L444 196L440 170H200Z', '#d9c69f') +
    line('M206 232H434', '#b08d57', 7) +
    circle(320, 350, 88, '#3f7f89') +
    circle(320, 350, 76, '#fffaf0') +
    text(320, 348, 34, 'Arroz', '#2f646d') +
    text(320, 386, 26, 'bomba', '#2f646d') +
    scatter(30, 8, (r) =>
      group(
        oval(0, 0, 9, 4.4, '#fffdf6', 'stroke="#d9cba6" stroke-width="1.5"'),
        `translate(${454 + r() * 110} ${456 + r() * 34}) rotate(${r() * 180})`,
      ),
    )
  )
}

/** Background and drawing of each product. */
export const pantry = {
  'DES-001': ['#e4ead0', oil],
  'DES-002': ['#fbe9b9', honey],
  'DES-003': ['#f9d9dc', strawberryJam],
  'DES-004': ['#fde3c3', marmalade],
  'DES-005': ['#d5e4ea', salt],
  'DES-006': ['#f6dccb', paprika],
  'DES-007': ['#e3ebd3', olives],
  'DES-008': ['#d3e6ec', tuna],
  'DES-009': ['#e3ead6', pasta],
  'DES-010': ['#ead9dd', vinegar],
  'DES-011': ['#f8dccf', tomatoSauce],
  'DES-012': ['#dde9e8', rice],
}

import { jarBody } from './containers.mjs'
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

const ring = (seed, color, size) =>
  scatter(54, seed, (r) => {
    const angle = r() * 6.283
    const offset = (r() - 0.5) * 56
    return oval(
      320 + Math.cos(angle) * (148 + offset),
      322 + Math.sin(angle) * (122 + offset * 0.8),
      size * (0.5 + r()),
      size * 0.6,
      color,
      'opacity=".75"',
    )
  })

function wedge(face, rind, spots) {
  const side = 'M120 400L500 300V420L120 480Z'
  return (
    shadow(215) +
    path('M120 400L330 250L500 300Z', face, 'stroke="#00000010"') +
    path('M330 250C430 240 500 270 500 300L120 400Z', face) +
    path(side, face) +
    inside(side, box(0, 0, 640, 640, 0, '#3b2313', 'opacity=".1"')) +
    path('M330 250C440 236 520 266 516 306L516 424L500 420V300C498 276 420 252 330 250Z', rind) +
    spots
  )
}

const manchego = () =>
  wedge(
    '#f3d98b',
    '#5c4326',
    scatter(9, 7, (r) => oval(200 + r() * 260, 356 + r() * 50, 6, 3.4, '#d6b55e')) +
      line('M508 316L514 330L508 344L514 358L508 372L514 386L508 400', '#8d6a40', 5),
  )

const blue = () =>
  wedge(
    '#f2ead4',
    '#b9b6a2',
    scatter(26, 23, (r) =>
      group(
        path('M-12 0C-6 -10 8 -8 13 0C8 8 -8 9 -12 0Z', r() > 0.4 ? '#5f7f97' : '#7f9fa6'),
        `translate(${170 + r() * 310} ${330 + r() * 110}) rotate(${r() * 180}) scale(${0.7 + r() * 0.7})`,
      ),
    ),
  )

function goat() {
  return (
    shadow(215) +
    body('M150 300H470A70 84 0 0 1 470 468H150A70 84 0 0 1 150 300Z', '#f4efe1', { from: 600 }) +
    inside('M150 300H470A70 84 0 0 1 470 468H150Z', box(0, 410, 640, 80, 0, '#3b2313', 'opacity=".08"')) +
    scatter(46, 31, (r) =>
      group(
        box(-9, -2, 18, 4, 2, r() > 0.5 ? '#58794a' : '#7c9a63'),
        `translate(${120 + r() * 340} ${312 + r() * 140}) rotate(${r() * 180})`,
      ),
    ) +
    oval(476, 384, 66, 84, '#fffdf5') +
    oval(476, 384, 52, 68, '#f8f3e6') +
    sprig(150, 486, 1, '#58794a', -62)
  )
}

function burrata() {
  return (
    shadow(215, 490) +
    path('M110 410H530C530 470 440 492 320 492C200 492 110 470 110 410Z', '#8cb2bd') +
    oval(320, 410, 210, 46, '#a9cad3') +
    oval(320, 410, 186, 36, '#e7f1f2') +
    path(
      'M196 392C180 300 260 262 296 256C284 232 300 220 320 220C340 220 356 232 344 256C380 262 460 300 444 392C436 432 204 432 196 392Z',
      '#fffdf8',
    ) +
    path('M290 256C310 268 330 268 350 256L344 276H296Z', '#d8b98a') +
    oval(270, 330, 36, 24, '#fff') +
    path('M400 300C430 330 436 380 420 410C470 390 450 320 400 300Z', '#e8e4da') +
    sprig(430, 420, 0.6, '#5f8f4e', 62) +
    circle(184, 412, 22, '#d2452f') +
    circle(226, 426, 18, '#e0573c') +
    circle(178, 404, 6, '#fff', 'opacity=".6"')
  )
}

function ham() {
  const slice = (x, y, a) =>
    moved(
      turned(
        path(
          'M-120 10C-100 -40 -30 -50 40 -34C90 -24 130 -4 118 22C100 54 20 40 -30 46C-80 52 -130 44 -120 10Z',
          '#b23a3f',
        ) +
          path(
            'M-120 10C-100 -40 -30 -50 40 -34C90 -24 130 -4 118 22C110 4 70 -14 30 -20C-40 -32 -96 -20 -120 10Z',
            '#f2ded0',
          ) +
          line('M-70 20Q-20 -6 40 6M-40 34Q10 16 80 18', '#e39a93', 5),
        a,
        0,
        0,
      ),
      x,
      y,
    )
  return (
    shadow(220) +
    oval(320, 420, 230, 66, '#fff') +
    oval(320, 414, 200, 50, '#eef1ef') +
    slice(240, 398, 8) +
    slice(400, 404, -8) +
    slice(320, 356, 4) +
    slice(250, 338, -14) +
    slice(400, 342, 14) +
    slice(320, 296, -3) +
    sprig(500, 430, 0.5, '#58794a', 50)
  )
}

function sausage(color, specks, loop) {
  const string = line('M320 110V170', '#e9d9b6', 7) + circle(320, 174, 9, '#e9d9b6')
  const shape = loop ? 'M320 186C200 190 150 290 176 380C204 470 436 470 464 380C490 290 440 190 320 186' : ''
  return (
    shadow(190) +
    string +
    line(shape, '#00000022', 86, 'transform="translate(6 8)"') +
    line(shape, color, 80) +
    line('M206 300C196 350 214 400 250 420', '#fff', 9, 'opacity=".25"') +
    specks
  )
}

const chorizo = () => sausage('#a93424', ring(14, '#e98a5e', 8), true)

function fuet() {
  const stick = (x, y, a) =>
    turned(
      body(
        `M${x} ${y}C${x} ${y - 40} ${x + 400} ${y - 40} ${x + 400} ${y}C${x + 400} ${y + 40} ${x} ${y + 40} ${x} ${y}Z`,
        '#b98f78',
        { from: 900 },
      ) +
        scatter(40, x + y, (r) =>
          circle(
            x + 20 + r() * 360,
            y - 24 + r() * 48,
            2 + r() * 4,
            r() > 0.3 ? '#f3e7db' : '#8d5f50',
            'opacity=".8"',
          ),
        ) +
        line(`M${x} ${y}H${x - 30}`, '#e9d9b6', 6),
      a,
      x + 200,
      y,
    )
  const slices = [
    [420, 450],
    [482, 438],
    [450, 408],
  ]
    .map(
      ([x, y]) =>
        oval(x, y, 46, 26, '#d8c3b4') +
        oval(x, y - 3, 40, 21, '#a4383c') +
        scatter(9, x, (r) => circle(x - 28 + r() * 56, y - 12 + r() * 18, 3.6, '#f4dcd2')),
    )
    .join('')
  return shadow(220) + stick(116, 270, -18) + stick(120, 356, -8) + slices
}

function pate() {
  return (
    shadow(180) +
    jarBody('#8a5a44', { x: 190, y: 290, width: 260, height: 190 }) +
    line('M188 290H452', '#f0e2c8', 18) +
    path('M176 284C176 240 464 240 464 284Z', '#dfe6e2') +
    box(176, 262, 288, 26, 10, '#c97e4a') +
    circle(320, 392, 58, '#fff6e2') +
    text(320, 388, 30, 'Paté', '#6b4128') +
    line('M290 404H350', '#c97e4a', 5) +
    sprig(500, 486, 0.8, '#58794a', 20)
  )
}

/** Background and drawing of each product. */
export const delicatessen = {
  'QUE-001': ['#f3e3bb', manchego],
  'QUE-002': ['#b9cfae', goat],
  'QUE-003': ['#d6e2e8', blue],
  'QUE-004': ['#f6dcd2', burrata],
  'CHA-001': ['#f1d9d0', ham],
  'CHA-002': ['#f4dcc4', chorizo],
  'CHA-003': ['#e6dfd4', fuet],
  'CHA-004': ['#efe0cd', pate],
}

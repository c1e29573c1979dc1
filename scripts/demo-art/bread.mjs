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
  turned,
} from './pencil.mjs'

const crust = '#c47f3c'

const crustDark = '#9a5a24'

const crumb = '#f4d9a8'

/** A slash on a crust. */
const slash = (d) => line(d, crumb, 15) + line(d, '#fff3d6', 5)

function sourdough() {
  const loaf =
    'M112 420C100 280 210 214 320 214C430 214 540 280 528 420C524 474 470 484 320 484C170 484 116 474 112 420Z'
  return (
    shadow(220) +
    body(loaf, crust, { from: 400 }) +
    inside(
      loaf,
      oval(250, 300, 170, 60, '#fff', 'opacity=".12"') +
        scatter(70, 3, (r) =>
          circle(120 + r() * 400, 220 + r() * 150, 1.5 + r() * 3, '#fff6e2', 'opacity=".75"'),
        ),
    ) +
    slash('M190 372C230 290 300 262 380 252') +
    slash('M250 404C290 330 350 300 440 292') +
    slash('M330 420C370 364 420 346 480 346')
  )
}

function baguette() {
  const loaf =
    'M70 330C70 286 120 268 320 268C520 268 570 286 570 330C570 374 520 392 320 392C120 392 70 374 70 330Z'
  const one =
    body(loaf, crust, { from: 640 }) +
    inside(loaf, box(0, 340, 640, 80, 0, crustDark, 'opacity=".35"')) +
    [150, 240, 330, 420].map((x) => slash(`M${x} 346C${x + 20} 320 ${x + 46} 304 ${x + 74} 300`)).join('')
  return shadow(200) + turned(one, -28, 320, 330) + turned(moved(one, 44, 50, 0.94), -14, 320, 340)
}

function rye() {
  const loaf =
    'M108 400C108 300 190 250 320 250C450 250 532 300 532 400C532 466 510 482 320 482C130 482 108 466 108 400Z'
  const seed = (r) =>
    group(
      oval(0, 0, 9, 4.5, r() > 0.5 ? '#f0d9a4' : '#3d2a1c'),
      `translate(${130 + r() * 380} ${264 + r() * 120}) rotate(${r() * 180})`,
    )
  return (
    shadow(215) +
    body(loaf, '#7b4d2c', { from: 410 }) +
    inside(loaf, oval(300, 300, 200, 70, '#fff', 'opacity=".08"') + scatter(90, 11, seed)) +
    sprig(520, 476, 0.9, '#c9a24c', 24)
  )
}

function sandwichLoaf() {
  const loaf =
    'M120 300C100 240 150 214 190 216H470C520 214 556 250 528 300V470Q528 484 512 484H136Q120 484 120 470Z'
  const slice = 'M70 316C52 262 96 236 140 236C188 236 230 262 214 316V472Q214 486 200 486H84Q70 486 70 472Z'
  return (
    shadow(235) +
    body(loaf, crust, { from: 420 }) +
    inside(loaf, box(100, 200, 460, 60, 30, '#e0a45a')) +
    [270, 340, 410].map((x) => line(`M${x} 250V470`, crustDark, 3, 'opacity=".4"')).join('') +
    path(slice, crustDark) +
    moved(path(slice, crumb), 14.2, 36, 0.9) +
    scatter(18, 5, (r) => oval(96 + r() * 92, 290 + r() * 160, 4, 2.6, '#e6c184'))
  )
}

function focaccia() {
  const bread = 'M112 300Q112 262 150 262H490Q528 262 528 300V430Q528 474 484 474H156Q112 474 112 430Z'
  const dimple = (r, i) =>
    oval(160 + (i % 6) * 66 + r() * 14, 300 + Math.floor(i / 6) * 60 + r() * 12, 17, 11, '#b97a30')
  return (
    shadow(220) +
    path('M96 440Q96 490 140 490H500Q544 490 544 440Z', '#8d5a33') +
    body(bread, '#e3ab53', { from: 440, shade: 0.08 }) +
    scatter(18, 8, dimple) +
    scatter(
      5,
      21,
      (r, i) =>
        circle(180 + i * 72, 322 + r() * 110, 15, '#c8452f') +
        circle(176 + i * 72, 318 + r() * 4 + 6, 4, '#fff', 'opacity=".0"'),
    ) +
    [
      [200, 360, 40],
      [330, 300, 80],
      [430, 410, 20],
      [280, 430, 110],
      [480, 330, -30],
    ]
      .map(([x, y, a]) => sprig(x, y, 0.42, '#4f7a45', a))
      .join('')
  )
}

function glutenFree() {
  return (
    shadow(215) +
    moved(sandwichLoaf().replace(shadow(235), ''), 34, 26, 0.92) +
    circle(470, 250, 58, '#fff') +
    circle(470, 250, 50, '#6d9a5b') +
    sprig(470, 286, 0.5, '#fff', 0) +
    line('M434 286L506 214', '#fff', 7)
  )
}

/** Background and drawing of each product. */
export const bread = {
  'PAN-001': ['#f3dfc1', sourdough],
  'PAN-002': ['#e9e2cf', baguette],
  'PAN-003': ['#dfd3bf', rye],
  'PAN-004': ['#f6e3c5', sandwichLoaf],
  'PAN-005': ['#dde5cf', focaccia],
  'PAN-006': ['#dbe8d4', glutenFree],
}

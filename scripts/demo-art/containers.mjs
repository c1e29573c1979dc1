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
  text,
  turned,
} from './pencil.mjs'

export function jarBody(fill, { x, y, width, height }) {
  const d = `M${x} ${y}H${x + width}V${y + height - 34}Q${x + width} ${y + height} ${x + width - 34} ${y + height}H${x + 34}Q${x} ${y + height} ${x} ${y + height - 34}Z`
  return body(d, fill, { from: x + width * 0.74, gleam: [x + 20, y + 28, 16, height - 80] })
}

export function label(x, y, width, height, title, color, mark = '') {
  return (
    box(x, y, width, height, 10, '#fffaf0') +
    box(x + 7, y + 7, width - 14, height - 14, 6, 'none', `stroke="${color}" stroke-width="3"`) +
    text(
      x + width / 2,
      y + height / 2 + (mark ? 28 : 10),
      Math.min(34, ((width - 26) / title.length) * 1.45),
      title,
      color,
    ) +
    mark
  )
}

/** A preserving jar with a cloth or a metal lid. */
export function jar(fill, title, color, { cloth = null, mark = '', around = '' } = {}) {
  const lid = cloth
    ? path(
        'M196 236C196 180 444 180 444 236L470 282C430 266 400 290 364 274C336 288 304 288 276 274C240 290 210 266 170 282Z',
        cloth,
      ) +
      line('M200 236H440', '#fff', 8) +
      scatter(16, 12, (r) => circle(220 + r() * 200, 198 + r() * 60, 6, '#fff', 'opacity=".65"'))
    : box(200, 190, 240, 54, 12, '#d7b25b') + line('M204 226H436', '#b18c3a', 4)
  return (
    shadow(170) +
    jarBody(fill, { x: 186, y: 240, width: 268, height: 244 }) +
    lid +
    label(222, 320, 196, 112, title, color, mark) +
    around
  )
}

export function bottle(glass, title, color, { cap = '#3f3a34', around = '', fill = null } = {}) {
  const d =
    'M284 96H356V200C356 236 420 244 420 312V452Q420 484 388 484H252Q220 484 220 452V312C220 244 284 236 284 200Z'
  return (
    shadow(140) +
    body(d, glass, { from: 372, gleam: [240, 320, 14, 120] }) +
    (fill
      ? inside(
          d,
          path('M200 290C260 276 380 304 440 290V490H200Z', fill, 'opacity=".85"') +
            box(372, 280, 80, 220, 0, '#3b2313', 'opacity=".12"'),
        )
      : '') +
    box(276, 78, 88, 54, 10, cap) +
    label(234, 330, 172, 104, title, color) +
    around
  )
}

export const orange = (x, y, s) =>
  moved(
    circle(0, 0, 54, '#f08c2e') +
      circle(0, 0, 46, '#ffe2b0') +
      [0, 45, 90, 135].map((a) => turned(line('M-42 0H42', '#f08c2e', 4), a, 0, 0)).join('') +
      circle(0, 0, 6, '#f08c2e'),
    x,
    y,
    s,
  )

export const bean = (x, y, a, color = '#5b3220') =>
  turned(
    oval(x, y, 21, 15, color) +
      line(`M${x - 17} ${y}C${x - 6} ${y - 7} ${x + 6} ${y + 7} ${x + 17} ${y}`, '#2f190e', 3.4),
    a,
    x,
    y,
  )

export const daisy = (x, y, s = 0.9) =>
  moved(
    [0, 60, 120, 180, 240, 300].map((a) => turned(oval(0, -18, 8, 14, '#fff'), a, 0, 0)).join('') +
      circle(0, 0, 9, '#f2b632'),
    x,
    y,
    s,
  )

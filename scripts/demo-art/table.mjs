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

function candle() {
  const d = 'M200 270H440V440Q440 484 396 484H244Q200 484 200 440Z'
  return (
    shadow(170) +
    circle(320, 180, 110, '#ffe9a8', 'opacity=".55"') +
    body(d, '#efe4d8', { from: 374, gleam: [220, 310, 14, 130] }) +
    oval(320, 270, 120, 32, '#fff8ee') +
    oval(320, 272, 102, 24, '#f2dcc0') +
    line('M320 268V228', '#4a3420', 7) +
    path('M320 130C352 172 348 228 320 230C292 228 288 172 320 130Z', '#f6a93c') +
    path('M320 172C338 196 334 226 320 228C306 226 302 196 320 172Z', '#fff3bf') +
    box(236, 340, 168, 100, 12, '#fffaf4') +
    text(320, 400, 34, 'Lavanda', '#7d5ba6') +
    [470, 500, 530]
      .map(
        (x, i) =>
          line(`M${x} 484L${x + 6} ${390 - i * 10}`, '#7c9a63', 6) +
          scatter(9, x, (r, k) => oval(x + 5 + (r() - 0.5) * 20, 330 + k * 10 + i * 6, 9, 8, '#8d6bb8')),
      )
      .join('')
  )
}

function mug() {
  const d = 'M180 230H420V430Q420 484 366 484H234Q180 484 180 430Z'
  return (
    shadow(170) +
    line('M416 284C512 276 512 410 414 412', '#2f6f8f', 30) +
    body(d, '#3f86a8', { from: 352, gleam: [202, 280, 16, 130] }) +
    inside(
      d,
      path('M170 350C220 330 260 376 310 352C360 330 390 372 430 350V490H170Z', '#f3ead9') +
        box(352, 220, 90, 280, 0, '#3b2313', 'opacity=".12"') +
        scatter(26, 7, (r) => circle(190 + r() * 220, 384 + r() * 86, 3, '#b98a57')),
    ) +
    oval(300, 230, 120, 32, '#7db3cb') +
    oval(300, 233, 104, 24, '#5b3220') +
    line('M250 232Q300 250 346 228', '#c99a6a', 5) +
    line('M262 180C240 150 284 130 262 96M330 180C308 150 352 130 330 96', '#fff', 9, 'opacity=".8"')
  )
}

function apron() {
  const d =
    'M236 190C240 240 200 262 176 276V462Q176 484 200 484H440Q464 484 464 462V276C440 262 400 240 404 190Z'
  return (
    shadow(170, 496) +
    line('M244 196C230 90 410 90 396 196', '#8a6d4b', 13) +
    line('M178 286C120 300 110 350 130 392M462 286C520 300 530 350 510 392', '#8a6d4b', 11) +
    body(d, '#d9c4a0', { from: 390 }) +
    inside(
      d,
      [230, 270, 310, 350, 390].map((x) => line(`M${x} 180V490`, '#c7ae85', 3, 'opacity=".6"')).join(''),
    ) +
    line('M240 200H400', '#b3956a', 8) +
    box(232, 350, 176, 92, 14, '#cbb28a') +
    line('M232 364H408', '#a98a5c', 4, 'stroke-dasharray="10 8"') +
    turned(box(276, 300, 14, 90, 7, '#b98348') + oval(283, 300, 19, 26, '#b98348'), -8, 283, 340) +
    line('M350 350C350 310 372 310 372 350', '#5f8f4e', 6) +
    sprig(352, 352, 0.34, '#5f8f4e', -10) +
    box(232, 358, 176, 84, 10, '#cbb28a') +
    line('M320 358V442', '#a98a5c', 4, 'stroke-dasharray="10 8"') +
    text(320, 262, 34, 'Lola', '#8a5a44')
  )
}

function board() {
  const d =
    'M150 260C150 226 180 214 220 214H400C440 214 452 232 470 240L540 232C572 230 576 286 544 290L470 296C466 380 440 400 400 400H220C170 400 150 380 150 340Z'
  const art =
    path(d, '#8d5f35', 'transform="translate(0 16)"') +
    path(d, '#c58e54') +
    inside(
      d,
      [
        'M140 250C240 230 330 280 480 246',
        'M140 290C240 262 350 320 560 262',
        'M140 330C230 300 330 360 470 320',
        'M140 366C250 340 340 392 470 356',
      ]
        .map((l) => line(l, '#a8733e', 6, 'opacity=".7"'))
        .join('') +
        oval(260, 310, 26, 12, '#8d5f35') +
        oval(260, 310, 13, 6, '#6f4826'),
    ) +
    circle(540, 261, 11, '#f3e7d6')
  return (
    shadow(210, 470) +
    turned(art, -10, 320, 320) +
    moved(
      path('M-70 20L60 -30L70 6L-60 50Z', '#f3d98b') +
        path('M-70 20L60 -30C40 -44 -50 -20 -70 20Z', '#5c4326'),
      268,
      286,
      0.9,
    ) +
    scatter(5, 3, (_r, i) =>
      circle(376 + (i % 3) * 26, 268 + Math.floor(i / 3) * 24, 14, i % 2 ? '#6d3b62' : '#824a75'),
    ) +
    sprig(356, 330, 0.5, '#58794a', 62)
  )
}

function tote() {
  const d = 'M170 240H470L492 462Q494 484 472 484H168Q146 484 148 462Z'
  return (
    shadow(185) +
    line('M244 250C230 90 300 110 300 250M340 250C340 110 410 90 396 250', '#d9c4a0', 17) +
    body(d, '#efe3cc', { from: 392 }) +
    line('M172 262H468', '#d3c09a', 4, 'stroke-dasharray="10 8"') +
    path('M250 390C236 330 270 306 320 306C370 306 404 330 390 390C386 414 254 414 250 390Z', '#c47f3c') +
    line('M276 372C290 342 310 330 340 326M306 388C320 354 344 344 366 342', '#f4d9a8', 10) +
    sprig(236, 410, 0.5, '#58794a', -24) +
    sprig(404, 410, 0.5, '#58794a', 24) +
    text(320, 452, 30, 'La Alacena de Lola', '#8a5a44', 'textLength="250"')
  )
}

function mokaPot() {
  const lower = 'M222 340H398L424 466Q426 484 406 484H214Q194 484 196 466Z'
  const upper = 'M238 316L212 190H408L382 316Z'
  return (
    shadow(165) +
    line('M404 206C500 200 490 330 456 372', '#3a3633', 26) +
    path('M212 190L176 214L222 244Z', '#aeb9bf') +
    body(upper, '#ccd5da', { from: 340 }) +
    line('M262 200L276 312M338 200L330 312', '#aeb9bf', 5) +
    path('M216 190C230 150 390 150 404 190Z', '#dfe6ea') +
    circle(310, 148, 17, '#3a3633') +
    box(222, 312, 176, 32, 10, '#9aa7ae') +
    body(lower, '#c2ccd2', { from: 350 }) +
    line('M270 346L256 480M348 346L362 480', '#a5b1b8', 5) +
    circle(310, 402, 12, '#9aa7ae') +
    line('M250 110C230 84 270 64 250 36M300 108C280 82 320 62 300 34', '#fff', 8, 'opacity=".8"') +
    [
      [500, 466, 20],
      [540, 452, -30],
      [140, 470, 10],
    ]
      .map(([x, y, a]) =>
        turned(
          oval(x, y, 21, 15, '#5b3220') + line(`M${x - 17} ${y}Q${x} ${y + 8} ${x + 17} ${y}`, '#2f190e', 3),
          a,
          x,
          y,
        ),
      )
      .join('')
  )
}

/** Background and drawing of each product. */
export const table = {
  'MES-001': ['#e8ddc9', mug],
  'MES-002': ['#d9e5dd', apron],
  'MES-003': ['#e2ead6', board],
  'MES-004': ['#e7dff0', candle],
  'MES-005': ['#d5e4ea', tote],
  'MES-006': ['#f4dfcb', mokaPot],
}

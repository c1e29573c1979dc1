// The product's mark: a shop's awning over a counter. All drawings are 64 units wide.

const rust = '#a8481f'
const paper = '#fff3e6'
const stripe = '#f4b98a'
const badges = { paused: '#665e55', attention: '#d9480f' }

/** The awning's roof, its scalloped edge and the counter, each in a colour of its own. */
function mark(roof, edge, counter, top) {
  return [
    `<path d="M14 25l4-10h28l4 10z" fill="${roof}"/>`,
    `<path d="M14 25h36v3a6 6 0 0 1-12 0 6 6 0 0 1-12 0 6 6 0 0 1-12 0z" fill="${edge}"/>`,
    `<path d="M17 38h30v12H17z" fill="${counter}"/>`,
    `<path d="M12 38h40v4H12z" fill="${top}"/>`,
  ].join('')
}

function svg(body, viewBox = '0 0 64 64') {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${viewBox}">${body}</svg>`
}

/** The icon of the app on Windows and Linux, and of the desk. */
export function appIcon() {
  return svg(
    `<title>Mostrador</title><rect width="64" height="64" rx="15" fill="${rust}"/>${mark(paper, stripe, paper, stripe)}`,
  )
}

/** Apple's grid leaves a margin: the tile fills 824 of 1024 units. */
export function macIcon() {
  const tile = `<rect width="64" height="64" rx="14.4" fill="${rust}"/>${mark(paper, stripe, paper, stripe)}`
  return svg(`<g transform="translate(6.25 6.25) scale(.8047)">${tile}</g>`)
}

/** A sign in the lower right corner: two bars while the bot is paused, a point where somebody is needed. */
function sign(state, ink, ground) {
  if (state === 'paused')
    return `<circle cx="47" cy="47" r="16" fill="${ground}"/><path d="M40 39h5v16h-5zM49 39h5v16h-5z" fill="${ink}"/>`
  if (state === 'attention')
    return `<circle cx="47" cy="47" r="16" fill="${ground}"/><path d="M44.5 37h5v12h-5zM44.5 52h5v5h-5z" fill="${ink}"/>`
  return ''
}

/** In colour, for the trays of Windows and Linux. Small, so without the tile's margin. */
export function trayIcon(state) {
  const tile = `<rect x="2" y="2" width="60" height="60" rx="12" fill="${rust}"/>`
  const large = `<g transform="translate(32 32) scale(1.22) translate(-32 -32.5)">${mark(paper, stripe, paper, stripe)}</g>`
  return svg(tile + large + sign(state, '#fff', badges[state]))
}

/** One colour with transparency, for the menu bar of macOS, which paints it itself. */
export function trayTemplate(state) {
  const shape = `<g transform="translate(32 32) scale(1.45) translate(-32 -32.5)">${mark('#000', '#000', '#000', '#000')}</g>`
  // What the mask paints black stays open: a line between roof and edge, and a ring around the sign.
  const ring = state === '' ? '' : '<circle cx="47" cy="47" r="19"/>'
  const mask = `<mask id="m"><rect width="64" height="64" fill="#fff"/><path d="M6 20.5h52" stroke="#000" stroke-width="3"/>${ring}</mask>`
  return svg(`${mask}<g mask="url(#m)">${shape}</g>${holed(state)}`)
}

/** The sign of a template is a disc with the sign cut out. */
function holed(state) {
  if (state === '') return ''
  const hole = sign(state, '#000', '#fff')
  return `<mask id="s">${hole}</mask><circle cx="47" cy="47" r="16" mask="url(#s)"/>`
}

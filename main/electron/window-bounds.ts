export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

/** The narrowest window in which the desk is usable, device-independent pixels. */
export const smallest = { width: 400, height: 480 }
const usual = { width: 1280, height: 840 }
/** So much of a window must lie on a display that it can be grabbed. */
const graspable = 80

/**
 * Where the window opens: as it was, if that is still on a display; else in the middle of the first one.
 * @param displays Work areas, the main display first.
 */
export function placeWindow(saved: Bounds | null, displays: readonly Bounds[]): Bounds {
  const [main] = displays
  if (main === undefined) return { x: 0, y: 0, ...usual }
  const home = displays.find((display) => saved !== null && isGraspable(saved, display))
  const width = clamp(saved?.width ?? usual.width, smallest.width, (home ?? main).width)
  const height = clamp(saved?.height ?? usual.height, smallest.height, (home ?? main).height)
  if (saved !== null && home !== undefined) {
    return {
      x: clamp(saved.x, home.x + graspable - width, home.x + home.width - graspable),
      y: clamp(saved.y, home.y, home.y + home.height - graspable),
      width,
      height,
    }
  }
  return {
    x: Math.round(main.x + (main.width - width) / 2),
    y: Math.round(main.y + (main.height - height) / 2),
    width,
    height,
  }
}

/** The title bar can be reached. */
function isGraspable(window: Bounds, display: Bounds): boolean {
  const right = Math.min(window.x + window.width, display.x + display.width)
  const overlap = right - Math.max(window.x, display.x)
  return overlap >= graspable && window.y >= display.y && window.y <= display.y + display.height - graspable
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, Math.max(least, most)))
}

/** What becomes of the window when its owner closes it. */
export type Closing = 'hide' | 'minimise' | 'close'

/** Without an icon beside the clock a hidden window could not be found again. */
export function closingOf({ closeToTray, hasTray }: { closeToTray: boolean; hasTray: boolean }): Closing {
  if (!closeToTray) return 'close'
  return hasTray ? 'hide' : 'minimise'
}

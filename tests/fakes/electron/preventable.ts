/** An event as Electron gives it, where what follows can be prevented. */
export function preventable(more: Record<string, unknown> = {}) {
  return {
    ...more,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true
    },
  }
}

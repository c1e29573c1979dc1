/** What the desktop's preload puts into the desk's window as `mostrador`: nothing else of it is reached from there. */
export interface Bridge {
  /** Asks for a connection to the app. The answer is a message `mostrador:port` to this window with a port. */
  connect(): void
  /** `win32`, `darwin` or `linux`. */
  readonly platform: string
}

/** The message with which a window asks for a port, and under which it gets one. */
export const connectChannel = 'mostrador:connect'
export const portChannel = 'mostrador:port'

const pause = 250

/** The connection was not there, or went away before the answer. */
export class LinkDown extends Error {}

/** The page's connection to the platform: calls with answers, and news. Comes back by itself until it is closed. */
class Link {
  #socket
  #calls = new Map()
  #nextCall = 1
  #wanted = false
  #waiting = []
  #ready = false
  #hooks

  /** `greet` speaks first on every new connection; other calls wait until it is done. */
  start(hooks) {
    this.#hooks = hooks
    this.open()
  }

  open() {
    this.#wanted = true
    this.#connect()
  }

  close() {
    this.#wanted = false
    this.#ready = false
    this.#socket?.close()
    this.#giveUpCalls()
  }

  /** Waits for a connection; fails when the connection breaks before the answer. */
  async call(name, values = {}) {
    if (!this.#ready) await new Promise((resolve) => this.#waiting.push(resolve))
    return this.#ask(name, values)
  }

  /** Asks again after every break until there is an answer; the platform knows a message that it has already got. */
  async callUntilAnswered(name, values) {
    for (;;) {
      try {
        return await this.call(name, values)
      } catch (error) {
        if (!(error instanceof LinkDown)) throw error
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    }
  }

  /** Without an answer, and lost when there is no connection. */
  tell(name, values = {}) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify({ call: name, values }))
  }

  #ask(name, values) {
    const id = this.#nextCall
    this.#nextCall += 1
    return new Promise((resolve, reject) => {
      if (this.#socket?.readyState !== WebSocket.OPEN) {
        reject(new LinkDown('no connection'))
        return
      }
      this.#calls.set(id, { resolve, reject })
      this.#socket.send(JSON.stringify({ id, call: name, values }))
    })
  }

  #connect() {
    const socket = new WebSocket(`wss://${location.host}/link`)
    this.#socket = socket
    socket.onopen = async () => {
      try {
        await this.#hooks.greet((name, values) => this.#ask(name, values))
      } catch {
        return
      }
      if (socket.readyState !== WebSocket.OPEN) return
      this.#ready = true
      for (const resolve of this.#waiting.splice(0)) resolve()
    }
    // What an earlier connection still brings is not about this one.
    socket.onmessage = ({ data }) => this.#socket === socket && this.#take(JSON.parse(data))
    socket.onclose = () => {
      if (this.#socket !== socket) return
      this.#ready = false
      this.#giveUpCalls()
      if (!this.#wanted) return
      this.#hooks.onDown()
      setTimeout(() => this.#wanted && this.#socket === socket && this.#connect(), pause)
    }
  }

  /** Their answers would come over a connection that is not there any more. */
  #giveUpCalls() {
    for (const { reject } of this.#calls.values()) reject(new LinkDown('connection lost'))
    this.#calls.clear()
  }

  #take(frame) {
    if (frame.reply === undefined) {
      this.#hooks.onNews(frame)
      return
    }
    const call = this.#calls.get(frame.reply)
    this.#calls.delete(frame.reply)
    if (frame.error === undefined) call?.resolve(frame.result)
    else call?.reject(new Error(frame.error))
  }
}

export const link = new Link()

/** Two soft notes, made on the spot. A browser lets a page sound only after it was clicked or typed into. */

let context: AudioContext | null = null

function wake(): void {
  context ??= new AudioContext()
  void context.resume().catch(() => undefined)
}

/** Asks for sound with the first click or key; answers how to stop listening. */
export function readySound(): () => void {
  const events = ['pointerdown', 'keydown'] as const
  const stop = () => {
    for (const each of events) window.removeEventListener(each, first)
  }
  const first = () => {
    stop()
    wake()
  }
  for (const each of events) window.addEventListener(each, first)
  return stop
}

const notes = [
  { frequency: 659, at: 0 },
  { frequency: 880, at: 0.18 },
]
/** Seconds a note takes to fade, and how loud it is at its loudest (1 is the most). */
const length = 0.32
const loudness = 0.16

export function playCall(): void {
  wake()
  if (context === null || context.state === 'closed') return
  for (const { frequency, at } of notes) {
    const start = context.currentTime + at
    const tone = context.createOscillator()
    const volume = context.createGain()
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, start)
    volume.gain.linearRampToValueAtTime(loudness, start + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.001, start + length)
    tone.connect(volume).connect(context.destination)
    tone.start(start)
    tone.stop(start + length)
  }
}

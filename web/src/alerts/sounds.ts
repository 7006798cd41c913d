/** A bell: `at` and `seconds` from the start of the sound, `hz` its pitch, `gain` how loud, from 0 to 1. */
interface Note {
  at: number
  hz: number
  seconds: number
  gain: number
}

/** The usual sound is two soft notes; the urgent one is three pairs that nobody takes for it. */
const notes = {
  usual: [
    { at: 0, hz: 659, seconds: 0.35, gain: 0.35 },
    { at: 0.12, hz: 880, seconds: 0.5, gain: 0.3 },
  ],
  urgent: [0, 0.5, 1].flatMap((at) => [
    { at, hz: 988, seconds: 0.3, gain: 0.7 },
    { at: at + 0.15, hz: 740, seconds: 0.4, gain: 0.7 },
  ]),
} satisfies Record<string, readonly Note[]>

export type SoundName = keyof typeof notes

/** Long enough for a browser that lets pages play. One that does not never answers. */
const startsWithinMs = 1000
/** After the longest sound. A context that runs keeps the device's sound on, and may keep it awake. */
const idleMs = 3000

/** The sounds of this tab. Both calls reject on a device without sound. */
export interface Sounds {
  /** Resolves to false when the browser holds the sound back. `volume`: percent. */
  play(name: SoundName, volume: number): Promise<boolean>
  /** For a click or a key. Resolves to whether the browser lets this tab play now. */
  unlock(): Promise<boolean>
  close(): void
}

export function createSounds(): Sounds {
  let context: AudioContext | undefined
  let resting: ReturnType<typeof setTimeout> | undefined

  async function start(): Promise<AudioContext | undefined> {
    context ??= new AudioContext()
    clearTimeout(resting)
    resting = setTimeout(() => void context?.suspend(), idleMs)
    const late = new Promise((resolve) => setTimeout(resolve, startsWithinMs))
    await Promise.race([context.resume().catch(() => undefined), late])
    return context.state === 'running' ? context : undefined
  }

  return {
    async play(name, volume) {
      const running = await start()
      if (running === undefined) return false
      for (const note of notes[name]) ring(running, note, volume)
      return true
    },
    unlock: async () => (await start()) !== undefined,
    close() {
      clearTimeout(resting)
      void context?.close()
      context = undefined
    },
  }
}

function ring(context: AudioContext, { at, hz, seconds, gain }: Note, volume: number) {
  const from = context.currentTime + at
  const bell = new OscillatorNode(context, { type: 'triangle', frequency: hz })
  const loudness = new GainNode(context, { gain: 0 })
  // Loudness is heard by its square.
  const loudest = Math.max(gain * (volume / 100) ** 2, 0.0001)
  loudness.gain.setValueAtTime(0.0001, from)
  loudness.gain.exponentialRampToValueAtTime(loudest, from + 0.01)
  loudness.gain.exponentialRampToValueAtTime(0.0001, from + seconds)
  bell.connect(loudness).connect(context.destination)
  bell.start(from)
  bell.stop(from + seconds)
}

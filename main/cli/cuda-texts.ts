import type { CliLanguage } from './texts.ts'

/** What the command line says of the CUDA build. */
const words = {
  offered: {
    es: 'Hay una tarjeta NVIDIA. «model gpu install» descarga la versión para CUDA: {size}, y {disk} en el disco.',
    en: 'There is an NVIDIA card. "model gpu install" fetches the build for CUDA: {size}, and {disk} on the disk.',
  },
  outdated: {
    es: 'La aplicación se actualizó y la versión para CUDA quedó anticuada. «model gpu install» descarga la nueva: {size}.',
    en: 'The app was updated, and the build for CUDA was out of date. "model gpu install" fetches the new one: {size}.',
  },
  paused: {
    es: 'En pausa con {bytes} de {size}. «model gpu install» sigue; «model gpu cancel» lo borra.',
    en: 'Paused at {bytes} of {size}. "model gpu install" goes on; "model gpu cancel" deletes it.',
  },
  underway: { es: 'Instalándose: {bytes} de {size}.', en: 'Being installed: {bytes} of {size}.' },
  installed: {
    es: 'La versión {version} para CUDA está instalada; se usa desde la próxima respuesta.',
    en: 'The {version} build for CUDA is installed; it is used from the next answer on.',
  },
  inUse: {
    es: 'Los modelos funcionan con CUDA (versión {version}).',
    en: 'Models run with CUDA (version {version}).',
  },
  notLoaded: {
    es: 'La versión para CUDA está instalada, pero no arranca en este equipo; los modelos siguen sin ella. Actualiza el controlador de NVIDIA y repite con «model gpu retry».',
    en: 'The build for CUDA is installed but does not start on this computer; models go on without it. Update the NVIDIA driver and run "model gpu retry".',
  },
  died: {
    es: 'Con CUDA el programa de los modelos se cerró dos veces; ahora siguen sin CUDA. «model gpu retry» la prueba otra vez, «model gpu remove» la quita.',
    en: 'With CUDA the program of the models died twice; now they go on without it. "model gpu retry" tries it again, "model gpu remove" deletes it.',
  },
  noRuntime: {
    es: 'No se encuentra CUDA 12 o 13 de NVIDIA (CUDA Toolkit), y sin eso no arranca: instálalo antes.',
    en: "NVIDIA's CUDA 12 or 13 (CUDA Toolkit) was not found, and without it this does not start: install it first.",
  },
  running: {
    es: '{percent} %, {bytes} de {total}, {speed}/s',
    en: '{percent}%, {bytes} of {total}, {speed}/s',
  },
  waiting: { es: 'La conexión se cortó; se vuelve a intentar…', en: 'The connection broke; trying again…' },
  checking: { es: 'Comprobando lo descargado…', en: 'Checking what was fetched…' },
  unpacking: { es: 'Descomprimiendo…', en: 'Unpacking…' },
  cancelled: { es: 'Se borró lo que había descargado.', en: 'What was fetched is deleted.' },
  removed: {
    es: 'Versión para CUDA borrada; los modelos siguen sin ella.',
    en: 'The build for CUDA is deleted; models go on without it.',
  },
} as const satisfies Record<string, Record<CliLanguage, string>>

export function sayOfCuda(
  key: keyof typeof words,
  language: CliLanguage,
  data: Record<string, string | number> = {},
): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}

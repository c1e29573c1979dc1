import type { CliLanguage } from './texts.ts'

/** What the command line says of browsers. */
const words = {
  chosen: { es: 'elegido', en: 'chosen' },
  installed: { es: 'instalado', en: 'installed' },
  downloaded: { es: 'descargado', en: 'downloaded' },
  none: {
    es: 'En este equipo no hay ningún navegador que sirva. Instala Chrome o Edge, o descarga uno: browser download',
    en: 'There is no browser on this computer that would do. Install Chrome or Edge, or download one: browser download',
  },
  noneNoDownload: {
    es: 'En este equipo no hay ningún navegador que sirva, y no hay descarga para él. Instala Chrome, Edge o Chromium.',
    en: 'There is no browser on this computer that would do, and no download for it. Install Chrome, Edge or Chromium.',
  },
  chosenGone: {
    es: 'El navegador elegido ya no está ahí: {path}',
    en: 'The chosen browser is not there any more: {path}',
  },
  used: { es: 'Se usará {path} (versión {version}).', en: '{path} will be used (version {version}).' },
  automatic: {
    es: 'Se usará el primero que funcione: {path} (versión {version}).',
    en: 'The first one that works will be used: {path} (version {version}).',
  },
  fetching: { es: '{percent} %, {bytes} de {total}', en: '{percent}%, {bytes} of {total}' },
  fetchingUnknown: { es: '{bytes}', en: '{bytes}' },
  waiting: { es: 'La conexión se cortó; se vuelve a intentar…', en: 'The connection broke; trying again…' },
  unpacking: { es: 'Descomprimiendo…', en: 'Unpacking…' },
  checking: { es: 'Comprobando que arranca…', en: 'Checking that it starts…' },
  done: {
    es: 'Navegador descargado: {path} (versión {version}).',
    en: 'Browser downloaded: {path} (version {version}).',
  },
  cancelled: { es: 'Descarga cancelada; no queda nada.', en: 'Download cancelled; nothing is left of it.' },
} as const satisfies Record<string, Record<CliLanguage, string>>

/** Why a path or a download brought no browser, and what to do. Keys are the reasons of `browser.*` errors. */
const reasons: Record<string, Record<CliLanguage, string>> = {
  connection: {
    es: 'La conexión se corta o no llega al servidor. Comprueba Internet y repite la orden.',
    en: 'The connection breaks or does not reach the server. Check the network and run the command again.',
  },
  stalled: {
    es: 'La descarga dejó de avanzar. Comprueba Internet y repite la orden.',
    en: 'The download stopped moving. Check the network and run the command again.',
  },
  no_space: {
    es: 'No hay sitio en el disco: hacen falta unos 600 MB. Libera espacio y repite la orden.',
    en: 'There is no room on the disk: about 600 MB are needed. Free some space and run the command again.',
  },
  damaged: {
    es: 'Lo que llegó no es un navegador completo. Repite la orden; si vuelve a pasar, instala Chrome tú.',
    en: 'What arrived is no complete browser. Run the command again; if it happens again, install Chrome yourself.',
  },
  refused: {
    es: 'El servidor no da esa descarga. Prueba más tarde o instala Chrome tú.',
    en: 'The server does not give that download. Try later, or install Chrome yourself.',
  },
  missing: { es: 'En {path} no hay nada.', en: 'Nothing is at {path}.' },
  not_executable: {
    es: '{path} no es un programa que se pueda abrir.',
    en: '{path} is no program that can be started.',
  },
  does_not_start: {
    es: 'El navegador no arranca en este equipo. En Linux pueden faltar paquetes del sistema: instala Chrome o Chromium con el gestor de paquetes.',
    en: 'The browser does not start on this computer. On Linux packages of the system may be missing: install Chrome or Chromium with the package manager.',
  },
  no_answer: {
    es: 'Arranca, pero no contesta. ¿Seguro que es Chrome, Edge o Chromium?',
    en: 'It starts but does not answer. Is it really Chrome, Edge or Chromium?',
  },
  not_chrome: {
    es: 'Eso no es Chrome ni un navegador de su familia. Elige Chrome, Edge, Brave o Chromium.',
    en: 'That is neither Chrome nor one of its family. Choose Chrome, Edge, Brave or Chromium.',
  },
}

export function sayOfBrowsers(
  key: keyof typeof words,
  language: CliLanguage,
  data: Record<string, string | number> = {},
): string {
  return words[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}

/** Null for a reason that has no words here. */
export function browserReason(reason: unknown, language: CliLanguage): string | null {
  return reasons[String(reason)]?.[language] ?? null
}

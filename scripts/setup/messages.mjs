const texts = {
  en: {
    oldNode: ({ version }) =>
      `Mostrador needs Node 20 or newer to set itself up; this is ${version}. Install a current Node from your system's packages or from Node's own site and try again.`,
    installing: () => 'Installing what Mostrador needs (once, a minute or two) …',
    waiting: ({ pid }) => `Another Mostrador (process ${pid}) is setting things up; waiting for it …`,
    runtime: ({ version }) => `Getting Node ${version}, which Mostrador runs on …`,
    building: () => 'Building …',
    noNpm: () => 'npm was not found. It comes with Node: install Node again, with npm, and try once more.',
    offline: () =>
      'The package registry could not be reached. Check the internet connection (and the proxy: `npm config get proxy`), then run the same command again: it goes on where it stopped.',
    noRights: ({ folder }) =>
      `This folder cannot be written: ${folder}. Move the project to a folder of yours, or correct its rights.`,
    noSpace: () => 'The disk is full. Free about 1.5 GB and run the same command again.',
    installFailed: ({ detail }) =>
      `The installation failed. npm said:\n${detail}\nRun the same command again; if it fails again, delete the folder node_modules first.`,
    runtimeFailed: ({ major, detail }) =>
      `Node ${major} could not be put in place. ${detail}\nRun the same command again with an internet connection, or use a system Node ${major}.`,
    buildFailed: ({ detail }) => `The build failed:\n${detail}`,
    noChromium: ({ detail }) =>
      `The browser tests need Chromium, which was not found. Install it (Debian/Ubuntu: apt-get install chromium; macOS: brew install --cask chromium; Windows: install Chrome or Chromium) or name one in MOSTRADOR_CHROMIUM.${detail}`,
    gettingChromium: () => 'Installing Chromium for the browser tests (apt-get) …',
    gettingElectron: () =>
      'Getting Electron, in which the desktop app runs (once, at most a minute and a half) …',
    noElectron: () =>
      'The desktop app cannot open: Electron’s program is not here and could not be fetched (it is tried again tomorrow, or at once with --desktop; ELECTRON_OVERRIDE_DIST_PATH names an unpacked one).',
    inBrowser: () => 'The same desk is served to your browser instead.',
    desktop: () => 'Mostrador opens in a window of its own. Close it from its menu, or here with Ctrl+C.',
  },
  es: {
    oldNode: ({ version }) =>
      `Mostrador necesita Node 20 o posterior para prepararse; este es ${version}. Instale un Node actual desde los paquetes de su sistema o desde el sitio de Node y vuelva a intentarlo.`,
    installing: () => 'Instalando lo que Mostrador necesita (solo la primera vez, un minuto o dos) …',
    waiting: ({ pid }) => `Otro Mostrador (proceso ${pid}) está preparándolo todo; esperando …`,
    runtime: ({ version }) => `Descargando Node ${version}, sobre el que funciona Mostrador …`,
    building: () => 'Compilando …',
    noNpm: () => 'No se encontró npm. Viene con Node: instale Node de nuevo, con npm, y vuelva a intentarlo.',
    offline: () =>
      'No se pudo llegar al registro de paquetes. Compruebe la conexión a internet (y el proxy: `npm config get proxy`) y repita la misma orden: continúa donde se quedó.',
    noRights: ({ folder }) =>
      `No se puede escribir en esta carpeta: ${folder}. Mueva el proyecto a una carpeta suya o corrija los permisos.`,
    noSpace: () => 'El disco está lleno. Libere alrededor de 1,5 GB y repita la misma orden.',
    installFailed: ({ detail }) =>
      `La instalación falló. npm dijo:\n${detail}\nRepita la misma orden; si vuelve a fallar, borre antes la carpeta node_modules.`,
    runtimeFailed: ({ major, detail }) =>
      `No se pudo preparar Node ${major}. ${detail}\nRepita la misma orden con conexión a internet, o use un Node ${major} del sistema.`,
    buildFailed: ({ detail }) => `La compilación falló:\n${detail}`,
    noChromium: ({ detail }) =>
      `Las pruebas de navegador necesitan Chromium y no se encontró. Instálelo (Debian/Ubuntu: apt-get install chromium; macOS: brew install --cask chromium; Windows: instale Chrome o Chromium) o indique uno en MOSTRADOR_CHROMIUM.${detail}`,
    gettingChromium: () => 'Instalando Chromium para las pruebas de navegador (apt-get) …',
    gettingElectron: () =>
      'Descargando Electron, donde funciona la aplicación de escritorio (una sola vez, minuto y medio como mucho) …',
    noElectron: () =>
      'La aplicación de escritorio no se puede abrir: falta el programa de Electron y no se pudo descargar (se vuelve a intentar mañana, o ahora mismo con --desktop; ELECTRON_OVERRIDE_DIST_PATH indica uno ya descomprimido).',
    inBrowser: () => 'En su lugar, el mismo escritorio se abre en su navegador.',
    desktop: () => 'Mostrador se abre en su propia ventana. Ciérrelo desde su menú, o aquí con Ctrl+C.',
  },
}

/** `es` when the person's system speaks Spanish, otherwise `en`. */
export function systemLanguage(env = process.env) {
  const named =
    env.LC_ALL || env.LC_MESSAGES || env.LANG || Intl.DateTimeFormat().resolvedOptions().locale || ''
  return named.toLowerCase().startsWith('es') ? 'es' : 'en'
}

export function message(name, data = {}, language = systemLanguage()) {
  return texts[language][name](data)
}

/** Progress goes to stderr: stdout belongs to the command that was asked for. */
export function tell(name, data = {}) {
  process.stderr.write(`${message(name, data)}\n`)
}

export const messageNames = { en: Object.keys(texts.en), es: Object.keys(texts.es) }

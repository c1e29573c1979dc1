/** What is said when the app does not stay up. It is shown without a desk, so the desk's texts are not there. */
export interface CrashTexts {
  title: string
  message: string
  detail: string
  again: string
  copy: string
  copied: string
  folder: string
  quit: string
}

const es: CrashTexts = {
  title: 'Mostrador',
  message: 'Mostrador se ha cerrado tres veces seguidas por un error.',
  detail:
    'No se ha perdido nada de lo que estaba guardado, pero ahora mismo no se responde a los clientes. Vuelve a intentarlo. Si sigue pasando, copia el diagnóstico y envíaselo a quien te ayuda con Mostrador: no lleva mensajes, nombres ni claves.',
  again: 'Volver a intentarlo',
  copy: 'Copiar el diagnóstico',
  copied: 'Diagnóstico copiado. Ya puedes pegarlo en un correo o en un mensaje.',
  folder: 'Abrir la carpeta de datos',
  quit: 'Salir',
}

const en: CrashTexts = {
  title: 'Mostrador',
  message: 'Mostrador has closed three times in a row because of an error.',
  detail:
    'Nothing that was saved is lost, but customers are not being answered right now. Try again. If it keeps happening, copy the diagnostics and send them to whoever helps you with Mostrador: they hold no messages, names or keys.',
  again: 'Try again',
  copy: 'Copy diagnostics',
  copied: 'Diagnostics copied. You can paste them into an email or a message now.',
  folder: 'Open the data folder',
  quit: 'Quit',
}

/** @param locale of the computer, such as `es-AR`; English for whoever reads neither */
export function crashTexts(locale: string): CrashTexts {
  return locale.toLowerCase().startsWith('es') ? es : en
}

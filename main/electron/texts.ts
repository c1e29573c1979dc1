/** What the desktop app says outside of the desk: in menus, the tray, notifications and dialogs. */

export type ShellLanguage = 'es' | 'en'

/** The owner's language, else the system's; Spanish where it is neither of ours. */
export function shellLanguage(owner: ShellLanguage | null, locale: string): ShellLanguage {
  if (owner !== null) return owner
  return /^en\b/i.test(locale) ? 'en' : 'es'
}

interface Text {
  es: string
  en: string
}

const texts = {
  // tray
  'tray.open': { es: 'Abrir Mostrador', en: 'Open Mostrador' },
  'tray.pause': { es: 'Pausar el asistente', en: 'Pause the assistant' },
  'tray.resume': { es: 'Reanudar el asistente', en: 'Resume the assistant' },
  'tray.paused': { es: 'El asistente está en pausa', en: 'The assistant is paused' },
  'tray.waiting_one': { es: '1 conversación te espera', en: '1 conversation waits for you' },
  'tray.waiting_other': { es: '{count} conversaciones te esperan', en: '{count} conversations wait for you' },
  'tray.no_channels': { es: 'Sin canales conectados', en: 'No channels connected' },
  'tray.quit': { es: 'Salir de Mostrador', en: 'Quit Mostrador' },
  'tray.starting': { es: 'Arrancando…', en: 'Starting…' },
  'channel.telegram': { es: 'Telegram', en: 'Telegram' },
  'channel.whatsapp': { es: 'WhatsApp', en: 'WhatsApp' },
  'state.stopped': { es: 'parado', en: 'stopped' },
  'state.connecting': { es: 'conectando…', en: 'connecting…' },
  'state.pairing': { es: 'por vincular', en: 'to be linked' },
  'state.ready': { es: 'conectado', en: 'connected' },
  'state.waiting': { es: 'esperando', en: 'waiting' },
  'state.refused': { es: 'rechazado', en: 'refused' },
  // menus
  'menu.file': { es: 'Archivo', en: 'File' },
  'menu.import': { es: 'Importar catálogo…', en: 'Import catalog…' },
  'menu.export': { es: 'Exportar…', en: 'Export…' },
  'menu.settings': { es: 'Ajustes…', en: 'Settings…' },
  'menu.close': { es: 'Cerrar la ventana', en: 'Close window' },
  'menu.quit': { es: 'Salir de Mostrador', en: 'Quit Mostrador' },
  'menu.edit': { es: 'Edición', en: 'Edit' },
  'menu.undo': { es: 'Deshacer', en: 'Undo' },
  'menu.redo': { es: 'Rehacer', en: 'Redo' },
  'menu.cut': { es: 'Cortar', en: 'Cut' },
  'menu.copy': { es: 'Copiar', en: 'Copy' },
  'menu.paste': { es: 'Pegar', en: 'Paste' },
  'menu.select_all': { es: 'Seleccionar todo', en: 'Select all' },
  'menu.view': { es: 'Ver', en: 'View' },
  'menu.reload': { es: 'Volver a cargar', en: 'Reload' },
  'menu.zoom_in': { es: 'Acercar', en: 'Zoom in' },
  'menu.zoom_out': { es: 'Alejar', en: 'Zoom out' },
  'menu.zoom_reset': { es: 'Tamaño real', en: 'Actual size' },
  'menu.full_screen': { es: 'Pantalla completa', en: 'Full screen' },
  'menu.window': { es: 'Ventana', en: 'Window' },
  'menu.minimize': { es: 'Minimizar', en: 'Minimize' },
  'menu.zoom': { es: 'Ampliar', en: 'Zoom' },
  'menu.front': { es: 'Traer todo al frente', en: 'Bring all to front' },
  'menu.help': { es: 'Ayuda', en: 'Help' },
  'menu.documentation': { es: 'Documentación', en: 'Documentation' },
  'menu.copy_diagnostics': { es: 'Copiar el diagnóstico', en: 'Copy diagnostics' },
  'menu.open_logs': { es: 'Abrir la carpeta de registros', en: 'Open the logs folder' },
  'menu.about': { es: 'Acerca de Mostrador', en: 'About Mostrador' },
  'menu.services': { es: 'Servicios', en: 'Services' },
  'menu.hide': { es: 'Ocultar Mostrador', en: 'Hide Mostrador' },
  'menu.hide_others': { es: 'Ocultar otros', en: 'Hide others' },
  'menu.show_all': { es: 'Mostrar todo', en: 'Show all' },
  // notifications
  'notice.handover': { es: 'Un cliente te necesita', en: 'A customer needs you' },
  'notice.handover_other': { es: '{count} clientes te necesitan', en: '{count} customers need you' },
  'notice.several': { es: '{count} avisos de Mostrador', en: '{count} notices from Mostrador' },
  'notice.several_body': { es: 'Ábrelo para verlos.', en: 'Open it to see them.' },
  'notice.nobody': { es: 'Alguien', en: 'Somebody' },
  'notice.order': { es: 'Pedido nuevo', en: 'New order' },
  'notice.order_body': { es: 'Pedido {number}: {total}', en: 'Order {number}: {total}' },
  'notice.channel': { es: 'Un canal te necesita', en: 'A channel needs you' },
  'notice.problem': { es: 'Algo necesita tu atención', en: 'Something needs your attention' },
  'reason.asked': { es: 'Pidió hablar con una persona.', en: 'They asked for a person.' },
  'reason.complaint': { es: 'Tiene una queja.', en: 'They have a complaint.' },
  'reason.not_understood': { es: 'Mostrador no le entendió.', en: 'Mostrador didn’t understand them.' },
  'reason.appointment': { es: 'Quiere una cita.', en: 'They want an appointment.' },
  'reason.order': { es: 'Quiere cerrar un pedido.', en: 'They want to place an order.' },
  'reason.failed': { es: 'La respuesta falló varias veces.', en: 'The reply failed several times.' },
  'reason.not_delivered': {
    es: 'El canal no aceptó la respuesta.',
    en: 'The channel refused the reply.',
  },
  'reason.not_sent': {
    es: 'Un mensaje esperó demasiado y no se envió.',
    en: 'A message waited too long and was not sent.',
  },
  'reason.voice_note': { es: 'Mandó una nota de voz.', en: 'They sent a voice note.' },
  'reason.loop': {
    es: 'Parece que escribe otro bot: el asistente se paró solo.',
    en: 'It seems to be another bot: the assistant stopped by itself.',
  },
  'reason.other': { es: 'Necesita a una persona.', en: 'They need a person.' },
  'channel_trouble.logged_out': {
    es: 'WhatsApp cerró la sesión en el teléfono. Hay que volver a vincularlo.',
    en: 'WhatsApp was signed out on the phone. It has to be linked again.',
  },
  'channel_trouble.conflict': {
    es: 'La misma cuenta está abierta en otro sitio.',
    en: 'The same account is open somewhere else.',
  },
  'channel_trouble.browser': {
    es: 'No hay ningún navegador con el que abrir WhatsApp.',
    en: 'There is no browser to open WhatsApp with.',
  },
  'channel_trouble.duplicate': {
    es: 'Ese número ya está conectado en otra cuenta.',
    en: 'That number is connected already in another account.',
  },
  'channel_trouble.token': {
    es: 'El token no vale o no se pudo abrir. Escríbelo otra vez.',
    en: 'The token is not valid or could not be opened. Enter it again.',
  },
  'channel_trouble.other': { es: 'Un canal dejó de funcionar.', en: 'A channel stopped working.' },
  'problem.engine_off': {
    es: 'El modelo de este equipo ({engine}) se apagó tras varios fallos.',
    en: 'The model on this computer ({engine}) was turned off after several failures.',
  },
  'problem.engine_resting': {
    es: '{engine} no contesta; mientras tanto responde otro motor.',
    en: '{engine} does not answer; another engine replies meanwhile.',
  },
  'problem.spending_capped': {
    es: 'Se alcanzó el tope de gasto; contesta el motor incluido.',
    en: 'The spending cap was reached; the built-in engine answers.',
  },
  'problem.spending_warning': {
    es: 'El gasto se acerca al tope.',
    en: 'Spending is close to the cap.',
  },
  'problem.other': { es: 'Míralo en Mostrador.', en: 'Have a look in Mostrador.' },
  // closing
  'closed.title': { es: 'Mostrador sigue funcionando', en: 'Mostrador keeps running' },
  'closed.body': {
    es: 'Sigue atendiendo a tus clientes. Para abrirlo o salir, usa su icono junto al reloj.',
    en: 'It keeps serving your customers. To open it or quit, use its icon beside the clock.',
  },
  'closed.body_mac': {
    es: 'Sigue atendiendo a tus clientes. Para abrirlo o salir, usa su icono en la barra de menús.',
    en: 'It keeps serving your customers. To open it or quit, use its icon in the menu bar.',
  },
  // something in the desk is not saved
  'unsaved.message': { es: 'Hay cambios sin guardar', en: 'There are unsaved changes' },
  'unsaved.detail': {
    es: 'Si continúas, se pierde lo que no hayas guardado en la ventana de Mostrador.',
    en: 'If you go on, what you haven’t saved in Mostrador’s window is lost.',
  },
  'unsaved.quit': { es: 'Salir sin guardar', en: 'Quit without saving' },
  'unsaved.close': { es: 'Cerrar sin guardar', en: 'Close without saving' },
  'unsaved.reload': { es: 'Volver a cargar sin guardar', en: 'Reload without saving' },
  'unsaved.stay': { es: 'Quedarse', en: 'Stay' },
  // dialogs
  'dialog.choose_catalog': { es: 'Elegir un catálogo', en: 'Choose a catalog' },
  'dialog.catalogs': { es: 'Catálogos', en: 'Catalogs' },
  'dialog.all_files': { es: 'Todos los archivos', en: 'All files' },
  'dialog.save': { es: 'Guardar', en: 'Save' },
  'dialog.not_saved': { es: 'No se pudo guardar', en: 'It could not be saved' },
  'dialog.not_saved_body': {
    es: '«{name}» no se guardó entero. Mira si queda sitio en el disco y prueba otra vez.',
    en: '“{name}” was not saved whole. See whether the disk has room and try again.',
  },
  'crash.message': {
    es: 'Mostrador se ha cerrado tres veces seguidas por un error.',
    en: 'Mostrador has closed three times in a row because of an error.',
  },
  'crash.detail': {
    es: 'No se ha perdido nada de lo que estaba guardado, pero ahora mismo no se responde a los clientes. Vuelve a intentarlo. Si sigue pasando, copia el diagnóstico y envíaselo a quien te ayuda con Mostrador: no lleva mensajes, nombres ni claves.',
    en: 'Nothing that was saved is lost, but customers are not being answered right now. Try again. If it keeps happening, copy the diagnostics and send them to whoever helps you with Mostrador: they hold no messages, names or keys.',
  },
  'crash.again': { es: 'Volver a intentarlo', en: 'Try again' },
  'crash.copied': {
    es: 'Diagnóstico copiado. Ya puedes pegarlo en un correo o en un mensaje.',
    en: 'Diagnostics copied. You can paste them into an email or a message now.',
  },
  'crash.folder': { es: 'Abrir la carpeta de datos', en: 'Open the data folder' },
  'crash.quit': { es: 'Salir', en: 'Quit' },
  'dialog.not_started': { es: 'Mostrador no pudo arrancar', en: 'Mostrador could not start' },
  'start.already_running': {
    es: 'Otro Mostrador usa ya estos datos: seguramente uno que se arrancó en una terminal o como servicio. Páralo y prueba otra vez.',
    en: 'Another Mostrador is using this data already: probably one that was started in a terminal or as a service. Stop it and try again.',
  },
  'start.no_rights': {
    es: 'No hay permiso para leer o escribir en {path}',
    en: 'There is no right to read or write in {path}',
  },
  'start.full': { es: 'El disco está lleno.', en: 'The disk is full.' },
  'start.newer': {
    es: 'Estos datos son de una versión más nueva de Mostrador. No se ha tocado nada: instala la última versión.',
    en: 'This data is from a newer version of Mostrador. Nothing was touched: install the latest version.',
  },
  'start.damaged': {
    es: 'Los datos están dañados. No se ha tocado nada.',
    en: 'The data is damaged. Nothing was touched.',
  },
  'start.other': {
    es: 'Código: {code}. Los detalles están en la carpeta «logs» de los datos.',
    en: 'Code: {code}. Details are in the “logs” folder of the data.',
  },
} as const satisfies Record<string, Text>

export type TextKey = keyof typeof texts

/** A text with its figures and names put in. */
export function say(
  language: ShellLanguage,
  key: TextKey,
  data: Readonly<Record<string, string | number>> = {},
): string {
  return texts[key][language].replace(/\{(\w+)\}/g, (_, name: string) => String(data[name] ?? ''))
}

export function isTextKey(key: string): key is TextKey {
  return Object.hasOwn(texts, key)
}

/** Of a key and its `_one` and `_other`. */
export function sayCount(language: ShellLanguage, key: 'tray.waiting', count: number): string {
  return say(language, `${key}_${count === 1 ? 'one' : 'other'}`, { count })
}

/** For tests: every text there is. */
export const allTexts: Readonly<Record<string, Text>> = texts

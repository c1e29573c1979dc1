import type { ErrorCode } from '../core/errors.ts'
import type { CliLanguage } from './texts.ts'

type Text = Record<CliLanguage, string>

/** What the command line says of an error: what happened and what to do. `{name}` is filled from the error's data. */
export const errors: Partial<Record<ErrorCode | 'internal' | 'usage', Text>> = {
  'shop.not_found': {
    es: 'No existe esa tienda. «shop list» muestra las que hay; «shop create» crea una.',
    en: 'There is no such shop. "shop list" shows the ones there are; "shop create" makes one.',
  },
  'shop.ambiguous': {
    es: 'Hay varias tiendas: di cuál con --shop ({slugs}).',
    en: 'There are several shops: say which one with --shop ({slugs}).',
  },
  'shop.invalid': {
    es: 'El dato «{field}» no es válido: {value}.',
    en: 'The value of "{field}" is not valid: {value}.',
  },
  'shop.damaged': {
    es: 'La base de datos de la tienda está dañada. No se ha tocado nada: restaura una copia de seguridad.',
    en: "The shop's database is damaged. Nothing was touched: restore a backup.",
  },
  'shop.locked': {
    es: 'Otro proceso tiene abierta la tienda. Ciérralo o espera a que termine.',
    en: 'Another process has the shop open. Close it or wait for it to end.',
  },
  'shop.newer_version': {
    es: 'Esta tienda la guardó una versión más nueva de Mostrador. Actualiza el programa; no se ha tocado nada.',
    en: 'This shop was saved by a newer Mostrador. Update the program; nothing was touched.',
  },
  'shop.no_rights': {
    es: 'No se puede leer o escribir en {path}. Revisa los permisos de la carpeta.',
    en: 'Cannot read or write {path}. Check the permissions of the folder.',
  },
  'storage.full': {
    es: 'El disco está lleno o falla. Libera espacio y repite; lo anterior está a salvo.',
    en: 'The disk is full or failing. Free some space and try again; what was there is safe.',
  },
  'storage.failed': {
    es: 'La base de datos no se puede leer ni escribir ({code}).',
    en: 'The database cannot be read or written ({code}).',
  },
  'storage.read_only': { es: 'No se puede escribir en el disco.', en: 'The disk cannot be written to.' },
  'input.invalid': {
    es: 'El dato «{field}» no es válido. {issue}',
    en: 'The value of "{field}" is not valid. {issue}',
  },
  'import.not_text': {
    es: 'El archivo no es un CSV de texto. Guárdalo desde tu hoja de cálculo como CSV.',
    en: 'The file is not a text CSV. Save it from your spreadsheet as CSV.',
  },
  'import.empty': { es: 'El archivo está vacío.', en: 'The file is empty.' },
  'import.line_too_long': {
    es: 'Una línea del archivo es demasiado larga (¿falta una comilla?).',
    en: 'A line of the file is too long (a missing quote?).',
  },
  'import.no_name_column': {
    es: 'No se encuentra la columna con el nombre del producto. Pon una cabecera «nombre».',
    en: 'No column with the product name was found. Add a header "name".',
  },
  'import.file_unreadable': {
    es: 'No se puede leer el archivo {path}',
    en: 'The file {path} cannot be read.',
  },
  'import.busy': { es: 'Ya hay una importación en marcha.', en: 'An import is already running.' },
  'channel.risk_not_accepted': {
    es: 'WhatsApp no permite asistentes no oficiales. Lee el aviso y acéptalo para conectarlo.',
    en: 'WhatsApp does not permit unofficial assistants. Read the notice and accept it to connect.',
  },
  'channel.not_pairing': {
    es: 'Esa cuenta no está esperando ningún código.',
    en: 'That account is not waiting for a code.',
  },
  'channel.no_conflict': {
    es: 'Esa cuenta no está abierta en otro sitio.',
    en: 'That account is not open anywhere else.',
  },
  'channel.rules_invalid': {
    es: 'Alguna regla del canal no vale. Revisa las horas y los números.',
    en: 'A rule of the channel is not valid. Check the times and the numbers.',
  },
  'browser.not_found': {
    es: 'No hay ningún navegador con el que abrir WhatsApp. Instala Chrome o Edge, o deja que Mostrador descargue uno.',
    en: 'There is no browser to open WhatsApp with. Install Chrome or Edge, or let Mostrador download one.',
  },
  'browser.not_usable': {
    es: 'Ese navegador no arranca. Elige otro Chrome, Edge o Chromium.',
    en: 'That browser does not start. Choose another Chrome, Edge or Chromium.',
  },
  'browser.download_failed': {
    es: 'No se ha podido descargar el navegador. Comprueba la conexión y el espacio libre, y vuelve a intentarlo.',
    en: 'The browser could not be downloaded. Check the connection and the free space, and try again.',
  },
  'browser.download_running': {
    es: 'El navegador ya se está descargando.',
    en: 'The browser is being downloaded already.',
  },
  'browser.no_download': {
    es: 'No hay descarga para este equipo. Instala Chrome, Edge o Chromium.',
    en: 'There is no download for this computer. Install Chrome, Edge or Chromium.',
  },
  'conversation.channel_gone': {
    es: 'El canal de esta conversación ya no está conectado. Vuelve a añadirlo para escribir.',
    en: "This conversation's channel is no longer connected. Add it again to write.",
  },
  'conversation.empty_message': { es: 'No hay nada que enviar.', en: 'There is nothing to send.' },
  'conversation.not_with_person': {
    es: 'Para escribir ahí, primero toma la conversación.',
    en: 'To write there, take over the conversation first.',
  },
  'channel.not_connected': { es: 'El canal no está conectado.', en: 'The channel is not connected.' },
  'conversation.nothing_to_answer': {
    es: 'No hay nada que responder en esta conversación.',
    en: 'There is nothing to answer in this conversation.',
  },
  'draft.overtaken': {
    es: 'Alguien ha escrito mientras tanto. Mira la conversación antes de enviar.',
    en: 'Somebody has written meanwhile. Look at the conversation before you send.',
  },
  'draft.not_ready': { es: 'Ese borrador todavía no está escrito.', en: 'That draft is not written yet.' },
  'quick_reply.title_taken': {
    es: 'Ya hay una respuesta rápida con ese título.',
    en: 'There is already a quick reply with that title.',
  },
  'person.not_found': {
    es: 'Esa persona ya no está en el equipo.',
    en: 'That person is no longer in the team.',
  },
  'channel.not_found': { es: 'No existe ese canal.', en: 'There is no such channel.' },
  'channel.token_refused': {
    es: 'Telegram no acepta ese token. Cópialo otra vez desde @BotFather.',
    en: 'Telegram does not accept that token. Copy it again from @BotFather.',
  },
  'channel.unreachable': {
    es: 'No se pudo hablar con Telegram. Revisa la conexión (o --api-root).',
    en: 'Telegram could not be reached. Check the connection (or --api-root).',
  },
  'export.busy': {
    es: 'Ya hay una exportación en marcha. Espera a que termine.',
    en: 'Another export is under way. Wait for it to end.',
  },
  'export.path': {
    es: 'No se puede escribir en {path}: revisa que la carpeta exista y los permisos.',
    en: 'Cannot write {path}: check that the folder exists and its permissions.',
  },
  'channel.already_added': { es: 'Ese bot ya está añadido.', en: 'That bot is already added.' },
  not_found: { es: 'No se encuentra: {number}{id}.', en: 'Not found: {number}{id}.' },
  conflict: {
    es: 'Alguien lo ha cambiado mientras tanto. Míralo otra vez y repite.',
    en: 'Somebody has changed it in the meantime. Look at it again and repeat.',
  },
  'order.transition': {
    es: 'Un pedido en estado «{from}» no puede pasar a «{to}».',
    en: 'An order that is "{from}" cannot become "{to}".',
  },
  'order.closed': {
    es: 'El pedido ya está cerrado ({state}).',
    en: 'The order is closed already ({state}).',
  },
  'order.overpaid': {
    es: 'Es más de lo que queda por pagar.',
    en: 'That is more than is left to pay.',
  },
  'card.closed': {
    es: 'La tarjeta #{seq} ya está contestada o cerrada.',
    en: 'Card #{seq} is answered or closed already.',
  },
  'pairing.not_possible': {
    es: 'En ese canal no se puede emparejar un chat del dueño.',
    en: "An owner's chat cannot be paired on that channel.",
  },
  'host.port_in_use': {
    es: 'El puerto {port} está ocupado. Elige otro con --port.',
    en: 'Port {port} is in use. Choose another one with --port.',
  },
  'channel.token_in_use': {
    es: 'Otro programa ya usa ese bot. Ciérralo, o crea otro bot en @BotFather.',
    en: 'Another program uses that bot already. Close it, or make another bot with @BotFather.',
  },
  'host.already_running': {
    es: 'Otro Mostrador usa esta carpeta de datos, pero no contesta.',
    en: 'Another Mostrador uses this data folder, but it does not answer.',
  },
  'host.not_running': {
    es: 'El Mostrador que usa esta carpeta de datos no contesta. Espera un momento o ciérralo.',
    en: 'The Mostrador that uses this data folder does not answer. Wait a moment, or close it.',
  },
  'host.desktop_runs': {
    es: 'La aplicación de escritorio ya está abierta con estos datos. Úsala, o ciérrala antes de seguir.',
    en: 'The desktop app is open on this data already. Use it, or quit it first.',
  },
  'shell.not_desktop': {
    es: 'Eso solo se puede hacer en la aplicación de escritorio, en la computadora de la tienda.',
    en: "That can only be done in the desktop app, on the shop's computer.",
  },
  'update.not_supported': {
    es: 'Esta instalación no se actualiza sola. Instala la versión nueva como instalaste esta.',
    en: 'This installation does not update itself. Install the new version the way you installed this one.',
  },
  'update.not_ready': {
    es: 'Todavía no hay ninguna versión nueva lista para instalar.',
    en: 'No new version is ready to be installed yet.',
  },
  'update.unreachable': {
    es: 'No se pudo consultar si hay una versión nueva. Comprueba la conexión a internet; se vuelve a intentar solo.',
    en: 'It could not be asked whether there is a new version. Check the internet connection; it is tried again by itself.',
  },
  'update.signature': {
    es: 'La versión nueva no lleva nuestra firma, así que no se ha instalado. Puedes seguir trabajando con la que tienes.',
    en: 'The new version does not carry our signature, so it was not installed. You can go on working with the one you have.',
  },
  'update.checksum': {
    es: 'La descarga de la versión nueva llegó dañada y se ha borrado. Vuelve a intentarlo.',
    en: 'The new version arrived damaged and was deleted. Try again.',
  },
  'update.no_space': {
    es: 'No hay espacio en el disco para la versión nueva. Libera espacio y vuelve a intentarlo.',
    en: 'There is no room on the disk for the new version. Free some space and try again.',
  },
  'update.failed': {
    es: 'No se pudo preparar la versión nueva. Vuelve a intentarlo; si se repite, descárgala de nuestra página.',
    en: 'The new version could not be prepared. Try again; if it happens again, download it from our page.',
  },
  'access.password_weak': {
    es: 'Esa contraseña es demasiado fácil de adivinar. Usa al menos 10 caracteres; varias palabras juntas van bien.',
    en: 'That password is too easy to guess. Use at least 10 characters; a few words together work well.',
  },
  'access.wrong_password': {
    es: 'La contraseña no es correcta.',
    en: 'The password is not right.',
  },
  'access.too_many_tries': {
    es: 'Demasiados intentos. Espera {minutes} min y vuelve a intentarlo.',
    en: 'Too many tries. Wait {minutes} min and try again.',
  },
  'access.no_password': {
    es: 'Nadie tiene contraseña todavía: ponle una al dueño antes de abrir el escritorio a la red.',
    en: "Nobody has a password yet: set the owner's before you open the desk to the network.",
  },
  'access.certificate': {
    es: 'No se puede usar el certificado de {path}.',
    en: 'The certificate in {path} cannot be used.',
  },
  'host.address_unknown': {
    es: 'Este equipo no tiene la dirección {address}.',
    en: 'This computer does not have the address {address}.',
  },
  'host.secrets_locked': {
    es: 'Las claves guardadas de esta tienda no se pueden abrir aquí. Vuelve a escribir el token o la clave, o usa la aplicación o la contraseña con que se guardaron.',
    en: 'The stored keys of this shop cannot be opened here. Enter the token or key again, or use the app or passphrase they were stored with.',
  },
  'customer.same': { es: 'Ya son la misma ficha.', en: 'They are one record already.' },
  'customer.erased': {
    es: 'Los datos de esa persona ya se borraron.',
    en: "That person's data has been erased already.",
  },
  'customer.confirm_name': {
    es: 'El nombre no coincide con el de la ficha. No se ha borrado nada.',
    en: "The name is not the record's. Nothing was erased.",
  },
  'customer.open_orders': {
    es: 'Tiene pedidos sin terminar ({count}). Entrégalos o cancélalos antes de borrar sus datos.',
    en: 'There are open orders ({count}). Deliver or cancel them before the data is erased.',
  },
  'engine.not_found': {
    es: 'No existe el motor «{id}». «engine list» muestra los que hay.',
    en: 'There is no engine "{id}". "engine list" shows the ones there are.',
  },
  'engine.refused_key': {
    es: 'El servicio no acepta esa clave. Cópiala otra vez desde tu cuenta.',
    en: 'The service does not accept that key. Copy it again from your account.',
  },
  'engine.unreachable': {
    es: 'No se pudo hablar con el servicio. Revisa la conexión y la dirección (--base-url).',
    en: 'The service could not be reached. Check the connection and the address (--base-url).',
  },
  'engine.not_compatible': {
    es: 'Esa dirección contesta, pero no como un servicio compatible con OpenAI. Revisa --base-url (suele terminar en /v1).',
    en: 'That address answers, but not as a service that speaks the OpenAI protocol. Check --base-url (it often ends in /v1).',
  },
  'engine.address': {
    es: 'Esa no es la dirección de un servicio. Empieza por https:// y no lleva usuario, interrogación ni almohadilla (--base-url).',
    en: 'That is not the address of a service. It begins with https:// and has no user, question mark or hash in it (--base-url).',
  },
  'engine.address_insecure': {
    es: 'Sin https, la clave y lo que escriben los clientes se podrían leer por el camino. Usa https, o una dirección de este equipo o de tu propia red.',
    en: 'Without https, the key and what customers write could be read on the way. Use https, or an address of this computer or your own network.',
  },
  'engine.model_unknown': {
    es: 'El servicio no tiene el modelo «{model}». Revisa cómo se llama en su lista.',
    en: 'The service has no model "{model}". Check its name in their list.',
  },
  'engine.out_of_credit': {
    es: 'La cuenta del servicio no tiene saldo. Recárgala y repite.',
    en: 'The account at the service has no credit. Top it up and try again.',
  },
  'engine.rate_limit': {
    es: 'El servicio pide esperar: demasiadas peticiones. Repite dentro de un rato.',
    en: 'The service asks to wait: too many requests. Try again in a while.',
  },
  'engine.timeout': {
    es: 'El motor tardó demasiado en contestar.',
    en: 'The engine took too long to answer.',
  },
  'engine.busy': {
    es: 'El motor está ocupado. Repite dentro de un momento.',
    en: 'The engine is busy. Try again in a moment.',
  },
  'engine.crashed': {
    es: 'El modelo se cerró de golpe. Si vuelve a pasar, prueba con otro más pequeño.',
    en: 'The model died. If it happens again, try a smaller one.',
  },
  'engine.not_available': {
    es: 'En este equipo no se pueden usar modelos locales.',
    en: 'Local models cannot be used on this computer.',
  },
  'engine.invalid_answer': {
    es: 'El modelo contestó algo que no se puede usar.',
    en: 'The model answered something that cannot be used.',
  },
  'engine.capped': {
    es: 'Se alcanzó el límite de gasto. «cap set» lo cambia.',
    en: 'The spending cap is reached. "cap set" changes it.',
  },
  'engine.already_added': {
    es: 'Ese motor ya está añadido: {name} ({id}).',
    en: 'That engine is added already: {name} ({id}).',
  },
  'cap.rate_missing': {
    es: 'No se sabe cuánto cuesta un dólar en {currency}. Dilo con --rate.',
    en: 'Nobody knows what a US dollar costs in {currency}. Say it with --rate.',
  },
  'model.not_found': { es: 'No existe el archivo {file}.', en: 'There is no file {file}.' },
  'model.not_gguf': {
    es: 'El archivo no es un modelo GGUF: {file}',
    en: 'The file is no GGUF model: {file}',
  },
  'model.damaged': {
    es: 'El archivo del modelo está dañado o incompleto. Descárgalo otra vez: {file}',
    en: 'The model file is damaged or incomplete. Download it again: {file}',
  },
  'model.no_chat': {
    es: 'Ese modelo no sabe conversar (¿es de búsqueda?): {file}',
    en: 'That model cannot chat (is it one for search?): {file}',
  },
  'model.no_embedding': {
    es: 'Ese modelo no sirve para la búsqueda (¿es de conversación?): {file}',
    en: 'That model is not for search (is it one for chats?): {file}',
  },
  'model.too_large': {
    es: 'El modelo no cabe en la memoria de este equipo. Elige uno más pequeño.',
    en: "The model does not fit this computer's memory. Choose a smaller one.",
  },
  'model.no_space': {
    es: 'No hay sitio en el disco para el modelo. Libera espacio y repite.',
    en: 'There is no room on the disk for the model. Free some space and try again.',
  },
  'model.unreachable': {
    es: 'No se pudo descargar el modelo. Revisa la conexión; lo ya descargado se conserva.',
    en: 'The model could not be downloaded. Check the connection; what is here already is kept.',
  },
  'model.checksum': {
    es: 'Lo descargado no es el modelo que debía ser, y se ha borrado. Repite la descarga.',
    en: 'What was downloaded is not the model it should be, and was deleted. Download it again.',
  },
  'model.in_use': {
    es: 'Ese modelo está en uso. Quita antes el motor que lo usa.',
    en: 'That model is in use. Remove the engine that uses it first.',
  },
  'model.download_running': {
    es: 'Ese modelo ya se está descargando.',
    en: 'That model is being downloaded already.',
  },
  'cuda.not_offered': {
    es: 'Aquí no hay nada que acelerar con CUDA: hace falta Windows o Linux de 64 bits y una tarjeta NVIDIA con su controlador.',
    en: 'There is nothing here to make faster with CUDA: it takes 64-bit Windows or Linux and an NVIDIA card with its driver.',
  },
  'model.no_binary': {
    es: 'En este equipo no hay programa para ejecutar modelos.',
    en: 'There is no program to run models on this computer.',
  },
  'exam.running': { es: 'Ya hay un examen en marcha.', en: 'An exam is already running.' },
  'exam.invalid_case': {
    es: 'El caso no es válido: {issue}',
    en: 'The case is not valid: {issue}',
  },
  'exam.not_found': { es: 'No existe ese examen.', en: 'There is no such exam.' },
  cancelled: { es: 'Cancelado.', en: 'Cancelled.' },
  internal: {
    es: 'Error interno ({id}). Los detalles están en el registro.',
    en: 'Internal error ({id}). Details are in the log.',
  },
}

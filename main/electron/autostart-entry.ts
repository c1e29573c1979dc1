/** The file by which a desktop on Linux starts the app at log-in (freedesktop.org: Desktop Application Autostart, 0.5). */

/** @param program absolute path of what is started */
export function autostartEntry(program: string, args: readonly string[]): string {
  return [
    '[Desktop Entry]',
    'Type=Application',
    'Name=Mostrador',
    `Exec=${[program, ...args].map(quoted).join(' ')}`,
    'Icon=mostrador',
    'Terminal=false',
    'X-GNOME-Autostart-enabled=true',
    '',
  ].join('\n')
}

/** Whether such a file starts something, and what; people and settings of the desktop change it. */
export function readAutostart(text: string): { isOn: boolean; exec: string } {
  const values = new Map<string, string>()
  let isEntry = false
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith('[')) isEntry = line.trim() === '[Desktop Entry]'
    const at = line.indexOf('=')
    if (isEntry && at > 0) values.set(line.slice(0, at).trim(), line.slice(at + 1).trim())
  }
  const exec = values.get('Exec') ?? ''
  const isHidden = values.get('Hidden') === 'true'
  const isOff = values.get('X-GNOME-Autostart-enabled') === 'false'
  return { isOn: exec !== '' && !isHidden && !isOff, exec }
}

/** An argument of `Exec`: quoted, and escaped twice, as the specification of desktop entries has it. */
function quoted(argument: string): string {
  const percent = argument.replaceAll('%', '%%')
  if (/^[A-Za-z0-9/._+=:@%-]+$/.test(percent)) return percent
  const inner = percent.replace(/["`$\\]/g, (character) => `\\${character}`)
  return `"${inner.replaceAll('\\', '\\\\')}"`
}

/** Whether the desktop app shows this page. It then raises notifications itself, and asks for files with the system's dialogs. */
export function inDesktop(): boolean {
  return 'mostrador' in window
}

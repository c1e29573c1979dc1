/** What the server wrote into the page for this visit. */
export const settings = JSON.parse(document.getElementById('settings').textContent)

const modules = new Map()
const unknown = []
let report

export function define(name, content) {
  modules.set(name, content)
}

/** Hears of every name that was asked for in vain, those before the call as well. */
export function onUnknown(listener) {
  report = listener
  for (const name of unknown) listener(name)
}

window.require = (name) => {
  if (modules.has(name)) return modules.get(name)
  unknown.push(name)
  report?.(name)
  throw new Error(`Requiring unknown module "${name}"`)
}

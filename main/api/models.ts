import { DomainError } from '../core/errors.ts'
import { implementer } from './procedure.ts'

const os = implementer.models

/** Answers for what is not built yet. */
function later(): never {
  throw new DomainError('engine.not_available')
}

export const models = {
  catalog: os.catalog.handler(() => later()),
  files: os.files.handler(() => later()),
  inspect: os.inspect.handler(() => later()),
  download: os.download.handler(() => later()),
  pause: os.pause.handler(() => later()),
  cancel: os.cancel.handler(() => later()),
  remove: os.remove.handler(() => later()),
  setFolder: os.setFolder.handler(() => later()),
  host: os.host.handler(() => later()),
  watch: os.watch.handler(() => later()),
  turnOn: os.turnOn.handler(() => later()),
  unload: os.unload.handler(() => later()),
}

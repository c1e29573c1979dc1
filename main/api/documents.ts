import { implementer, later } from './procedure.ts'

const os = implementer.documents

export const documents = {
  template: os.template.handler(later),
  setTemplate: os.setTemplate.handler(later),
  setLogo: os.setLogo.handler(later),
  make: os.make.handler(later),
  send: os.send.handler(later),
  sample: os.sample.handler(later),
}

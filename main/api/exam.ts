import { examCaseSchema } from '../../preload/contract/exam.ts'
import { DomainError } from '../core/errors.ts'
import type { ExamReport, Reason } from '../core/exam/service.ts'
import { actorOf, signedIn } from './context.ts'
import { implementer, isDone, shopOf } from './procedure.ts'

const os = implementer.exam

export const exam = {
  start: os.start.handler(async ({ context, input }) => {
    const { shop, ...request } = input
    // A folder of this computer is named by who sits at it, not by a browser.
    if (request.prompts !== undefined && signedIn(context).via !== 'door')
      throw new DomainError('session.forbidden')
    return await context.app.exams.start(actorOf(context), shopOf(context, input), request)
  }),
  cancel: os.cancel.handler(async ({ context, input }) => {
    await context.app.exams.cancel(shopOf(context, input), input.runId)
    return isDone
  }),
  list: os.list.handler(({ context, input }) => context.app.exams.list(shopOf(context, input))),
  report: os.report.handler(({ context, input }) =>
    reportView(context.app.exams.report(shopOf(context, input), input.runId)),
  ),
  compare: os.compare.handler(({ context, input }) =>
    context.app.exams.compare(shopOf(context, input), input.baseRunId, input.runId),
  ),
  classes: os.classes.handler(({ context, input }) => context.app.exams.classes(shopOf(context, input))),
  cases: os.cases.handler(({ context, input }) =>
    context.app.exams
      .cases(shopOf(context, input))
      .map(({ id, definition }) => ({ id, case: examCaseSchema.parse(definition) })),
  ),
  addCase: os.addCase.handler(({ context, input }) => ({
    id: context.app.exams.addCase(actorOf(context), shopOf(context, input), input.case),
  })),
  removeCase: os.removeCase.handler(({ context, input }) => {
    context.app.exams.removeCase(actorOf(context), shopOf(context, input), input.id)
    return isDone
  }),
}

function reportView({ cases, ...run }: ExamReport) {
  return {
    ...run,
    cases: cases.map(({ name, class: className, passed, reasons, turns }) => ({
      name,
      class: className,
      passed,
      reasons: reasons.map(reasonText),
      turns,
    })),
  }
}

function reasonText({ code, turn, detail }: Reason): string {
  return `${code}${turn === null ? '' : `@${turn}`}: ${detail}`
}

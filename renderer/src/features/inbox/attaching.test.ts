import { expect, it } from 'vitest'
import { attachProblem, largestAttachment } from './attaching.ts'

it.each([
  [{ type: 'image/png', size: 10 }, null],
  [{ type: 'application/pdf', size: largestAttachment }, null],
  [{ type: 'image/jpeg', size: largestAttachment + 1 }, 'size'],
  [{ type: 'image/jpeg', size: 0 }, 'empty'],
  [{ type: 'image/svg+xml', size: 10 }, 'type'],
  [{ type: '', size: 10 }, 'type'],
])('looks at a file before it is attached: %o', (file, problem) => {
  expect(attachProblem(file)).toBe(problem)
})

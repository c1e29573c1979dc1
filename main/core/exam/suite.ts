import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { casesOfSuite, suiteSchema } from './case-file.ts'
import type { ExamCase } from './exam.ts'

/** The shipped cases, class by class. @throws ZodError when a shipped file is broken */
export async function shippedCases(resources: string): Promise<ExamCase[]> {
  const folder = join(resources, 'exam')
  const files = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const suites = await Promise.all(
    files.map(async (name) => suiteSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))),
  )
  return suites.flatMap(casesOfSuite)
}

export function filesOf(archive: string): string[]
export function problemsOf(resources: string, target: string): string[]
export function sizesOf(resources: string): { archive: number; natives: number }

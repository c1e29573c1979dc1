export interface Installed {
  name: string
  version: string
  folder: string
  manifest: Record<string, unknown>
}
export function closure(
  root: string,
  names: string[],
  onMissing?: (name: string, from: string) => void,
): Installed[]
export function bundledInDesk(root: string): string[]

import type { CellType, CellValue } from './columns.ts'

/** One table of a file, written from top to bottom. */
export interface Sheet {
  begin(columns: { heading: string; width: number; type: CellType }[]): void
  row(cells: { type: CellType; value: CellValue }[]): void
  end(): void
}

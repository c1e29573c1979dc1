import { create } from 'zustand'
import type { Delimiter, ExportForm } from './state.ts'

interface ExportStore {
  format: ExportForm['format']
  bom: boolean
  /** Null: as the shop's spreadsheets have it. */
  delimiter: Delimiter | null
  keep(form: Pick<ExportForm, 'format' | 'delimiter' | 'bom'>): void
}

/** How the last export was written, for the next one. */
export const useExportStore = create<ExportStore>((set) => ({
  format: 'xlsx',
  bom: true,
  delimiter: null,
  keep: ({ format, delimiter, bom }) => set({ format, delimiter, bom }),
}))

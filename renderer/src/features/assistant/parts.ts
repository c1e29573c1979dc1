/** Parts of the assistant's screen, as they stand in the address. */
export const assistantParts = ['engines', 'models', 'spending', 'personality', 'sent', 'exams'] as const
export type AssistantPart = (typeof assistantParts)[number]

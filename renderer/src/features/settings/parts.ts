/** Parts of the settings' screen, as they stand in the address. */
export const settingsParts = ['general', 'attention', 'quick', 'team', 'computer'] as const
export type SettingsPart = (typeof settingsParts)[number]

/** Those that a clerk has too: what they see, what they write often, and how they sign in. */
export const clerkParts: readonly SettingsPart[] = ['general', 'quick', 'team']

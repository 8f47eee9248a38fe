/** How grave something is that a change does, from what cannot come back to what nobody will notice. */
export const changeSeverities = ['destroys', 'breaks', 'disrupts', 'changes', 'silent'] as const;

export type ChangeSeverity = (typeof changeSeverities)[number];

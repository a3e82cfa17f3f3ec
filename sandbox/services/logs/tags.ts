/** Condition keys of a call that brings tags. */
export function tagContext(tags: Record<string, string> | undefined): Record<string, string | string[]> {
  if (!tags) return {}
  const context: Record<string, string | string[]> = { 'aws:TagKeys': Object.keys(tags) }
  for (const [key, value] of Object.entries(tags)) context[`aws:RequestTag/${key}`] = value
  return context
}

/** Condition keys of the tags that a resource bears. */
export function resourceTags(tags: Record<string, string> | undefined): Record<string, string> {
  return Object.fromEntries(Object.entries(tags ?? {}).map(([key, value]) => [`aws:ResourceTag/${key}`, value]))
}

/** `aws:RequestTag/…` and `aws:TagKeys`: condition keys of a call that brings tags (IAM User Guide, "Controlling access to AWS resources using tags"). */
export function tagContext(tags: Record<string, string> | undefined): Record<string, string | string[]> {
  if (!tags) return {}
  return { 'aws:TagKeys': Object.keys(tags), ...prefixed('aws:RequestTag', tags) }
}

/** `aws:ResourceTag/…`: condition keys of the tags that a resource bears. */
export function resourceTags(tags: Record<string, string> | undefined): Record<string, string> {
  return prefixed('aws:ResourceTag', tags ?? {})
}

function prefixed(prefix: string, tags: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tags).map(([key, value]) => [`${prefix}/${key}`, value]))
}
